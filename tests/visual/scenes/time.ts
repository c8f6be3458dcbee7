import { CommandState, CommandType } from '@crmjira/domain';
import { issue } from '../../controls/jira-issues/issue-rows';
import { PAUL, type Row } from '../../controls/platform/rows';
import {
  TIME_ID,
  connection,
  failed,
  kept,
  sent,
  synced,
  timeRecord,
  timeTables,
} from '../../controls/worklog-sync/time-rows';
import { weekRecords, weekSynced, weekTables } from '../../controls/time-records/week-rows';
import { type Look, darkFrench, english, forced } from '../looks';
import type { AloneScene } from '../open-alone';

type Seen = readonly [look: Look, width: number];

/** A state of the worklog control, in one look and width. */
const worklog = (
  name: string,
  [look, width]: Seen,
  record: Row,
  says: readonly string[],
  more: Partial<Pick<AloneScene, 'offline' | 'press' | 'answers' | 'reads' | 'id' | 'rows'>> = {},
): AloneScene => ({
  control: 'worklog-sync',
  name,
  seen: [[look, width]],
  says,
  table: 'crmjira_time_record',
  id: TIME_ID,
  ...more,
  rows: timeTables({ crmjira_time_record: [record], ...(more.rows as Partial<Record<string, Row[]>>) }),
});

const CHANGED = synced({
  crmjira_time_in: '2025-05-12T17:00:00Z',
  crmjira_time_out: '2025-05-12T21:00:00Z',
  crmjira_notes: 'Photo orientation and size limits',
  crmjira_jira_seconds: 12_600,
  crmjira_base: kept('2025-05-12T17:00:00Z', 12_600),
});
const CHANGED_FROM = sent({
  crmjira_sent_seconds: 12_600,
  crmjira_sent_start: '2025-05-12T17:00:00Z',
  crmjira_sent_comment: 'Photo orientation',
});
const gone = { code: 'time-worklog-gone', about: '48112', on: '2025-05-16T13:10:00Z' };

const READ = { crmjira_project: { crmjira_last_sync_on: '2025-05-16T17:00:00Z' } };
const copy = (key: string, summary: string, status: string, category: string, assignee: string): Row =>
  issue(key, {
    ...READ,
    crmjira_summary: summary,
    crmjira_status: status,
    crmjira_status_category: category,
    crmjira_assignee: assignee,
  });
const LETTERS = copy('CRMYKBZADZ-17', 'Letters in English and French', 'In Progress', 'indeterminate', 'Inès Beaulieu');
const TEST = copy('CRMYKBZADZ-38', 'Test letters with assistive technology', 'To Do', 'new', 'Inès Beaulieu');
const BROKER = copy('CRMYKBZADZ-21', 'Broker access', 'Blocked', 'indeterminate', 'Luc Tremblay');
const PDF = copy('CRMOTFFHAU-8', 'Factures en format PDF', 'In Progress', 'indeterminate', 'Inès Beaulieu');
const PAID = {
  ...copy('CRMYKBZADZ-9', 'Payment release with four eyes', 'Done', 'done', 'Mei Chen'),
  crmjira_resolved_on: '2025-05-13T15:00:00Z',
};
const FORMS = {
  key: 'CRMOTFFHAU-14',
  summary: 'Accessibilité des formulaires',
  status: 'In Review',
  category: 'indeterminate',
  assignee: 'Inès Beaulieu',
};
const TEMPLATES = {
  key: 'CRMYKBZADZ-26',
  summary: 'Letter templates: legal wording by province',
  status: 'To Do',
  category: 'new',
  assignee: null,
};
const found = (...issues: readonly object[]): NonNullable<AloneScene['answers']> => ({
  [CommandType.FindIssues]: { state: CommandState.Done, answer: { issues } },
});

/** A state of the picker, in one look and width. */
const picker = (
  name: string,
  [look, width]: Seen,
  says: readonly string[],
  { value, copies = [], ...more }: Partial<AloneScene> & { readonly value?: string; readonly copies?: Row[] },
): AloneScene => ({
  control: 'issue-picker',
  name,
  seen: [[look, width]],
  says,
  table: 'crmjira_time_record',
  id: TIME_ID,
  ...(value && { fields: { issueKey: value } }),
  answers: found(),
  ...more,
  rows: { ...timeTables({ crmjira_time_record: [], crmjira_jira_issue: copies }), ...more.rows },
});
const RECENT = {
  crmjira_time_record: ['CRMYKBZADZ-21', 'CRMOTFFHAU-8'].map((key) => timeRecord({ crmjira_jira_issue_key: key })),
};

