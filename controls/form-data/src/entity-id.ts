const GUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/;

const EMPTY = '00000000-0000-0000-0000-000000000000';

/**
 * Id of the record the form shows, lower case without braces; null on a form that is not saved yet. Reads
 * `context.mode.contextInfo`, which model-driven apps provide but Microsoft does not document: this is the only place
 * that touches it.
 */
export function recordId(mode: unknown): string | null {
  // Undocumented property: nothing is assumed about it, every step is checked.
  const info = (mode as { readonly contextInfo?: { readonly entityId?: unknown } } | null | undefined)?.contextInfo;
  const found = GUID.exec(String(info?.entityId).toLowerCase())?.[0] ?? EMPTY;
  return found === EMPTY ? null : found;
}
