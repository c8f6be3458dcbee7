const GUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/;

/** Model-driven apps provide it but Microsoft does not document it: this file alone touches it, and every step is checked. */
type Mode =
  | { readonly contextInfo?: { readonly entityId?: unknown; readonly entityTypeName?: unknown } }
  | null
  | undefined;

/** An id as the Web API has it: contexts of the host give it in braces and capitals. */
export const plainId = (id: string): string => id.replace(/[{}]/g, '').toLowerCase();

/** Logical name of the table of the record that the form shows. */
export const recordTable = (mode: unknown): string => String((mode as Mode)?.contextInfo?.entityTypeName);

/** Id of the record the form shows, lower case without braces; null on a form that is not saved yet. */
export function recordId(mode: unknown): string | null {
  const found = GUID.exec(String((mode as Mode)?.contextInfo?.entityId).toLowerCase())?.[0];
  // An id of nothing but zeros stands for none.
  return found && /[^0-]/.test(found) ? found : null;
}
