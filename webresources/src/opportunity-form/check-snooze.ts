import { snoozeNeedsReasonText, snoozePastText } from './words';

const UNTIL = 'crmjira_alerts_snoozed_until';
const REASON = 'crmjira_alerts_snooze_reason';
const NOTIFICATION = 'crmjira.snooze';

/**
 * Alerts are snoozed until a day to come, with a reason (R-2306): the service takes no notice of anything else, so that the form refuses
 * to save it (F-120). A day that has passed since it was saved stops nobody who changes something else.
 */
export function checkSnooze(formContext: Xrm.FormContext): void {
  const until = formContext.getAttribute<Xrm.Attributes.DateAttribute>(UNTIL);
  const reason = formContext.getAttribute<Xrm.Attributes.StringAttribute>(REASON);
  if (!until || !reason) return;
  const look = (): void => {
    const day = until.getValue();
    say(formContext, UNTIL, day !== null && until.getIsDirty() && isPast(day) ? snoozePastText() : null);
    const isAsked = day !== null && (until.getIsDirty() || reason.getIsDirty());
    reason.setRequiredLevel(isAsked ? 'required' : 'none');
    say(formContext, REASON, isAsked && !reason.getValue()?.trim() ? snoozeNeedsReasonText() : null);
  };
  for (const attribute of [until, reason]) attribute.addOnChange(look);
  formContext.data.addOnLoad(look);
  look();
}

/** Before today; a date-only column gives midnight of the day on the browser's clock. */
function isPast(day: Date): boolean {
  const now = new Date();
  return day.getTime() < new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
}

/** An error beside a field keeps the form from being saved. */
function say(formContext: Xrm.FormContext, column: string, text: string | null): void {
  const control = formContext.getControl<Xrm.Controls.StandardControl>(column);
  if (text === null) control?.clearNotification(NOTIFICATION);
  else control?.setNotification(text, NOTIFICATION);
}
