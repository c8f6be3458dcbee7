/**
 * Whether column security lets this person read a column of the form. A column that it hides has no value there, which must not be
 * taken for an empty one. (Microsoft, client API reference, getUserPrivilege.) A column that the form does not have hides nothing.
 */
export function isReadable(formContext: Xrm.FormContext, column: string): boolean {
  return formContext.getAttribute(column)?.getUserPrivilege().canRead ?? true;
}
