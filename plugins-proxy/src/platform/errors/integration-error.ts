/**
 * What kind of trouble an error is (R-1401): transient trouble passes by itself and is retried with backoff; permanent trouble
 * comes back on every try until a person changes the data; configuration trouble needs an administrator.
 */
export type ErrorClass = 'transient' | 'permanent' | 'configuration';

/** Details beside the sentence; none of them may carry a secret. */
export interface IntegrationErrorOptions {
  readonly code: string;
  readonly errorClass: ErrorClass;
  /** HTTP status of the answer behind it, when there was one. */
  readonly status?: number;
  /** milliseconds the other side asked to wait */
  readonly retryAfterMs?: number;
  /** it is not retried by itself, whatever its class */
  readonly isFinal?: boolean;
  /** the connection that it is about; left out: none, or the first one */
  readonly connectionId?: string | undefined;
  readonly isOfRow?: boolean;
  readonly cause?: unknown;
}

/** An error whose message is a sentence for the person who will read it on a form or in a log row. */
export class IntegrationError extends Error {
  readonly code: string;
  readonly errorClass: ErrorClass;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly isFinal: boolean;
  /** Set once, by whoever knows. */
  connectionId: string | undefined;
  /** That connection is described by its row, not by the variables of the service. */
  isOfRow: boolean;

  constructor(message: string, options: IntegrationErrorOptions) {
    super(message, { cause: options.cause });
    this.name = 'IntegrationError';
    this.code = options.code;
    this.errorClass = options.errorClass;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.isFinal = options.isFinal ?? false;
    this.connectionId = options.connectionId;
    this.isOfRow = options.isOfRow ?? false;
  }
}
