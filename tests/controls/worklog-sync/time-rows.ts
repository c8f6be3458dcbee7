import { OLIVIA, type Row, type Tables } from '../platform/rows';

export const TIME_ID = '71000000-0000-4000-8000-000000000001';
export const CONNECTION_OF_OLIVIA = '72000000-0000-4000-8000-000000000001';

const NAME = '@OData.Community.Display.V1.FormattedValue';

/** Friday 16 May 2025, 8:30 to 10:00 in Montréal; nothing of it is in Jira. */
export function timeRecord(change: Row = {}): Row {
  return {
    crmjira_time_recordid: TIME_ID,
    crmjira_subject: 'Merge fields of all letters',
    crmjira_time_in: '2025-05-16T12:30:00Z',
    crmjira_time_out: '2025-05-16T14:00:00Z',
    crmjira_notes: null,
    crmjira_jira_issue_key: 'CRMYKBZADZ-17',
    crmjira_jira_worklog_id: null,
    crmjira_jira_synced: false,
    crmjira_jira_sync_error: null,
    crmjira_last_synced_at: null,
    crmjira_sync_requested: false,
    crmjira_jira_seconds: null,
    crmjira_base: null,
    crmjira_error_code: null,
    crmjira_next_retry_on: null,
    _ownerid_value: OLIVIA,
    [`_ownerid_value${NAME}`]: 'Olivia Martin',
    statecode: 0,
    ...change,
  };
}

/** What the service keeps of a record that Jira has as it stood then. */
export const kept = (started: string, seconds: number, trouble: object | null = null): string =>
  JSON.stringify({ base: { crm: { started, seconds }, jira: { started, seconds }, version: 1 }, trouble });

export const synced = (change: Row = {}): Row =>
  timeRecord({
    crmjira_jira_worklog_id: '48112',
    crmjira_jira_synced: true,
    crmjira_jira_seconds: 5_400,
    crmjira_last_synced_at: '2025-05-16T17:20:00Z',
    crmjira_base: kept('2025-05-16T12:30:00Z', 5_400),
    ...change,
  });

export const failed = (code: string, change: Row = {}): Row =>
  timeRecord({ crmjira_error_code: code, crmjira_jira_sync_error: 'In the words of the service.', ...change });

/** What Jira took last. */
export const sent = (change: Row = {}): Row => ({
  crmjira_worklog_sync_logid: '73000000-0000-4000-8000-000000000001',
  _crmjira_time_record_value: TIME_ID,
  crmjira_jira_issue_key: 'CRMYKBZADZ-17',
  crmjira_sync_status: 2,
  crmjira_sent_seconds: 5_400,
  crmjira_sent_start: '2025-05-16T12:30:00Z',
  crmjira_sent_comment: 'Time logged for Merge fields of all letters',
  ...change,
});

export const connection = (change: Row = {}): Row => ({
  crmjira_jira_connectionid: CONNECTION_OF_OLIVIA,
  crmjira_jira_url: 'https://company.atlassian.net',
  crmjira_is_active: true,
  crmjira_last_test_ok: true,
  crmjira_inbound: true,
  crmjira_last_test_reason: null,
  statecode: 0,
  ...change,
});

export function timeTables(change: Partial<Tables> = {}): Partial<Tables> {
  return {
    crmjira_time_record: [timeRecord()],
    crmjira_jira_connection: [connection()],
    crmjira_worklog_sync_log: [],
    crmjira_jira_issue: [],
    crmjira_command: [],
    ...change,
  };
}
