import type { ResolutionRule, SyncPreference } from '../../schema/generated/options';
import type { Guid, Instant, LinkStage } from '../facts';

/** A change of an issue between open and done, of its changelog since it was linked. */
export interface DoneChange {
  readonly entry: number;
  readonly on: Instant;
  readonly done: boolean;
  readonly by: string | null;
  readonly resolution: string | null;
}

/** A link of the case, with its issue as Jira has just given it: never from the mirror, which may be old. */
export interface ResolvingLink {
  readonly id: Guid;
  readonly integration: Guid;
  /** Of its connection. */
  readonly rule: ResolutionRule;
  readonly preference: SyncPreference;
  readonly stage: LinkStage;
  /** `Chosen`: this issue decides. */
  readonly resolvesRecord: boolean;
  readonly issueId: string;
  readonly key: string;
  readonly doneWhenLinked: boolean;
  readonly changes: readonly DoneChange[];
}

/** What is stored for one case. */
export interface StoredResolution {
  /** Occasion that was last acted on; null: the rule did not hold. */
  readonly occasion: string | null;
  /** Whether the case was closed then. */
  readonly closed: boolean;
  /** Rows of resolution that are accounted for. */
  readonly accounted: readonly Guid[];
  /** Last occasion of an issue on which the case stayed open, and the links that were open. */
  readonly stayedOpen: { readonly occasion: string; readonly open: readonly Guid[] } | null;
}

export const NO_RESOLUTION: StoredResolution = { occasion: null, closed: false, accounted: [], stayedOpen: null };

export interface ResolutionFacts {
  readonly record: {
    readonly table: 'incident' | 'opportunity' | 'account' | 'product';
    readonly id: Guid;
    readonly etag: string;
    /** Resolved or cancelled. */
    readonly closed: boolean;
  };
  /** Ids of its rows of resolution since it was linked, ours and people's: one that is not accounted for of an open case says that it was reopened. */
  readonly rows: readonly Guid[];
  readonly links: readonly ResolvingLink[];
  readonly stored: StoredResolution;
  /** Version of what is stored. */
  readonly storedEtag: string;
}

/** What the timeline says; words: `resolution-text.ts`. */
export interface ResolutionNotice {
  readonly id: Guid;
  readonly code: 'stays-open' | 'reopened-in-jira' | 'decide';
  readonly key: string;
  /** Linked issues that are open. */
  readonly open: number;
}

export type ResolutionAction =
  /** Guard, what is stored and close stand in one change set: a closed case may take no write. A repeat meets its own row. */
  | {
      readonly kind: 'resolve';
      readonly guard: string;
      readonly stored: StoredResolution;
      readonly resolutionId: Guid;
      readonly key: string;
      readonly resolution: string | null;
      readonly by: string | null;
      readonly on: Instant;
    }
  /** Accounted for, and told where there is a notice. */
  | {
      readonly kind: 'account';
      readonly guard: { readonly record: string; readonly stored: string };
      readonly stored: StoredResolution;
      readonly notice: ResolutionNotice | null;
    };
