import { type TimeRecord, keptOf, secondsForJira } from './time-record';

/** What of a record is in Jira. */
export type TimeState =
  | 'running'
  | 'noIssue'
  | 'syncing'
  | 'waiting'
  | 'failed'
  | 'gone'
  | 'overlap'
  | 'changed'
  | 'synced'
  | 'not';

/** Deleted in Jira by a person: told, and not made anew. */
const GONE = 'time-worklog-gone';

type Facts = Pick<
  TimeRecord,
  'base' | 'errorCode' | 'error' | 'isRequested' | 'isSynced' | 'issueKey' | 'timeIn' | 'timeOut' | 'worklogId'
>;

/** Kind of the last failure. */
export const codeOf = (time: Pick<TimeRecord, 'base' | 'errorCode'>): string =>
  time.errorCode ?? keptOf(time).trouble?.code ?? '';

/** The first that holds, in the order of the design. @param overlaps another worklog of the same person, before this time is sent */
export function timeState(time: Facts, overlaps = false): TimeState {
  const code = codeOf(time);
  const isThere = !!time.worklogId;
  // What failed and is still wished is sent again without anybody's doing.
  if (time.isRequested) return time.error ? 'waiting' : 'syncing';
  if (!time.timeOut) return 'running';
  if (!time.issueKey) return 'noIssue';
  if (code === GONE) return 'gone';
  if (time.error) return 'failed';
  if (!isThere) return overlaps ? 'overlap' : 'not';
  return time.isSynced && !isChanged(time) ? 'synced' : 'changed';
}

/** Whether Jira was sent other times than it would be sent now. */
function isChanged(time: Facts): boolean {
  const sent = keptOf(time).base?.crm;
  const at = (instant: string | null | undefined): number => Math.floor(Date.parse(instant ?? '') / 1000);
  return !!sent && (sent.seconds !== secondsForJira(time) || at(sent.started) !== at(time.timeIn));
}
