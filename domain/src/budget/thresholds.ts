import { hasReached } from './burn';
import { type Money, minorDigits } from '../money/money';
import { AlertLevel } from '../schema/generated/options';

/**
 * The alert level that holds for these figures: over budget is strictly more than the approved amount, the warning
 * starts at its threshold, inclusive. Nothing approved: over as soon as anything is spent.
 * @param warningPercent `crmjira_WarningThreshold`, e.g. 80.0
 */
export function alertLevel(spent: Money, approved: Money, warningPercent: number): AlertLevel {
  if (spent.minor > approved.minor) return AlertLevel.OverBudget;
  if (approved.minor > 0 && hasReached(spent, approved, warningPercent)) return AlertLevel.BudgetWarning;
  return AlertLevel.None;
}

/** Strictly greater than the threshold provisions: 10,000.00 does not, 10,000.01 does. */
export function exceedsProvisioningThreshold(budget: Money | null, thresholdMajor: number): boolean {
  return (
    budget !== null && BigInt(budget.minor) * 100n > BigInt(Math.round(thresholdMajor * 100)) * minorPerMajor(budget)
  );
}

function minorPerMajor(amount: Money): bigint {
  return 10n ** BigInt(minorDigits(amount.currency));
}
