import type { ConflictState, SyncPreference } from '../schema/generated/options';

/** Lower-case hyphenated GUID. */
export type Guid = string;
/** ISO 8601 instant in UTC with `Z`. */
export type Instant = string;

/** A field that people may change on both sides. Labels merge by element: each is a field of its own. */
export type FieldName = 'status' | 'priority' | 'summary' | `label:${string}`;

/** What is compared: the class of a map, a cleaned summary, `set` for a label that is there; null: empty. */
export type FieldValue = string | null;

/** What a person was shown when a conflict was opened, and the row that shows it. */
export interface OpenConflict {
  readonly entry: Guid;
  readonly crm: FieldValue;
  readonly jira: FieldValue;
}

/** What is stored of one field. */
export interface FieldBase {
  /** What each side held when it was last accounted for; they differ while the record's value is owed to Jira. */
  readonly crm: FieldValue;
  readonly jira: FieldValue;
  /** Version of the record then. */
  readonly version: number;
  /** Newest entry of the changelog that is accounted for. */
  readonly cursor: number;
  /** Entries of the changelog behind the cursor whose covered values stand in a row already. */
  readonly entered: readonly number[];
  readonly conflict: OpenConflict | null;
  /** Neither side's value was ever accounted for: they differed when they met, and people decide. */
  readonly isFirst?: true;
}

/**
 * How far a link has come. `asked`: an issue is wanted; `sent`: a create may have reached Jira; `hidden`: not to be seen, deleted or
 * without access; `broken`: deleted, as Jira has told; `unlinking`: until nothing of ours can be on its way any more.
 */
export type LinkStage = 'asked' | 'sent' | 'linked' | 'hidden' | 'broken' | 'unlinking' | 'unlinked';

