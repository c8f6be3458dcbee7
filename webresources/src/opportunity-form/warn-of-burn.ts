import { AlertLevel, alertLevel, isAtLeast, subtract, toDecimal, utilization } from '@crmjira/domain';
import type { RecordFacts } from './read-record-facts';
import { overBudgetText, reviewText, warningText } from './words';

const NOTIFICATION = 'crmjira.burn';

/**
 * Says on the form itself that a budget has reached its warning threshold or is exceeded (F-125): the controls that say so may stand on
 * another tab. A warning, not an error: nothing is to be corrected here.
 * @param warningPercent `crmjira_WarningThreshold`
 */
export function warnOfBurn(
  formContext: Xrm.FormContext,
  { burn, isOpen }: Pick<RecordFacts, 'burn' | 'isOpen'>,
  warningPercent: number,
): void {
  const text = burn && isOpen ? burnText(burn, warningPercent) : null;
  if (text === null) return void formContext.ui.clearFormNotification(NOTIFICATION);
  const review = formContext.getAttribute<Xrm.Attributes.BooleanAttribute>('crmjira_budget_review_required');
  const said = review?.getValue() ? `${text} ${reviewText()}` : text;
  formContext.ui.setFormNotification(said, 'WARNING', NOTIFICATION);
}

function burnText({ spent, approved }: NonNullable<RecordFacts['burn']>, warningPercent: number): string | null {
  const level = alertLevel(spent, approved, warningPercent);
  if (isAtLeast(level, AlertLevel.OverBudget))
    return overBudgetText(toDecimal(subtract(spent, approved)), spent.currency);
  return isAtLeast(level, AlertLevel.BudgetWarning) ? warningText(utilization(spent, approved, 1) ?? 0) : null;
}
