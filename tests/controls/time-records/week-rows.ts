import { issue } from '../jira-issues/issue-rows';
import type { Row, Tables } from '../platform/rows';
import { kept, timeRecord, timeTables } from '../worklog-sync/time-rows';

/** Local time of a day of May 2025, four hours behind UTC. */
const at = (day: string, time: string): string => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return `2025-05-${day}T${String(hour + 4).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`;
};

export const idOfRow = (n: number): string => `71000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const ACCOUNT = '_crmjira_regarding_account_value@OData.Community.Display.V1.FormattedValue';

/** Day, beginning, end, subject, issue and customer: the week of the mockups, Monday 12 to Friday 16 May 2025. */
const LINES: readonly (readonly [string, string, string | null, string, string | null, string | null])[] = [
  ['12', '8:30', '10:00', 'Merge fields of all letters', 'CRMYKBZADZ-17', 'Assurance Laurentide'],
  ['12', '10:15', '12:15', 'Mise en page des factures', 'CRMOTFFHAU-8', 'Hydro-Boréal'],
  ['12', '13:00', '17:00', 'Photo orientation and size limits', 'CRMYKBZADZ-12', 'Assurance Laurentide'],
  ['13', '8:45', '11:45', 'Role tests with two brokers', 'CRMYKBZADZ-21', 'Assurance Laurentide'],
  ['13', '12:30', '14:00', 'Atelier d’accessibilité', 'CRMOTFFHAU-14', 'Hydro-Boréal'],
  ['13', '14:15', '17:15', 'Payment release, last fixes', 'CRMYKBZADZ-9', 'Assurance Laurentide'],
  ['14', '9:00', '12:00', 'List of purposes with legal', 'CRMVCKSBZD-5', 'Thames Retail Group'],
  ['14', '13:00', '14:30', 'Proofreading with the customer', 'CRMYKBZADZ-17', 'Assurance Laurentide'],
  ['14', '14:45', '15:45', 'Team meeting', null, null],
  ['15', '8:30', '11:30', 'Corrections d’accessibilité', 'CRMOTFFHAU-14', 'Hydro-Boréal'],
  ['15', '11:45', '12:45', 'Revue du plan de mise en service', 'CRMOTFFHAU-20', 'Hydro-Boréal'],
  ['15', '13:30', '16:00', 'Review comments on uploads', 'CRMYKBZADZ-12', 'Assurance Laurentide'],
  ['15', '16:00', '17:15', 'Index design for claim search', 'CRMYKBZADZ-33', 'Assurance Laurentide'],
  ['16', '8:45', '10:45', 'Broker sign-in through Entra ID', 'CRMYKBZADZ-21', 'Assurance Laurentide'],
  ['16', '11:00', '12:15', 'Essais des factures PDF', 'CRMOTFFHAU-8', 'Hydro-Boréal'],
  ['16', '12:45', null, 'Letters, second proof', 'CRMYKBZADZ-17', 'Assurance Laurentide'],
];

/** As Jira has it, whole or from another duration. */
export const inJira = (row: Row, seconds?: number): Row => {
  const [start, end] = [String(row.crmjira_time_in), String(row.crmjira_time_out)];
  const there = seconds ?? (Date.parse(end) - Date.parse(start)) / 1000;
  return {
    ...row,
    crmjira_jira_worklog_id: '48112',
    crmjira_jira_synced: true,
    crmjira_jira_seconds: there,
    crmjira_base: kept(start, there),
    crmjira_sync_requested: false,
    crmjira_jira_sync_error: null,
  };
};

/** Two records are in Jira, one was changed since, one has no issue, one runs; eleven are not there. */
export function weekRecords(): Row[] {
  return LINES.map(([day, from, to, subject, key, account], index) => {
    const row = timeRecord({
      crmjira_time_recordid: idOfRow(index + 1),
      crmjira_subject: subject,
      crmjira_time_in: at(day, from),
      crmjira_time_out: to && at(day, to),
      crmjira_jira_issue_key: key,
      _crmjira_regarding_account_value: account && 'e0e0e0e0-0000-4000-8000-000000000001',
      [ACCOUNT]: account,
    });
    return index < 2 ? inJira(row) : index === 2 ? inJira(row, 12_600) : row;
  });
}

const STATUSES: readonly (readonly [key: string, status: string, category: string])[] = [
  ['CRMYKBZADZ-17', 'In Progress', 'indeterminate'],
  ['CRMOTFFHAU-8', 'In Progress', 'indeterminate'],
  ['CRMYKBZADZ-12', 'In Review', 'indeterminate'],
  ['CRMYKBZADZ-21', 'Blocked', 'indeterminate'],
  ['CRMOTFFHAU-14', 'In Review', 'indeterminate'],
  ['CRMYKBZADZ-9', 'Done', 'done'],
  ['CRMVCKSBZD-5', 'In Progress', 'indeterminate'],
  ['CRMOTFFHAU-20', 'To Do', 'new'],
  ['CRMYKBZADZ-33', 'To Do', 'new'],
];

export const weekTables = (change: Partial<Tables> = {}): Partial<Tables> =>
  timeTables({
    environmentvariabledefinition: [{ schemaname: 'crmjira_DailyTargetMinutes', defaultvalue: '450' }],
    crmjira_time_record: weekRecords(),
    crmjira_jira_issue: STATUSES.map(([key, status, category]) =>
      issue(key, { crmjira_status: status, crmjira_status_category: category }),
    ),
    ...change,
  });

/** Sentences of the service: what happened, and in a line of its own what to do. */
const REFUSED: Readonly<Record<number, string>> = {
  6: 'CRMYKBZADZ-9 is closed, and Jira takes no time on it.\nNothing was logged. Reopen it in Jira or choose another issue.',
  7: 'You may not log work in project CRMVCKSBZD.\nNothing was logged. Ask the project lead for the permission “Work On Issues”.',
};

/** After a sync of the first records of those that were asked for: two were refused. */
export const weekSynced = (upTo = 16): Row[] =>
  weekRecords().map((row, index) => {
    const n = index + 1;
    if (!row.crmjira_time_out || !row.crmjira_jira_issue_key) return row;
    if (n > upTo) return { ...row, crmjira_sync_requested: true };
    return REFUSED[n] ? { ...row, crmjira_jira_sync_error: REFUSED[n] } : inJira(row);
  });
