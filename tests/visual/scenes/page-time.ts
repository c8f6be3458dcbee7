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
