/** Why the rows could not be read, as far as it changes what a person can do. */
export type ReadFailure = 'forbidden' | 'missing' | 'offline' | 'failed';

/** Error codes of the Dataverse Web API, and the HTTP status where a client gives that. */
const FORBIDDEN = [0x80040220, 0x80048306, 403];
const MISSING = [0x80040217, 404];

/** @param offline whether the app knows that it has no connection */
export function readFailure(error: unknown, offline: boolean): ReadFailure {
  if (offline) return 'offline';
  // Rejected values have no type; whatever is not a number of these lists counts for nothing.
  const { errorCode, code, status } = (error ?? {}) as Record<string, unknown>;
  // The platform gives its codes as signed numbers at some places and unsigned at others.
  const codes = [errorCode, code, status].map((found) => Number(found) >>> 0);
  if (codes.some((found) => FORBIDDEN.includes(found))) return 'forbidden';
  return codes.some((found) => MISSING.includes(found)) ? 'missing' : 'failed';
}
