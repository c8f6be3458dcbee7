import type { ConflictState } from '../schema/generated/options';
import type { StoredTimeRecord, TimeTrouble, WorklogMark } from './facts';
import type { Instant, Work } from './work';

/** Both values of one field, by whom and when. Told in a log row, which only the owner and Worklog Viewers read, as the record. */
export interface TimeEntry {
  readonly id: string;
  readonly field: 'started' | 'seconds' | 'comment' | 'issue';
  readonly base: string | null;
  readonly crm: string | null;
  readonly jira: string | null;
  readonly crmBy: string | null;
  readonly crmOn: Instant | null;
  readonly jiraBy: string | null;
  readonly jiraOn: Instant | null;
  readonly state: ConflictState;
}

/** What came of an attempt, for a row of `crmjira_worklog_sync_log`. */
export interface TimeAttempt {
  readonly operation: 'create' | 'update' | 'delete' | 'link' | 'take' | 'follow';
  readonly worklogId: string | null;
  readonly work: Work | null;
  readonly trouble: TimeTrouble | null;
  /** What Jira keeps in place of what it was sent. */
  readonly keeps: number | null;
}

/** One change set in Dataverse: the record with If-Match, and what comes with it. */
interface Stored {
  /** Version that must still hold. */
  readonly etag: string;
  readonly stored: StoredTimeRecord;
  /** The wish to sync is served, or refused. */
  readonly served: boolean;
  readonly attempt: TimeAttempt | null;
}

/** Columns that the record takes over. */
export interface TimeChange {
  readonly timeIn: Instant;
  readonly timeOut: Instant;
  readonly comment: string;
}

/** Named as in `time.pml`. Every one is idempotent. */
export type TimeRecordAction =
  /** The row says that a write may be on its way, and for which issue. */
  | ({ readonly kind: 'begin' } & Stored)
  | {
      readonly kind: 'create';
      readonly issueId: string;
      readonly work: Work;
      readonly comment: string;
      readonly mark: WorklogMark;
    }
  | {
      readonly kind: 'put';
      readonly issueId: string;
      readonly worklogId: string;
      readonly work: Work;
      readonly comment: string;
      readonly mark: WorklogMark;
    }
  /** The worklog of a create, or one of the same work that was there. */
  | ({ readonly kind: 'adopt' } & Stored)
  /** Moved in Jira: the record follows. */
  | ({ readonly kind: 'follow'; readonly issueKey: string; readonly entries: readonly TimeEntry[] } & Stored)
  /** Another issue was chosen: the worklog is about to go. */
  | ({ readonly kind: 'moving' } & Stored)
  | { readonly kind: 'delete'; readonly issueId: string; readonly worklogId: string }
  /** It is gone as we wanted it; a new one can be made. */
  | ({ readonly kind: 'anew' } & Stored)
  /** Deleted in Jira: told, not made anew. */
  | ({ readonly kind: 'gone' } & Stored)
  /** Nothing of the record is in Jira any more. */
  | ({ readonly kind: 'finish' } & Stored)
  /** A value that a write of ours covered. */
  | ({ readonly kind: 'enter'; readonly entries: readonly TimeEntry[] } & Stored)
  /** Base follows. */
  | ({ readonly kind: 'note' } & Stored)
  | ({ readonly kind: 'take'; readonly record: TimeChange } & Stored)
  /** Both sides have changed: Dynamics wins, Jira's value stands in entries. */
  | ({ readonly kind: 'conflict'; readonly entries: readonly TimeEntry[] } & Stored)
  /** The row says why nothing is written. */
  | ({ readonly kind: 'refuse' } & Stored);
