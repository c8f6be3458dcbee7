import { derivedId } from '../hash/derived-id';
import { fitText } from '../text/fit-text';
import type { Language } from '../text/language';
import { newTimeRecord, type SeenWorklog, type StoredTimeRecord } from './facts';
import { endOf, type Instant, notesOf, sameWork, worklogComment, workOf } from './work';

/** Lower-case hyphenated GUID. */
type Guid = string;

/**
 * How long ago work may have been done that is still taken up, in milliseconds: a bulk change of old worklogs would fill the weeks of
 * people with time that was counted long ago.
 */
export const arrivalReachMs = 31 * 24 * 3_600_000;

/** A person who wants their worklogs of a site as time records. */
export interface InboundPerson {
  readonly userId: Guid;
  /** Account in Jira, as a test of their own sign-in has found it. */
  readonly accountId: string;
}

/** Under these names Jira knows who logged a worklog. */
export interface WorklogAuthor {
  readonly accountId?: string | undefined;
  readonly key?: string | undefined;
  readonly name?: string | undefined;
}

/** Whose time a worklog is; null: nobody's, or of an account that several have connected. Pure. */
export function personOfWorklog(
  people: readonly InboundPerson[],
  author: WorklogAuthor | null | undefined,
): Guid | null {
  const names = [author?.accountId, author?.key, author?.name];
  const found = new Set(people.filter(({ accountId }) => names.includes(accountId)).map(({ userId }) => userId));
  const [only = null] = found;
  return found.size === 1 ? only : null;
}

/** A record of the person that has no worklog yet. */
export interface RecordWithoutWorklog {
  readonly issueKey: string | null;
  readonly timeIn: Instant;
  readonly timeOut: Instant | null;
  readonly stored: StoredTimeRecord;
}

export interface ArrivalFacts {
  /** Connected site that the worklog is on. */
  readonly integration: Guid;
  readonly worklog: SeenWorklog;
  /** Of its issue. */
  readonly summary: string;
  /** Of the person: records of the same start, and all that wait for the answer to a create. */
  readonly records: readonly RecordWithoutWorklog[];
  /** Of the person. */
  readonly language: Language;
}

/** The columns of a time record that was logged in Jira. */
export interface ArrivedRecord {
  readonly id: Guid;
  readonly subject: string;
  readonly timeIn: Instant;
  readonly timeOut: Instant;
  readonly notes: string | null;
  readonly issueKey: string;
  readonly stored: StoredTimeRecord;
}

export type Arrival =
  | { readonly kind: 'arrive'; readonly record: ArrivedRecord }
  /** The answer to a create on this issue is still awaited: it may be that one. */
  | { readonly kind: 'wait' }
  /** `ours`: made by a time record, be it deleted since. `typed`: a record of the same work stands that can be synced. */
  | { readonly kind: 'none'; readonly because: 'ours' | 'typed' | 'long-ago' };

/** Replicas and repeats make one record of a worklog. */
export const arrivedRecordId = (integration: Guid, worklogId: string): Guid =>
  derivedId(integration, 'worklog-arrived', worklogId);
/** The log row that says that a worklog is a time record, or was one: what was deleted in Dynamics never comes back. */
export const takenUpLogId = (integration: Guid, worklogId: string): Guid =>
  derivedId(integration, 'worklog-taken-up', worklogId);

function arrived({ integration, worklog, summary, language }: ArrivalFacts): ArrivedRecord {
  const { worklogId, issueId, issueKey, work, comment } = worklog;
  const subject = fitText('crmjira_time_record', 'crmjira_subject', summary);
  const notes = notesOf(comment, subject);
  // Of a worklog without a comment both sides differ, and neither owes the other anything.
  const crm = workOf(work.started, work.seconds, worklogComment(notes, subject, language));
  return {
    id: arrivedRecordId(integration, worklogId),
    subject,
    timeIn: work.started,
    timeOut: endOf(work),
    notes,
    issueKey,
    stored: { ...newTimeRecord, integration, worklogId, issueId, issueKey, base: { crm, jira: work, version: 0 } },
  };
}

/**
 * What becomes of a worklog that no time record has (R-1829). Pure.
 * @param now ISO 8601 instant in UTC
 */
export function planArrival(facts: ArrivalFacts, now: Instant): Arrival {
  const { worklog, records } = facts;
  const { work, mark, issueId, issueKey } = worklog;
  if (mark !== null) return { kind: 'none', because: 'ours' };
  if (Date.parse(work.started) < Date.parse(now) - arrivalReachMs) return { kind: 'none', because: 'long-ago' };
  if (records.some(({ stored }) => stored.sent !== null && stored.issueId === issueId)) return { kind: 'wait' };
  const isTyped = records.some(
    (one) => one.issueKey === issueKey && one.timeIn === work.started && one.timeOut === endOf(work),
  );
  return isTyped ? { kind: 'none', because: 'typed' } : { kind: 'arrive', record: arrived(facts) };
}

/** What Jira has for a worklog, or had when it was last accounted for; null: it is not to be seen. */
export type WorklogState = Pick<SeenWorklog, 'issueId' | 'work'>;

/** Whether somebody has moved or changed a worklog since it was accounted for: Jira tells nobody of a bulk move. Pure. */
export const hasChangedSilently = (accounted: WorklogState, seen: WorklogState | null): boolean =>
  seen === null || seen.issueId !== accounted.issueId || !sameWork(seen.work, accounted.work);
