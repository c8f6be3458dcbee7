/** One answer that a table of the intake or the relay documents: what the caller sees and how the log speaks of it. */
export interface DocumentedAnswer {
  readonly status: number;
  readonly code: string;
  /** Sentence for caller and log; never holds anything that came with the request. */
  readonly says: string;
  readonly level: 'info' | 'warn' | 'error';
  /** Counter of security events that goes up. */
  readonly counter?: string;
}
