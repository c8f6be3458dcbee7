/** Tables whose records are kept in agreement: on the form of each stands the command that asks why one is not. */
export const explainedTables = ['opportunity', 'incident', 'crmjira_issue_link', 'crmjira_time_record'] as const;
export type ExplainedTable = (typeof explainedTables)[number];

/**
 * How a record stands. `held`: an administrator decides; `person`: a person decides between both sides; `unread`: one side has not
 * answered; `not-kept`: nothing has been asked for, so nothing is compared.
 */
export const standings = [
  'in-sync',
  'waiting',
  'retrying',
  'failed',
  'held',
  'person',
  'unread',
  'not-kept',
  'unknown',
] as const;
export type Standing = (typeof standings)[number];

/** One field on both sides; null: that side says nothing about it, or has not been read. */
export interface ExplainedField {
  readonly field: string;
  readonly dynamics: string | null;
  readonly jira: string | null;
  readonly differs: boolean;
  /** Of values that are not shown as they are: an instant as ISO 8601, a number of seconds, a word of `valueText`. Left out: text. */
  readonly as?: 'instant' | 'seconds' | 'word';
}

/** Something that a run would do; words: `stepText`. */
export interface ExplainedStep {
  readonly kind: string;
  /** The field or stage that it is about; null: of none. */
  readonly about: string | null;
}

/** A side that did not answer as long as somebody waits for an explanation. */
export interface SilentSide {
  readonly side: 'dataverse' | 'jira';
  readonly seconds: number;
}

/** Answer to *Explain*, for whoever asked: sentences are in their language, and what they may not read is left out. */
export interface ExplainAnswer {
  /** Of the module, e.g. `issue-link`. */
  readonly kind: string;
  readonly standing: Standing;
  readonly fields: readonly ExplainedField[];
  /** How many fields were left out because this person may not read them. */
  readonly hidden: number;
  /** In order; null: it was not found out. */
  readonly steps: readonly ExplainedStep[] | null;
  /** What kept this look from reading both sides; null: nothing did. */
  readonly trouble: {
    readonly code: string;
    readonly says: string;
    readonly remedy: string | null;
    /** null: it answered, with an error */
    readonly silent: SilentSide | null;
  } | null;
  /** What failed last and has not gone well since. */
  readonly lastFailure: {
    readonly code: string | null;
    readonly says: string;
    readonly remedy: string | null;
    readonly since: string | null;
    readonly nextRetryOn: string | null;
  } | null;
  /** Its run in the queue; null: none is known, or the queue could not be read. */
  readonly run: {
    readonly state: 'done' | 'waiting' | 'failing' | 'dead';
    readonly isRunning: boolean;
    /** When it ended, else when it is due; ISO 8601. */
    readonly at: string;
    readonly attempts: number;
  } | null;
}