const ALL = ['Select all that can be synced', 'Sélectionner tout ce qui peut être synchronisé'] as const;
const SYNC = ['Sync selected to Jira', 'Synchroniser la sélection avec Jira'] as const;

/** A state of the week, in one look and width. */
const week = (
  name: string,
  [look, width]: Seen,
  says: readonly string[],
  more: Partial<AloneScene> & { readonly tables?: Parameters<typeof weekTables>[0] } = {},
): AloneScene => ({
  control: 'time-records',
  name,
  seen: [[look, width]],
  says,
  table: 'crmjira_time_record',
  id: null,
  ...more,
  rows: weekTables(more.tables),
});
const inTheMiddle = weekRecords().slice(3, 13);

export const timeScenes: readonly AloneScene[] = [
  picker('empty', [english, 420], ['Optional. Needed to sync this time to Jira.'], {}),
  picker('opened', [english, 420], ['Recent', 'Assigned to me', 'option "[CRMYKBZADZ-21] Broker access'], {
    rows: RECENT,
    copies: [BROKER, PDF],
    answers: found(FORMS, TEMPLATES),
    keys: ['ArrowDown', 'ArrowDown'],
  }),
  picker('searching', [darkFrench, 300], [], { copies: [LETTERS, TEST], answers: {}, type: 'letter' }),
  picker('results', [english, 300], ['In Dynamics 365, as of 13:00', 'From Jira', '3 issues found'], {
    copies: [LETTERS, TEST],
    answers: found(TEMPLATES),
    type: 'letter',
    keys: ['ArrowDown'],
  }),
  picker('nothing found', [darkFrench, 420], [], { type: 'lettres' }),
  picker('chosen', [darkFrench, 640], [], { value: 'CRMYKBZADZ-17', copies: [LETTERS] }),
  picker('closed', [english, 300], ['This issue is closed: Done since May 13.'], {
    value: 'CRMYKBZADZ-9',
    copies: [PAID],
  }),
  picker('no connection', [forced, 420], ['Set up my connection'], { rows: { crmjira_jira_connection: [] } }),
  picker('no key', [english, 420], ['“YKBZADZ17” is not an issue key.'], { type: 'YKBZADZ17', keys: ['Enter'] }),
  picker('key not in Jira', [forced, 300], ['CRMYKBZADZ-417 is not in Jira'], { value: 'CRMYKBZADZ-417' }),
  picker('offline', [english, 420], ['Use CRMYKBZADZ-40 as typed'], {
    offline: true,
    type: 'CRMYKBZADZ-40',
    keys: ['ArrowDown'],
  }),
  picker('no answer', [darkFrench, 300], [], {
    copies: [BROKER],
    answers: { [CommandType.FindIssues]: { state: CommandState.Failed } },
    type: 'broker',
    keys: ['ArrowDown'],
  }),
  picker('read only', [english, 420], ['Read-only: this time belongs to Olivia Martin.'], {
    disabled: true,
    value: 'CRMYKBZADZ-17',
    copies: [LETTERS],
    rows: { crmjira_time_record: [timeRecord()] },
  }),
  picker('waiting', [english, 420], ['Reading the issue'], { reads: 'hanging', value: 'CRMYKBZADZ-17' }),
  worklog('not synced', [english, 420], timeRecord(), ['1 h 30 min will be logged on CRMYKBZADZ-17.', 'Sync to Jira']),
  worklog('syncing', [darkFrench, 300], timeRecord({ crmjira_sync_requested: true }), []),
  worklog('synced', [english, 300], synced(), ['Logged', '48112', 'Remove from Jira']),
  worklog('changed since', [darkFrench, 420], CHANGED, [], { rows: { crmjira_worklog_sync_log: [CHANGED_FROM] } }),
  worklog('closed issue', [english, 420], failed('time-issue-closed'), [
    'CRMYKBZADZ-17 is closed, and Jira takes no time on it.',
  ]),
  worklog('no permission', [forced, 300], failed('time-no-permission'), [
    'You may not log work in project CRMYKBZADZ.',
  ]),
  worklog('sign-in', [darkFrench, 300], failed('time-sign-in'), [], {
    rows: { crmjira_jira_connection: [connection({ crmjira_last_test_ok: false })] },
  }),
  worklog(
    'no answer',
    [english, 640],
    failed('jira-unavailable', { crmjira_sync_requested: true, crmjira_next_retry_on: '2025-05-16T18:07:00Z' }),
    ['Nothing is lost. Next try 14:07.'],
  ),
  worklog(
    'rate limit',
    [english, 300],
    failed('jira-rate-limit', { crmjira_sync_requested: true, crmjira_next_retry_on: '2025-05-16T18:09:00Z' }),
    ['Jira asks to slow down.', 'This time is sent at 14:09.'],
  ),
  worklog('no connection', [english, 420], timeRecord(), ['You have a Jira connection', 'Set up my connection'], {
    rows: { crmjira_jira_connection: [] },
  }),
  worklog('not ready', [forced, 420], timeRecord({ crmjira_jira_issue_key: null, crmjira_time_out: null }), [
    'An issue is chosen',
    'Time Out is entered',
  ]),
  worklog('overlap', [english, 420], timeRecord(), ['Your worklog 48190 overlaps: 09:30–11:00 on CRMYKBZADZ-12.'], {
    rows: {
      crmjira_time_record: [
        timeRecord(),
        synced({
          crmjira_time_recordid: '71000000-0000-4000-8000-000000000002',
          crmjira_jira_worklog_id: '48190',
          crmjira_jira_issue_key: 'CRMYKBZADZ-12',
          crmjira_time_in: '2025-05-16T13:30:00Z',
          crmjira_time_out: '2025-05-16T15:00:00Z',
        }),
      ],
    },
  }),
  worklog(
    'gone',
    [english, 300],
    synced({ crmjira_jira_synced: false, crmjira_base: kept('2025-05-16T12:30:00Z', 5_400, gone) }),
    ['Worklog 48112 is no longer in Jira (checked 09:10).', 'Leave it'],
  ),
  worklog('linked', [darkFrench, 640], synced(), [], {
    rows: { crmjira_worklog_sync_log: [sent({ crmjira_operation: 4, crmjira_sync_error: 'Linked.' })] },
  }),
  worklog('offline', [darkFrench, 420], timeRecord(), [], { offline: true }),
  worklog('unsaved', [english, 420], timeRecord(), ['Save the time record first.'], { id: null }),
  worklog(
    'of somebody else',
    [english, 420],
    timeRecord({
      _ownerid_value: PAUL,
      '_ownerid_value@OData.Community.Display.V1.FormattedValue': 'Luc Tremblay',
    }),
    ['Only Luc Tremblay can sync this time.'],
  ),
  worklog('hidden', [darkFrench, 420], timeRecord(), [], { reads: 'forbidden' }),
  worklog('loading', [english, 420], timeRecord(), ['Reading the worklog'], { reads: 'hanging' }),
  worklog('removing', [english, 640], synced(), ['Worklog 48112 (1 h 30 min on CRMYKBZADZ-17) is deleted in Jira.'], {
    press: [['Remove from Jira', 'Retirer de Jira']],
    answers: { [CommandType.RemoveWorklog]: { state: 3 } },
  }),
  week('all selected', [english, 960], ['31:30', '6 h 15 min left to log by today', '12 selected'], { press: [ALL] }),
  week('cards', [darkFrench, 420], []),
  week('narrow', [forced, 300], ['31:30'], { press: [ALL] }),
  week('syncing', [english, 640], ['Syncing 7 of 12 · 2 failed so far.'], {
    press: [ALL, SYNC],
    answers: { [CommandType.SyncTime]: { state: CommandState.Running, done: 7 } },
    then: { crmjira_time_record: weekSynced(10) },
  }),
  week('result', [darkFrench, 640], [], {
    press: [ALL, SYNC],
    answers: { [CommandType.SyncTime]: { state: CommandState.Done, done: 12 } },
    then: { crmjira_time_record: weekSynced() },
  }),
  week('all succeeded', [english, 420], ['All 7 succeeded'], {
    tables: { crmjira_time_record: inTheMiddle.filter((_, index) => index > 3 || index < 2) },
    press: [ALL, SYNC],
    answers: { [CommandType.SyncTime]: { state: CommandState.Done, done: 7 } },
    then: {
      crmjira_time_record: weekSynced()
        .slice(3, 13)
        .filter((_, index) => index > 3 || index < 2),
    },
  }),
  week('nothing logged', [english, 420], ['No time this week yet.'], { tables: { crmjira_time_record: [] } }),
  week('not connected', [darkFrench, 420], [], {
    tables: { crmjira_jira_connection: [], crmjira_time_record: inTheMiddle.slice(0, 1) },
  }),
  week('unread', [english, 420], ['Your time could not be read.'], { reads: 'refused' }),
  week('reading', [darkFrench, 420], [], { reads: 'hanging' }),
];
