import type { Platform } from '../platform';
import type { QueryScope } from '../odata/scope';
import type { Caller } from '../security/caller';
import type { Transaction } from '../store/transaction';
import type { Reference, Row } from '../store/row';

/** One request that writes, inside its transaction. */
export interface Operation {
  readonly platform: Platform;
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
