/** PrincipalPrivilegeDenied and its kin (Microsoft, "Web service error codes"), and the status where a client gives that. */
const FORBIDDEN = [0x80040220, 0x80048306, 403];

/** A row whose alternate key is taken (DuplicateRecord and its kin), and the status where a client gives that. */
const TAKEN = [0x80060892, 0x80040237, 412];

/** Whether Dataverse refused for lack of a privilege: then trying again does not help, an administrator does. */
export function isForbidden(error: unknown): boolean {
  return isOneOf(error, FORBIDDEN);
}

/** Whether Dataverse refused because there is such a row already: somebody was first. */
export function isTaken(error: unknown): boolean {
  return isOneOf(error, TAKEN);
}

function isOneOf(error: unknown, known: readonly number[]): boolean {
  // Rejected values have no type; the platform gives its codes as signed numbers at some places and unsigned at others.
  const { errorCode, code, status } = (error ?? {}) as Record<string, unknown>;
  return [errorCode, code, status].some((found) => known.includes(Number(found) >>> 0));
}
