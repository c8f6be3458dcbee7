const GUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/;

/**
 * Id of the record the form shows, lower case without braces; null on a form that is not saved yet. Reads
 * `context.mode.contextInfo`, which model-driven apps provide but Microsoft does not document: this is the only place
 * that touches it.
 */
export function recordId(mode: unknown): string | null {
  // Undocumented property: nothing is assumed about it, every step is checked.
  const info = (mode as { readonly contextInfo?: { readonly entityId?: unknown } } | null | undefined)?.contextInfo;
  const found = GUID.exec(String(info?.entityId).toLowerCase())?.[0];
  // An id of nothing but zeros stands for none.
  return found && /[^0-]/.test(found) ? found : null;
}
