import type { Schema } from '../metadata/schema';
import type { QueryScope } from '../odata/scope';
import type { Caller } from '../security/caller';
import type { Reference, Row } from '../store/row';
import type { Store } from '../store/store';
import type { Transaction } from '../store/transaction';
import type { StepEvent } from '../webhook-steps/step-event';
import type { Sequences } from './autonumber';

/** Webhooks that are registered for what an operation does. */
export interface Steps {
  /** Those that may refuse it. */
  synchronous(operation: Operation, event: StepEvent): Promise<void>;
  /** Those behind the write, synchronous ones first. */
  after(operation: Operation, event: StepEvent): Promise<void>;
}

/** What writing needs of the platform. */
export interface OperationPlatform {
  /** Changes when a solution comes or goes. */
  readonly schema: Schema;
  readonly store: Store;
  readonly organizationId: string;
  readonly steps: Steps;
  readonly sequences: Sequences;
}

/** One request that writes, inside its transaction. */
export interface Operation {
  readonly platform: OperationPlatform;
  readonly caller: Caller;
  readonly tx: Transaction;
  readonly now: Date;
  readonly scope: QueryScope;
  /** How many steps led here; the platform refuses endless loops at 8. */
  readonly depth: number;
  readonly correlationId: string;
  readonly requestId: string;
  /** `Content-ID` of earlier requests of the change set → the row they wrote. */
  readonly contentIds: ReadonlyMap<string, Reference>;
  /** Held against the row once more when it is locked: a step before the transaction may have let others at it. */
  readonly guard?: { readonly id: string; readonly check: (row: Row) => void };
  /** Writes of the platform itself: no privileges asked, no synchronous steps, tracked columns as given. */
  readonly asSystem: boolean;
  /** Writes of the seed: no steps at all. */
  readonly silent: boolean;
}

/** Whole seconds: Dataverse keeps no fractions. */
export const timestamp = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
