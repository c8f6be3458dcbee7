import type { ExplainedField, ExplainedStep, Language } from '@crmjira/domain';
import type { Logger } from 'pino';
import type { IntegrationError } from '../platform/errors/integration-error';
import type { DeliveredEvent, Trigger } from '../queue/store/store';
import type { FailureRows } from './failure-rows';
import type { Resolved } from './job-handler';
import type { LogContext, Regarding } from './log-context';

/** One run for one record. */
export interface Run<Facts, Action> {
  /** Of the record; lower case where it is a GUID. */
  readonly id: string;
  readonly correlationId: string;
  readonly logger: Logger;
  /** Left out: an event. */
  readonly trigger?: Trigger;
  /** The event that the run began with. */
  readonly causedBy?: LogContext['causedBy'];
  /** Plans without applying. */
  readonly dryRun?: boolean;
  /** Told of the facts of each round, of one side alone as long as the other has not answered. */
  readonly onFacts?: (facts: Facts) => void;
  /** Told of each action once it is done, also in a run that fails later. */
  readonly onApplied?: (action: Action) => void;
}

/** What one run knows beyond a round: a key that was refused, a side that need not be read twice. */
export interface Session<Facts, Action> {
  /**
   * Reads both sides.
   * @param tell told of what is known before all of it is, so that a failure can be shown on the right rows
   * @throws IntegrationError
   */
  read(tell: (facts: Facts) => void): Promise<Facts>;
  /** What is left to do, decided by a pure function of `domain/`; only words for its readers may be read here. */
  plan(facts: Facts): Promise<readonly Action[]>;
  /** Notes what no plan says, such as work that cannot be used; not in a dry run. */
  note?(facts: Facts, log: LogContext): Promise<void>;
  /** Carries out one action. Idempotent: a repeat after a crash finds the first effect. @throws PlanOutdated to plan anew */
  apply(action: Action, facts: Facts, log: LogContext): Promise<void>;
}

/** A field on both sides, and who may see it. */
export interface ReadField extends ExplainedField {
  /** Secured column of the record that holds it: shown to those who may read that. Left out: as the record itself. */
  readonly column?: string;
}

/** What the facts of a record say to somebody who asks why it is not in agreement. */
export interface Explained {
  /** false: there is no such record; null: not even that could be read */
  readonly isKnown: boolean | null;
  /** Field by field what both sides say; of a side that has not answered nothing. */
  readonly fields: readonly ReadField[];
  /** What failed last and has not gone well since; times as ISO 8601. */
  readonly lastFailure: {
    readonly code: string | null;
    /** In the language that was asked for, where its words are known; else as it is stored. */
    readonly says: string;
    readonly since: string | null;
    readonly nextRetryOn: string | null;
    /** As of a field. */
    readonly column?: string;
  } | null;
  /** Further records that fields and failure are of: whoever may not read one of them is shown neither. */
  readonly partOf: readonly Regarding[];
}

/** A failed run, as it is to be shown to people. */
export interface FailedRun<Facts> {
  readonly id: string;
  readonly error: IntegrationError;
  readonly correlationId: string;
  readonly trigger: Trigger;
  /** How long the run took until it failed, in milliseconds. */
  readonly durationMs: number;
  /** Failures in a row, this one included. */
  readonly attempts: number;
  /** Start of the streak: the same for all its retries. */
  readonly waitingSince: number;
  /** null: not retried by itself */
  readonly retryAt: number | null;
  /** As last read; null when not even that succeeded. */
  readonly facts: Facts | null;
  /** The event that it began with; null = none was delivered. */
  readonly event: DeliveredEvent | null;
}

/**
 * One kind of record that is kept in agreement. The loop, leases, retries, dry runs, tracing and the report of failures are written once
 * (`settle.ts`, `module-handler.ts`); a capability says what its records are.
 */
export interface SyncModule<Facts, Action> {
  /** Stands before the colon of its job keys, e.g. `opportunity`. */
  readonly kind: string;
  /** Logical name of the table that its ids are of. */
  readonly table: string;
  open(run: Run<Facts, Action>): Session<Facts, Action>;
  /** Of an action, for log, errors and whoever asks; no amounts, no names (R-1220). */
  stepOf(action: Action): ExplainedStep;
  /** The rows in which people find a failure. Pure. */
  report(failure: FailedRun<Facts>, now: string): FailureRows;
  /** Takes back what a failed run has left where no plan had a reason to write; null: nothing is left. Pure. */
  recover(facts: Facts): FailureRows['others'][number] | null;
  /** Why a record is not in agreement, as far as its facts tell. Pure. @param hasPlan something is left to do */
  explain(facts: Facts, hasPlan: boolean, language: Language): Explained;
  /** Jobs that look at the record again, where it waits for a time to pass; left out or null: an event tells. Pure. */
  again?(facts: Facts, now: string): Resolved | null;
  /** Version of the record's row, by which its own echo is known; undefined: it has none. */
  versionOf(facts: Facts): number | undefined;
}

/** A step in the log: one word and reason. */
export const describeStep = ({ kind, about }: ExplainedStep): string => (about === null ? kind : `${kind}: ${about}`);
