import { exceedsProvisioningThreshold, moneyFromDecimal, process } from '@crmjira/domain';
import { FIELD_NOTICE } from './stage-messages';
import { tooSmallText } from './words';

/**
 * "Must be greater than $10,000" beside the budget amount, at the first stage. A recommendation, not an error: an
 * opportunity may be small and must still be saved; what is stopped is the stage.
 * @param threshold major units
 */
export function budgetNotification(formContext: Xrm.FormContext, threshold: number, currency: string): void {
  const control = formContext.getControl<Xrm.Controls.NumberControl>('budgetamount');
  if (!control) return;
  control.clearNotification(FIELD_NOTICE);
  const value = formContext.getAttribute<Xrm.Attributes.NumberAttribute>('budgetamount')?.getValue() ?? null;
  if (value === null || !isFirstStage(formContext)) return;
  if (exceedsProvisioningThreshold(moneyFromDecimal(value, currency), threshold)) return;
  control.addNotification({
    messages: [tooSmallText(threshold, currency)],
    notificationLevel: 'RECOMMENDATION',
    uniqueId: FIELD_NOTICE,
  });
}

function isFirstStage(formContext: Xrm.FormContext): boolean {
  const active = formContext.data.process?.getActiveStage();
  return !active || active.getId().toLowerCase() === process.stages.OpportunityQualification;
}
