import { CommandState, CommandType } from '@crmjira/domain';
import { backfillAnswers, backfillQuery, earlierRows } from '../../webresources/pages/backfill-rows';
import { idOf } from '../../webresources/pages/jira-rows';
import { historyAnswer, historyRows } from '../../webresources/pages/history-rows';
import { type PageScene, pageScene } from '../page-scene';

const buttons = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `button ${JSON.stringify(name)}`);
const links = (...names: readonly string[]): readonly string[] => names.map((name) => `link ${JSON.stringify(name)}`);

const HISTORY = 'sync-history';
const HISTORY_BAR = [
  ...buttons('Refresh', 'Retry all failed', 'My connections', 'Clear filters', 'Jira: company.atlassian.net'),
  ...['From', 'To'].map((name) => `textbox "${name}"`),
];
const RECORDS = [...new Set(historyRows.map((row) => String(row['record.crmjira_subject'])))];
const ERRORS = historyRows.flatMap(({ crmjira_sync_error: error }) =>
  typeof error === 'string' ? error.replaceAll('\n', ' ') : [],
);

/** The page of what was sent to Jira of a person's time (R-1812, R-1832). */
export const syncHistory: readonly PageScene[] = [
  pageScene(
    HISTORY,
    'attempts',
    [
      ...['1–17 of 17 attempts', 'You may not log work in project CRMVCKSBZD.', 'Retrying'],
      ...HISTORY_BAR,
      ...buttons('Date and time', 'Jira issue', 'Time record', 'Status', 'Worklog ID', 'Error'),
      ...buttons(...RECORDS, ...RECORDS.map((name) => `View record: ${name}`), ...ERRORS),
      ...buttons('Retry: List of purposes with legal', 'Previous page', 'Next page'),
      ...links('CRMOTFFHAU-8, In Progress', 'CRMYKBZADZ-21, Blocked', 'CRMYKBZADZ-33, To Do'),
      ...links('CRMYKBZADZ-12, In Review', 'CRMOTFFHAU-20, To Do', 'CRMOTFFHAU-14, In Review'),
      ...links('CRMYKBZADZ-17, In Progress', 'CRMVCKSBZD-5, In Progress', 'CRMYKBZADZ-9, Done'),
    ],
    { asked: historyAnswer(), acts: [{ press: /^You may not log work/ }] },
  ),
  pageScene(HISTORY, 'nothing in the period', ['No attempts in this period.', ...HISTORY_BAR], {
    asked: historyAnswer([]),
  }),
];

const BACKFILL = 'backfill';
const BACKFILL_BAR = buttons('Back to my week', 'Start over', 'Sync history');
const FOUND = earlierRows.slice(0, 7).map((row) => String(row['crmjira_subject']));
const find = { press: /^(Find candidates|Trouver les candidats)$/ };
const link = { press: /^(Link 3 records|Lier 3 feuilles)$/ };

/** What the sync of three comes to. */
const SYNCED = {
  [CommandType.SyncTime]: {
    ...{ state: CommandState.Done, result: '2 succeeded, 1 failed' },
    answer: {
      ...{ total: 3, succeeded: 2, failed: 1 },
      errors: [
        {
          record: idOf('Factures, gabarit PDF'),
          error: 'CRMYKBZADZ-9 is closed, and Jira takes no time on it.\nNothing was logged.',
        },
      ],
    },
  },
};

/** The wizard that links earlier time to issues (R-1814). */
export const backfill: readonly PageScene[] = [
  pageScene(
    BACKFILL,
    'period',
    [
      ...['9 of your records have no issue. Look in:', 'checkbox "External Link"', ...BACKFILL_BAR],
      ...[...buttons('Find candidates'), 'textbox "From"', 'textbox "To"'],
    ],
    { asked: backfillQuery() },
  ),
  pageScene(
    BACKFILL,
    'candidates',
    [
      ...['candidates in 9 records without an issue, January 6 – May 11, 2025. Nothing found in 2.', '1–7 of 7'],
      ...[...BACKFILL_BAR, ...buttons('All 7', 'High 3', 'Medium 2', 'Low 2', 'Previous page', 'Next page')],
      ...buttons(...FOUND, ...FOUND.map((name) => `Change issue: ${name}`), 'Back', 'Link 3 records'),
    ],
    { asked: backfillQuery(), answers: backfillAnswers, acts: [find, { sees: /^(Link 3 records|Lier 3 feuilles)$/ }] },
  ),
  pageScene(
    BACKFILL,
    'linked',
    ['3 linked, 6 left without an issue.', '3 of 3', ...BACKFILL_BAR, ...buttons('Sync 3 to Jira', 'Undo linking')],
    {
      asked: backfillQuery(),
      answers: backfillAnswers,
      acts: [find, link, { sees: /^(Undo linking|Annuler les liens)$/ }],
    },
  ),
  pageScene(
    BACKFILL,
    'synced',
    [
      ...['2 succeeded, 1 failed', 'CRMYKBZADZ-9 is closed, and Jira takes no time on it. (1 record)', ...BACKFILL_BAR],
      ...buttons('Retry failed', 'Show sync history'),
    ],
    {
      ...{ asked: backfillQuery(), answers: { ...backfillAnswers, ...SYNCED } },
      acts: [
        find,
        link,
        { press: /^(Sync 3 to Jira|Synchroniser 3 avec Jira)$/ },
        { sees: /^(Retry failed|Réessayer les échecs)$/ },
      ],
    },
  ),
];
