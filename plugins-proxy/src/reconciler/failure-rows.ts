import type { PlainWrite } from '../clients/dataverse/plain-write';

/** The rows that make a failure visible (R-412, E1-F1, E1-F2). */
export interface FailureRows {
  /** One row a streak and cause. */
  readonly log: PlainWrite;
  /** The record says that its log row was written already. */
  readonly isLogged: boolean;
  /** What the record and those who wait for it are told. */
  readonly others: readonly PlainWrite[];
}
