/** Why the rows could not be read, as far as it changes what a person can do. */
export type ReadFailure = 'forbidden' | 'missing' | 'offline' | 'failed';

/** Error codes of the Dataverse Web API, and the HTTP status where a client gives that. */
const FORBIDDEN = [0x80040220, 0x80048306, 403];
const MISSING = [0x80040217, 404];

/** Whether what was rejected names one of these codes: of Dataverse, unsigned, or of HTTP. */
export function hasCode(error: unknown, codes: readonly number[]): boolean {
  // Rejected values have no type; whatever is not a number of the list counts for nothing.
  const { errorCode, code, status } = (error ?? {}) as Record<string, unknown>;
  // The platform gives its codes as signed numbers at some places and unsigned at others.
  return [errorCode, code, status].some((found) => codes.includes(Number(found) >>> 0));
}

/** @param offline whether the app knows that it has no connection */
export function readFailure(error: unknown, offline: boolean): ReadFailure {
  if (offline) return 'offline';
  if (hasCode(error, FORBIDDEN)) return 'forbidden';
  return hasCode(error, MISSING) ? 'missing' : 'failed';
}
