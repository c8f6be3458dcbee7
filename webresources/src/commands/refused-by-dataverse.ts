/** PrincipalPrivilegeDenied and its kin (Microsoft, "Web service error codes"), and the status where a client gives that. */
const FORBIDDEN = [0x80040220, 0x80048306, 403];

/** Whether Dataverse refused for lack of a privilege: then trying again does not help, an administrator does. */
export function isForbidden(error: unknown): boolean {
  // Rejected values have no type; the platform gives its codes as signed numbers at some places and unsigned at others.
  const { errorCode, code, status } = (error ?? {}) as Record<string, unknown>;
  return [errorCode, code, status].some((found) => FORBIDDEN.includes(Number(found) >>> 0));
}
