import { OperationType, SyncStatus } from '@crmjira/domain';
import { ADMINISTRATOR } from '../../../sandbox/src/seed/people';
import { idOf } from './jira-rows';

type Row = Readonly<Record<string, unknown>>;

export const ME = ADMINISTRATOR.id;

interface Sample {
  /** on a clock in Toronto */
  readonly at: string;
  readonly issue: string;
  readonly record: string;
  readonly worklog: string | null;
  /** what held it up; left out: nothing */
  readonly error?: string;
  /** what the record holds now; left out: its time is in Jira */
  readonly now?: Row;
}

const NOT_ALLOWED =
  'You may not log work in project CRMVCKSBZD.\nNothing was logged. Ask the project lead for the permission “Work On Issues”.';
const CLOSED =
  'CRMYKBZADZ-9 is closed, and Jira takes no time on it.\nNothing was logged. Reopen it in Jira or choose another issue.';

const failed = (error: string): Row => ({
  ...{ crmjira_jira_sync_error: error, crmjira_error_code: 'time-no-permission', crmjira_jira_worklog_id: null },
  crmjira_jira_synced: undefined,
});

/** Newest first. */
const SAMPLES: readonly Sample[] = [
  { at: '2025-05-16 13:06:34', issue: 'CRMOTFFHAU-8', record: 'Essais des factures PDF', worklog: '48249' },
  { at: '2025-05-16 13:06:32', issue: 'CRMYKBZADZ-21', record: 'Broker sign-in through Entra ID', worklog: '48248' },
  { at: '2025-05-16 13:06:30', issue: 'CRMYKBZADZ-33', record: 'Index design for claim search', worklog: '48247' },
  { at: '2025-05-16 13:06:28', issue: 'CRMYKBZADZ-12', record: 'Review comments on uploads', worklog: '48246' },
  { at: '2025-05-16 13:06:26', issue: 'CRMOTFFHAU-20', record: 'Revue du plan de mise en service', worklog: '48245' },
  { at: '2025-05-16 13:06:24', issue: 'CRMOTFFHAU-14', record: 'Corrections d’accessibilité', worklog: '48244' },
  { at: '2025-05-16 13:06:22', issue: 'CRMYKBZADZ-17', record: 'Proofreading with the customer', worklog: '48243' },
  {
    ...{ at: '2025-05-16 13:06:20', issue: 'CRMVCKSBZD-5', record: 'List of purposes with legal', worklog: null },
    ...{ error: NOT_ALLOWED, now: failed(NOT_ALLOWED) },
  },
  {
    ...{ at: '2025-05-16 13:06:18', issue: 'CRMYKBZADZ-9', record: 'Payment release, last fixes', worklog: null },
    // asked for again on another page
    ...{ error: CLOSED, now: { crmjira_sync_requested: true, crmjira_jira_worklog_id: null } },
  },
  { at: '2025-05-16 13:06:16', issue: 'CRMOTFFHAU-14', record: 'Atelier d’accessibilité', worklog: '48242' },
  { at: '2025-05-16 13:06:14', issue: 'CRMYKBZADZ-21', record: 'Role tests with two brokers', worklog: '48241' },
  { at: '2025-05-16 13:06:12', issue: 'CRMYKBZADZ-12', record: 'Photo orientation and size limits', worklog: '48131' },
  { at: '2025-05-12 17:21:06', issue: 'CRMYKBZADZ-12', record: 'Photo orientation and size limits', worklog: '48131' },
  {
    ...{
      at: '2025-05-12 17:20:35',
      issue: 'CRMYKBZADZ-12',
      record: 'Photo orientation and size limits',
      worklog: null,
    },
    error: 'Jira did not answer within 30 s.\nNothing is lost. Next try 17:21.',
  },
  { at: '2025-05-12 17:20:04', issue: 'CRMOTFFHAU-8', record: 'Mise en page des factures', worklog: '48119' },
  { at: '2025-05-12 17:20:02', issue: 'CRMYKBZADZ-17', record: 'Merge fields of all letters', worklog: '48112' },
  {
    ...{
      at: '2025-05-12 17:05:47',
      issue: 'CRMYKBZADZ-12',
      record: 'Photo orientation and size limits',
      worklog: null,
    },
    error: 'Jira no longer accepts your sign-in.\nNothing was logged. Sign in again, then sync.',
  },
];

const prefixed = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [`record.${name}`, value]));

/** Rows as FetchXML answers them, the record under its alias. */
export const historyRows: readonly Row[] = SAMPLES.map(({ at, issue, record, worklog, error, now }) => ({
  crmjira_worklog_sync_logid: idOf(`${at} ${record}`),
  crmjira_synced_at: new Date(`${at.replace(' ', 'T')}-04:00`).toISOString(),
  crmjira_jira_issue_key: issue,
  crmjira_jira_worklog_id: worklog,
  crmjira_operation: OperationType.Create,
  crmjira_sync_status: error === undefined ? SyncStatus.Success : SyncStatus.Failed,
  crmjira_sync_error: error ?? null,
  ...prefixed({
    crmjira_time_recordid: idOf(record),
    crmjira_subject: record,
    ownerid: ME,
    crmjira_jira_issue_key: issue,
    crmjira_time_in: '2025-05-12T13:00:00Z',
    crmjira_time_out: '2025-05-12T14:00:00Z',
    crmjira_jira_worklog_id: worklog ?? '48131',
    crmjira_jira_synced: true,
    ...now,
  }),
}));

const STATUSES: Readonly<Record<string, readonly [status: string, category: string]>> = {
  'CRMOTFFHAU-8': ['In Progress', 'indeterminate'],
  'CRMYKBZADZ-21': ['Blocked', 'indeterminate'],
  'CRMYKBZADZ-33': ['To Do', 'new'],
  'CRMYKBZADZ-12': ['In Review', 'indeterminate'],
  'CRMOTFFHAU-20': ['To Do', 'new'],
  'CRMOTFFHAU-14': ['In Review', 'indeterminate'],
  'CRMYKBZADZ-17': ['In Progress', 'indeterminate'],
  'CRMVCKSBZD-5': ['In Progress', 'indeterminate'],
  'CRMYKBZADZ-9': ['Done', 'done'],
  'CRMYKBZADZ-26': ['To Do', 'new'],
};

export const issueCopies: readonly Row[] = Object.entries(STATUSES).map(([key, [status, category]]) => ({
  crmjira_jira_issueid: idOf(key),
  crmjira_issue_key: key,
  crmjira_summary: `Summary of ${key}`,
  crmjira_status: status,
  crmjira_status_category: category,
  crmjira_url: `https://company.atlassian.net/browse/${key}`,
}));

export const connection: Row = {
  crmjira_jira_connectionid: idOf('connection'),
  crmjira_jira_url: 'https://company.atlassian.net',
  crmjira_last_test_ok: true,
  crmjira_last_test_reason: null,
};

/** Answers the queries of the page: counts, rows, copies of issues, the connection. */
export const historyAnswer =
  (rows: readonly Row[] = historyRows) =>
  (set: string, query: string): readonly Row[] | null => {
    if (set.startsWith('crmjira_jira_issue')) return issueCopies;
    if (set.startsWith('crmjira_jira_connection')) return [connection];
    if (!set.startsWith('crmjira_worklog_sync_log')) return null;
    if (query.includes('aggregate'))
      return [SyncStatus.Success, SyncStatus.Failed].map((status) => ({
        status,
        found: rows.filter(({ crmjira_sync_status: one }) => one === status).length,
      }));
    return rows;
  };