/** Why something was not written. Facts as fields; words: `trouble-texts.ts`. */
export interface Trouble {
  readonly code:
    | 'no-transition'
    | 'transition-needs-field'
    | 'not-on-screen'
    | 'not-in-map'
    | 'issue-archived'
    | 'issue-hidden'
    | 'issue-deleted'
    | 'create-needs-field'
    | 'other-link-sends';
  /** Name of the field or of what is missing, as people know it. */
  readonly field: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** What the service keeps on the link row (`crmjira_base`). */
export interface StoredLink {
  readonly stage: LinkStage;
  readonly issueId: string | null;
  /** Highest number of the project that was known before the first create: an issue of ours lies behind it. */
  readonly low: number | null;
  /** When the last create was announced; until its deadline it may still reach Jira. */
  readonly sentOn: Instant | null;
  /** The wish for Off that is in force, by the time it was made. */
  readonly offConfirmed: Instant | null;
  /** Newest entry of the changelog that is accounted for, for fields that are not listed. */
  readonly cursor: number;
  /** Newest entry when an issue that was there was linked: what came before resolves nothing here. Left out: the issue was made for the link. */
  readonly since?: number;
  /** Newest entry that the timeline has told of. */
  readonly toldUpTo: number;
  readonly fields: Readonly<Partial<Record<FieldName, FieldBase>>>;
  readonly trouble: Trouble | null;
  /** Why the issue was not done together with the error that it is a ticket of; stands until it is done. Left out: nothing is owed. */
  readonly unclosed?: Trouble;
  /** What the timeline knows of the record. */
  readonly seen: SeenRecord;
}

/** Owner and state of the record, of which people are told when they change. */
export interface SeenRecord {
  readonly owner: Guid | null;
  readonly active: boolean;
}

export interface LinkFacts {
  readonly id: Guid;
  readonly etag: string;
  readonly preference: SyncPreference;
  /** What people want of the link; the stage says what is in force. */
  readonly wanted: 'linked' | 'unlinked';
  /** When preference or unlinking was last asked for. */
  readonly wishedOn: Instant;
  /** Another link of the same issue sends: this one follows. */
  readonly follows: boolean;
  readonly stored: StoredLink;
}

/** The case or opportunity. A column that it does not have, or that is not synced, is left out. */
export interface RecordFacts {
  readonly table: 'incident' | 'opportunity' | 'account' | 'product';
  readonly id: Guid;
  readonly etag: string;
  /** Row version: grows with every change. */
  readonly version: number;
  /** Resolved, cancelled or otherwise inactive: no column of it can be written. */
  readonly closed: boolean;
  /** Closed without being resolved. */
  readonly cancelled?: boolean;
  readonly owner?: { readonly id: Guid; readonly name: string };
  /** The case that it was merged into, and whether that one has a link to the same issue. */
  readonly mergedInto?: { readonly id: Guid; readonly hasLink: boolean } | null;
  readonly changedBy: string | null;
  readonly changedOn: Instant | null;
  /** Option values as text. */
  readonly status?: string | null;
  readonly priority?: string | null;
  readonly summary?: string | null;
  readonly labels?: readonly string[];
}

/** What a write of ours carries into Jira, and its entry of the changelog out of it. */
export interface Mark {
  readonly link: Guid;
  /** Version of the record that the write was planned from. */
  readonly version: number;
  /** Field and raw value that were sent; Jira may have made something else of it at once. */
  readonly wrote?: { readonly field: JiraField; readonly value: string | null };
}

export type JiraField = 'status' | 'priority' | 'summary' | 'labels';

export interface ChangelogEntry {
  /** Ids grow with time. */
  readonly id: number;
  readonly on: Instant;
  readonly by: string | null;
  readonly mark: Mark | null;
  /** Ids of status and priority, the text of a summary, labels separated by blanks. */
  readonly items: readonly {
    readonly field: JiraField;
    readonly from: string | null;
    readonly to: string | null;
    /** As people read them; left out: as the raw values. */
    readonly fromText?: string | null;
    readonly toText?: string | null;
  }[];
}

export interface TransitionField {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly hasDefault: boolean;
}

/** A step that Jira offers for the issue as it stands. */
export interface Transition {
  readonly id: string;
  readonly name: string;
  /** Status that it leads to. */
  readonly to: string;
  readonly fields: readonly TransitionField[];
}

/** What the mirror row and the form show of an issue (`crmjira_jira_issue`). */
export interface ShownIssue {
  readonly issueId: string;
  readonly key: string;
  readonly projectId: string;
  readonly summary: string;
  readonly type: string;
  readonly status: string;
  readonly statusCategory: 'new' | 'indeterminate' | 'done' | 'undefined';
  readonly priority: string | null;
  readonly assignee: string | null;
  /** false: the assignee's account is closed */
  readonly assigneeActive: boolean;
  readonly labels: readonly string[];
  readonly resolution: string | null;
  readonly resolvedOn: Instant | null;
  readonly resolvedBy: string | null;
  readonly archived: boolean;
}

/** An issue as Jira has just given it, by id: a moved issue has another key and the same id. */
export interface IssueThere {
  readonly kind: 'there';
  readonly shown: ShownIssue;
  readonly statusId: string;
  readonly priorityId: string | null;
  /** Entries from the oldest cursor of the link on, oldest first. */
  readonly changelog: readonly ChangelogEntry[];
  readonly transitions: readonly Transition[];
  /** Fields that stand on its edit screen. */
  readonly editable: readonly JiraField[];
  /** What stands in Jira of the link: label with property, and the remote link to the record. */
  readonly marked: boolean;
}

/** A created issue that carries the mark of this link. */
export interface FoundIssue {
  readonly issueId: string;
  readonly key: string;
  readonly mark: Mark;
  /** The record when it was sent, raw, as the mark's property keeps it. */
  readonly sent: Pick<RecordFacts, 'status' | 'priority' | 'summary' | 'labels'>;
  /** What Jira made of it: its values before the first entry of its changelog. */
  readonly created: {
    readonly statusId: string;
    readonly priorityId: string | null;
    readonly summary: string;
    readonly labels: readonly string[];
  };
}

export type IssueFacts =
  | IssueThere
  /** Not known yet. `found`: of the keys behind `low`, read one by one, the one with our mark. */
  | {
      readonly kind: 'unknown';
      readonly canSee: boolean;
      readonly highest: number;
      readonly found: FoundIssue | null;
      /** Fields that the create metadata requires and nothing fills (`required-fields.ts`). */
      readonly missing: readonly string[];
    }
  /** By id: not there, or not to be seen. Only an event of Jira, or its own record of deletions, tells which. */
  | { readonly kind: 'gone'; readonly deletionTold: boolean };

/** A person has chosen; counts only for the values that were shown. */
export interface Decision {
  readonly commandId: Guid;
  readonly field: FieldName;
  readonly side: 'crm' | 'jira';
  readonly by: Guid;
  readonly crm: FieldValue;
  readonly jira: FieldValue;
}

export interface IssueLinkFacts {
  readonly link: LinkFacts;
  /** null: deleted */
  readonly record: RecordFacts | null;
  readonly issue: IssueFacts;
  /** As stored in Dataverse; null: no row yet */
  readonly mirror: { readonly issue: ShownIssue; readonly deleted: boolean } | null;
  readonly decisions: readonly Decision[];
}

/** A row of `crmjira_sync_conflict`: both values, by whom and when. */
export interface ConflictEntry {
  readonly id: Guid;
  readonly field: FieldName;
  readonly base: FieldValue;
  readonly crm: string | null;
  readonly jira: string | null;
  readonly crmBy: string | null;
  readonly crmOn: Instant | null;
  readonly jiraBy: string | null;
  readonly jiraOn: Instant | null;
  readonly state: ConflictState;
}
