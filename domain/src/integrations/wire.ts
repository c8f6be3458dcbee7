/** What pages of administrators and the service say to each other in commands about integrations (`crmjira_payload`, `crmjira_answer`). */
import type { Direction } from '../schema/generated/options';

/** Products that administrators connect by pages: `crmjira_code` of `crmjira_integration_provider`, in lower case. */
export const providerCodes = ['jira', 'ad', 'rest', 'soap', 'notification'] as const;
export type ProviderCode = (typeof providerCodes)[number];

/** A field mapping as it is entered; its place in the list is `crmjira_sequence`, counted from 0. */
export interface EnteredMapping {
  readonly direction: Direction;
  /** Logical names of Dynamics. */
  readonly sourceTable: string;
  readonly sourceField: string;
  /** Names of the other side: an object and its field, or a path into its records. */
  readonly targetObject: string;
  readonly targetField: string;
  /** Name of a transform; null: as it is. */
  readonly transform: string | null;
  /** Records of both sides with the same value belong together. */
  readonly isKey: boolean;
}

/**
 * An integration as a page holds it: the payload of *Save integration*, and, where not what is saved is meant, of *Test connection* and *Try
 * mapping*. Secret settings come beside it in `crmjira_sealed`, as a JSON object of what was entered anew; the others are kept as long
 * as the place that they go to is the same (`placeOf`).
 */
export interface EnteredIntegration {
  readonly provider: ProviderCode;
  readonly name: string;
  /** As the provider's schema says. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** 5 to 1,440; null: not on a schedule. */
  readonly everyMinutes: number | null;
  /** 1 to 500. */
  readonly batchSize: number;
  readonly mappings: readonly EnteredMapping[];
}

/** What is wrong with something entered, and where. */
export interface EnteredProblem {
  /** E.g. `settings.port`, `mappings.3.transform`. */
  readonly path: string;
  readonly code: string;
  /** A sentence in the language of whoever asked. */
  readonly says: string;
}

/** Answer to *Save integration* and *Set active*. */
export interface SaveAnswer {
  readonly integration: string;
  readonly isSaved: boolean;
  /** Empty: it is saved. */
  readonly problems: readonly EnteredProblem[];
  /** Of the test that comes before an active integration is saved; null: none was needed. */
  readonly test: TestAnswer | null;
}

/** Answer to *Test connection* of an integration. */
export interface TestAnswer {
  readonly ok: boolean;
  /** Steps in the order in which they were taken; the last one failed where `ok` is false. */
  readonly steps: readonly { readonly name: string; readonly ok: boolean; readonly ms: number }[];
  /** What the provider found, for the page: who the account is, what it sees. */
  readonly found: Readonly<Record<string, unknown>>;
  /** Name of the fault (`connectionFaultWords`) and what its sentences name; null: none. */
  readonly fault: { readonly name: string; readonly args: Readonly<Record<string, string>> } | null;
  /** What is wrong, and what to do about it, in the language of whoever asked; both null: nothing. */
  readonly says: string | null;
  readonly remedy: string | null;
}

/** Payload of *Run*. */
export interface RunPayload {
  readonly mode: 'changes' | 'everything' | 'dry-run';
}

/** Answer to *Run* and *Confirm run*. While it runs, `crmjira_done_count` and `crmjira_total_count` tell how far it is. */
export interface RunAnswer {
  /** Id of its `crmjira_sync_log`; null: it did not begin. */
  readonly run: string | null;
  readonly processed: number;
  readonly changed: number;
  readonly removed: number;
  readonly failed: number;
  /** What a dry run would do, as its provider shows it; null: not a dry run. */
  readonly preview: unknown;
}

/** Payload of *Try mapping*. */
export interface TryPayload {
  readonly entered: EnteredIntegration;
  /** Id of a row or record to try with; null: the first one there is. */
  readonly sample: string | null;
}

/** Answer to *Try mapping*. */
export interface TryAnswer {
  readonly sample: { readonly id: string; readonly name: string } | null;
  /** By mapping, as entered. */
  readonly rows: readonly {
    readonly index: number;
    readonly before: string | null;
    readonly after: string | null;
    /** Why it gives nothing, in the language of whoever asked; null: it does. */
    readonly says: string | null;
  }[];
  /** What the service answered, without secrets and cut to what a page shows; null: not that kind of provider. */
  readonly response: { readonly status: number; readonly bytes: number; readonly text: string } | null;
}
