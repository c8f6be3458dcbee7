/** Why a caller does not get in; each door has its own words for it. */
export type Denial = 'unauthenticated' | 'forbidden' | 'keysUnavailable' | 'tooManyFailures';

export class AccessDenied extends Error {
  static readonly code = 'access-denied';
  readonly code = AccessDenied.code;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly denial: Denial,
    options?: { readonly cause?: unknown; readonly retryAfterSeconds?: number },
  ) {
    super(denial, options);
    this.name = 'AccessDenied';
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}
