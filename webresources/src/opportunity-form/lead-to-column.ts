/** Takes the person to a column of the form, also on a tab that is closed (F-111). */
export function leadToColumn(formContext: Xrm.FormContext, column: string): void {
  const control = formContext.getControl<Xrm.Controls.StandardControl>(column);
  control?.getParent()?.getParent()?.setFocus();
  control?.setFocus();
}
