import type { Instant, Work } from './work';

/** Lower-case hyphenated GUID. */
type Guid = string;

/** Travels in create and update of a worklog: by it a write of ours is known, and whether anybody has changed what it wrote. */
export interface WorklogMark {
  readonly record: Guid;
  /** Version of the record that the write was planned from: grows with each. */
  readonly version: number;
  readonly wrote: Work;
}

/** Why a time record is not in Jira, or not as it stands. Facts as fields; words: `texts/time-text.ts`. */
export interface TimeTrouble {
  readonly code:
    | 'time-no-issue'
    | 'time-issue-format'
    | 'time-no-end'
    | 'time-order'
    | 'time-issue-missing'
    | 'time-issue-closed'
    | 'time-no-permission'
    | 'time-no-edit'
    | 'time-no-delete'
    | 'time-frozen'
    | 'time-refused'
    | 'time-period-approved'
    | 'time-no-connection'
    | 'time-other-site'
    | 'time-sign-in'
    | 'time-worklog-gone'
    | 'time-worklog-hidden';
  /** Key of the issue or project, id of the worklog, address of the site, days of a period, words of Jira: what the sentence names. */
  readonly about: string | null;
  /** When it was found so. */
  readonly on: Instant | null;
}

/** What the service keeps of a time record (`crmjira_base`). */
export interface StoredTimeRecord {
  /** Connected site that the worklog is on. */
  readonly integration: Guid | null;
  readonly worklogId: string | null;
  /** Issue that the worklog is on, or that a create was announced for; and the key by which the record named it. */
  readonly issueId: string | null;
  readonly issueKey: string | null;
  /**
   * What each side held when it was last accounted for, and the version of the record then. They differ where Jira keeps another value
   * than it was sent, as a site that rounds does.
   */
  readonly base: { readonly crm: Work; readonly jira: Work; readonly version: number } | null;
  /** The last write that was announced; until its deadline it may still reach Jira. */
  readonly sent: { readonly on: Instant; readonly version: number } | null;
  /** Another issue was chosen: the worklog of the former one is about to go. */
  readonly moving: boolean;
  /** Somebody wants the worklog removed. */
  readonly removing: boolean;
  /** It was deleted in Jira, and people were told. */
  readonly gone: boolean;
  /** The worklog that went when another issue was chosen: its issue's history tells whether somebody's change went with it. */
  readonly left: { readonly worklogId: string; readonly issueId: string; readonly work: Work } | null;
  /** The write whose covered value stands in an entry already. */
  readonly entered: string | null;
  readonly trouble: TimeTrouble | null;
}

/** Of a record that was never synced. */
export const newTimeRecord: StoredTimeRecord = {
  integration: null,
  worklogId: null,
  issueId: null,
  issueKey: null,
  base: null,
  sent: null,
  moving: false,
  removing: false,
  gone: false,
  left: null,
  entered: null,
  trouble: null,
};

export interface RecordOfTime {
  readonly id: Guid;
  readonly etag: string;
  /** Row version: grows with every change. */
  readonly version: number;
  readonly issueKey: string | null;
  /** null: it has no usable times */
  readonly work: Work | null;
  /** As Jira gets it. */
  readonly comment: string;
  /** A person wants it synced. */
  readonly wished: boolean;
  readonly changedBy: string | null;
  readonly changedOn: Instant | null;
}

/** A worklog as Jira has just given it. */
export interface SeenWorklog {
  readonly worklogId: string;
  readonly issueId: string;
  readonly issueKey: string;
  readonly work: Work;
  readonly comment: string;
  /** null: made by somebody else, or the site keeps no properties of worklogs */
  readonly mark: WorklogMark | null;
  /** Nobody has changed it since it was made. */
  readonly isUntouched: boolean;
  readonly updatedBy: string | null;
  readonly updatedOn: Instant | null;
}

export type WorklogFacts =
  | { readonly kind: 'there'; readonly worklog: SeenWorklog }
  /** No id is known. `found`: by the mark of this record, on any issue. `twin`: same author, start and duration on the chosen issue. */
  | { readonly kind: 'unknown'; readonly found: SeenWorklog | null; readonly twin: SeenWorklog | null }
  /** Jira says that it was deleted. */
  | { readonly kind: 'gone' }
  /** Nowhere to be seen, and not known to be deleted. */
  | { readonly kind: 'hidden' };

/** Somebody's duration that a write or a deletion of ours covered, as the issue's history tells. */
export interface CoveredTime {
  /** The write, so that it is entered once. */
  readonly of: string;
  readonly seconds: number;
  readonly by: string | null;
  readonly on: Instant | null;
}

export interface TimeRecordFacts {
  /** null: deleted */
  readonly record: RecordOfTime | null;
  readonly stored: StoredTimeRecord;
  /** The connected site whose account the person has now. */
  readonly integration: Guid | null;
  /** The issue that the record names now; null: it names none that can be seen, and `trouble` says so. */
  readonly target: { readonly issueId: string; readonly issueKey: string } | null;
  /** Why nothing can be written just now: of the record itself, of its issue, or in Jira's own refusal. */
  readonly trouble: TimeTrouble | null;
  /** Jira has refused this run's write: nothing of it is on its way. */
  readonly isRefused: boolean;
  readonly worklog: WorklogFacts;
  /** What Jira answered to this run's last write; where that was lost, what its history says that the write became. */
  readonly answered: Work | null;
  readonly covered: CoveredTime | null;
}

export interface TimePolicy {
  /** Milliseconds after which no request of a run that was given up can reach Jira any more. */
  readonly wireMs: number;
  /** The person wants what is changed in Jira in the record. */
  readonly takes: boolean;
}
