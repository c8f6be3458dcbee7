const GUID = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;

/**
 * Id of the record the form shows, lower case without braces; null on a form that is not saved yet. Reads
 * `context.mode.contextInfo`, which model-driven apps provide but Microsoft does not document: this is the only place
 * that touches it.
 */
export function recordId(mode: unknown): string | null {
  // Undocumented property: nothing is assumed about it, every step is checked.
  const info = (mode as { readonly contextInfo?: { readonly entityId?: unknown } } | null | undefined)?.contextInfo;
  const id = info?.entityId;
  const match = typeof id === 'string' ? GUID.exec(id) : null;
  const found = match?.[1]?.toLowerCase() ?? null;
  return found === null || /^[0-]+$/.test(found) ? null : found;
}
