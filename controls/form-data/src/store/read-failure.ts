/** Why the rows could not be read, as far as it changes what a person can do. */
export type ReadFailure = 'forbidden' | 'missing' | 'offline' | 'failed';

/** PrincipalPrivilegeDenied and its kin (Microsoft, "Web service error codes"), and the HTTP status where a client gives that. */
const FORBIDDEN = [0x80040220, 0x80048306, 403];
const MISSING = [0x80040217, 404];
/** A row whose alternate key is taken (DuplicateRecord and its kin). */
const TAKEN = [0x80060892, 0x80040237, 412];

/** Whether what was rejected names one of these codes: of Dataverse, unsigned, or of HTTP. */
function hasCode(error: unknown, codes: readonly number[]): boolean {
  // Rejected values have no type; whatever is not a number of the list counts for nothing.
  const { errorCode, code, status } = (error ?? {}) as Record<string, unknown>;
  // The platform gives its codes as signed numbers at some places and unsigned at others.
  return [errorCode, code, status].some((found) => codes.includes(Number(found) >>> 0));
}

/** Whether Dataverse refused for lack of a privilege: then trying again does not help, an administrator does. */
export const isForbidden = (error: unknown): boolean => hasCode(error, FORBIDDEN);

/** Whether Dataverse refused because there is such a row already: somebody was first. */
export const isTaken = (error: unknown): boolean => hasCode(error, TAKEN);

/** @param offline whether the app knows that it has no connection */
export function readFailure(error: unknown, offline: boolean): ReadFailure {
  if (offline) return 'offline';
  if (isForbidden(error)) return 'forbidden';
  return hasCode(error, MISSING) ? 'missing' : 'failed';
}
