/** Opportunities that a key stands for; urgent when a person waits for them. */
export interface Resolved {
  readonly opportunityIds: readonly string[];
  readonly urgent: boolean;
  /** Milliseconds until they are looked at, as more may come; left out: at once. */
  readonly delayMs?: number;
  /** Why there is none. */
  readonly note?: string;
}
