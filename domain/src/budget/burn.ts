import { type Money, divideRounded, subtract } from '../money/money';

/** Approved − spent; negative when over budget (R-512: computed, never taken over from Jira). */
export function remainingBudget(approved: Money, spent: Money): Money {
  return subtract(approved, spent);
}

/** Largest percentage that a column holds. */
const largestPercent = 1e11;

/** A percentage that its column can hold: a cent approved and a fortune spent must stop no run (F-304). */
export const heldPercent = (percent: number): number => Math.max(-largestPercent, Math.min(largestPercent, percent));

/**
 * Spent ÷ approved × 100, rounded once, half away from zero; null when nothing is approved. Stored with two decimals. What is shown with
 * one is computed with one: rounded twice, 45.446 would be 45.5 (F-113).
 */
export function utilization(spent: Money, approved: Money, digits: 1 | 2 = 2): number | null {
  if (approved.minor <= 0) return null;
  const scale = 10 ** digits;
  return heldPercent(Number(divideRounded(BigInt(spent.minor) * BigInt(100 * scale), BigInt(approved.minor))) / scale);
}

/**
 * Whether spent ÷ approved has reached a percentage, on the unrounded quotient: 199,999.99 of 250,000.00 has not reached 80 %
 * although it displays as 80.00 % (E3).
 * @param percent e.g. 80.0; up to four decimals count
 */
export function hasReached(spent: Money, approved: Money, percent: number): boolean {
  return BigInt(spent.minor) * 1_000_000n >= BigInt(Math.round(percent * 10_000)) * BigInt(approved.minor);
}
