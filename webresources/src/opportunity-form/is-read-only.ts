/** Read-only, of `getFormType` (Microsoft, client API reference); a closed record is "disabled". */
const READ_ONLY = 3;

/** Whether the person may read this record and not write it. */
export function isReadOnly(formContext: Xrm.FormContext): boolean {
  // Widened: the type of the numbers is a declaration only, without values.
  const type: number = formContext.ui.getFormType();
  return type === READ_ONLY;
}
