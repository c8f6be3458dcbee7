/** Of `getFormType` (Microsoft, client API reference): what the person may only read, and what is closed. */
const READ_ONLY = 3;
const DISABLED = 4;

/** Whether the person may read this record and not write it. */
export function isReadOnly(formContext: Xrm.FormContext): boolean {
  return typeOf(formContext) === READ_ONLY;
}

/** Whether nothing on the form can be changed: read-only, or closed. */
export function isFixed(formContext: Xrm.FormContext): boolean {
  return [READ_ONLY, DISABLED].includes(typeOf(formContext));
}

/** Widened: the type of the numbers is a declaration only, without values. */
function typeOf(formContext: Xrm.FormContext): number {
  return formContext.ui.getFormType();
}
