import type { ConflictState } from '../schema/generated/options';
import type {
  ConflictEntry,
  FieldName,
  Guid,
  JiraField,
  Mark,
  RecordFacts,
  ShownIssue,
  StoredLink,
  Trouble,
} from './facts';

/**
 * Versions that must still hold, of record and link: the change set is dropped and planned anew when one does not. record null: what is
 * stored of it is true of the version that was read, and the next round sees what has become of it.
 */
export interface Guard {
  readonly record: string | null;
  readonly link: string;
}

/** One change set in Dataverse: the link row becomes `stored`, and what comes with it. */
interface Stored {
  readonly guard: Guard;
  readonly stored: StoredLink;
}

/** Told on the timeline in the same change set. */
interface Told {
  readonly posts: readonly TimelinePost[];
}

/** Columns of the record, raw: options as text. */
export type RecordChange = Partial<Pick<RecordFacts, 'status' | 'priority' | 'summary' | 'labels'>>;

export interface FieldAction extends Stored {
  readonly field: FieldName;
  /** Rows to create; one that is there already is done. */
  readonly entries: readonly ConflictEntry[];
  /** An open conflict's row, and how it ends. */
  readonly settled: { readonly entry: Guid; readonly state: ConflictState; readonly by: Guid | null } | null;
}

export interface JiraWrite {
  readonly field: JiraField;
  /** Status: `transition` leads there. Labels: one element that comes or goes. */
  readonly value: string | null;
  readonly transition?: string;
  readonly label?: { readonly name: string; readonly add: boolean };
}

/** Named as in the models of the protocol (tests/sync-model). Every one is idempotent. */
export type IssueAction =
  /** The row says that a create is about to be sent; the link is read again right before it. */
  | ({ readonly kind: 'begin' } & Stored)
  | { readonly kind: 'create'; readonly mark: Mark }
  /** The issue of a create whose answer was lost. */
  | ({ readonly kind: 'adopt' } & Stored & Told)
  /** Hidden, broken, to be seen again, unlinking, linked again. */
  | ({ readonly kind: 'stage' } & Stored & Told)
  /** Off or an unlink is in force: nothing of ours is on its way, and nothing will be. */
  | ({ readonly kind: 'confirm' } & Stored & Told)
  /** The row that shows the issue is written first, then Jira is told of the record. */
  | ({ readonly kind: 'mirror'; readonly issue: ShownIssue; readonly deleted: boolean } & Told)
  /** The case was merged: the link stands for the one that remains. */
  | ({ readonly kind: 'regard'; readonly to: Guid } & Stored & Told)
  | { readonly kind: 'mark'; readonly issueId: string }
  | { readonly kind: 'unmark'; readonly issueId: string }
  /** Entries for people's values that a write of ours covered. */
  | ({ readonly kind: 'enter' } & FieldAction)
  /** Base and cursor follow. */
  | ({ readonly kind: 'agree' } & Stored)
  /** The record's value goes to Jira; the next round reads the changelog behind it. */
  | {
      readonly kind: 'write';
      readonly issueId: string;
      readonly name: FieldName;
      readonly write: JiraWrite;
      readonly mark: Mark;
    }
  /** The record takes Jira's value; the entry, if there is one, keeps the record's. */
  | ({ readonly kind: 'take'; readonly record: RecordChange } & FieldAction)
  /** The record's value stands, Jira's is in the entry. */
  | ({ readonly kind: 'keep' } & FieldAction)
  /** A conflict is opened, or shows newer values. */
  | ({ readonly kind: 'hold' } & FieldAction)
  /** It has ended by itself. */
  | ({ readonly kind: 'close' } & FieldAction)
  | ({
      readonly kind: 'decided';
      readonly side: 'crm' | 'jira';
      readonly command: Guid;
      readonly record: RecordChange | null;
    } & FieldAction)
  /** A decision about other values than those that stand. */
  | { readonly kind: 'refuse'; readonly guard: Guard; readonly field: FieldName; readonly command: Guid }
  /** The row says why something is not written; null: it is again. */
  | ({ readonly kind: 'note'; readonly trouble: Trouble | null } & Stored)
  /** Timeline of the record: rows with derived ids. */
  | ({ readonly kind: 'tell' } & Stored & Told);

/** What the timeline of the record says; words: `timeline-text.ts`. */
export interface TimelinePost {
  readonly id: Guid;
  readonly event:
    | 'created'
    | 'linked'
    | 'unlinked'
    | 'status-changed'
    | 'reopened'
    | 'type-changed'
    | 'assignee-left'
    | 'record-merged'
    | 'record-reassigned'
    | 'record-deactivated';
  readonly key: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly by: string | null;
}
