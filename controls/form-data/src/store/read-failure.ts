/** Why the rows could not be read, as far as it changes what a person can do. */
export type ReadFailure = 'forbidden' | 'missing' | 'offline' | 'failed';

/** Platform error codes (Dataverse Web API), signed and unsigned forms of the same number. */
const FORBIDDEN = new Set([-2147220960, 0x80040220, -2147187962, 0x80048306, 403]);
const MISSING = new Set([-2147220969, 0x80040217, 404]);

/** @param offline whether the app knows that it has no connection */
export function readFailure(error: unknown, offline: boolean): ReadFailure {
  if (offline) return 'offline';
  for (const code of errorCodes(error)) {
    if (FORBIDDEN.has(code)) return 'forbidden';
    if (MISSING.has(code)) return 'missing';
  }
  return 'failed';
}

function errorCodes(error: unknown): readonly number[] {
  if (typeof error !== 'object' || error === null) return [];
  const { errorCode, code, status } = error as Record<string, unknown>; // rejected values have no type; each is checked
  return [errorCode, code, status].map(Number).filter(Number.isFinite);
}
