import { CommandType } from '@crmjira/domain';
import { PAUL, type Row } from '../../controls/platform/rows';
import { TIME_ID, failed, kept, sent, synced, timeRecord, timeTables } from '../../controls/worklog-sync/time-rows';
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
  crmjira_base: kept('2025-05-12T17:00:00Z', 12_600),
});
const CHANGED_FROM = sent({
  crmjira_sent_seconds: 12_600,
  crmjira_sent_start: '2025-05-12T17:00:00Z',
  crmjira_sent_comment: 'Photo orientation',
});
const gone = { code: 'time-worklog-gone', about: '48112', on: '2025-05-16T13:10:00Z' };

export const timeScenes: readonly AloneScene[] = [
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
  worklog('sign-in', [darkFrench, 300], failed('time-sign-in'), []),
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
  worklog('linked', [darkFrench, 640], synced({ crmjira_error_code: 'time-linked' }), []),
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
];
