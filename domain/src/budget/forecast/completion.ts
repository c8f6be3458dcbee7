import { type Money, divideRounded, money } from '../../money/money';
import { type BurnPoint, PACE_WINDOWS, paceOver } from './pace';
import { AS_IS, type WhatIf, changedBy } from './what-if';

/** What the work still to be done is estimated at; null when Jira carries no estimates. */
export interface WorkEstimate {
  /** hours of estimated work not done yet */
  readonly remainingHours: number | null;
  /** done estimate ÷ total estimate, 0…1 */
  readonly doneFraction: number | null;
}

/** Lowest and highest likely cost when the work is done. */
export interface CompletionRange {
  readonly low: Money;
  readonly high: Money;
}

/** How sure a forecast is, from the share of the estimated work that is done (ADR-10). */
export type Confidence = 'too-early' | 'indicative' | 'reliable';

/** Below this share of done work no forecast is shown; ADR-10. */
export const TOO_EARLY_BELOW = 0.2;

/** Above this share of done work a forecast is called reliable; ADR-10. */
export const RELIABLE_ABOVE = 0.55;

/** Fractions are stored with four decimals (D-3.10); hours with two. */
const FRACTION_SCALE = 10_000;
const HOUR_SCALE = 100;

/** Null without estimates: nothing is known about how much is done. */
export function confidence(doneFraction: number | null): Confidence | null {
  if (doneFraction === null) return null;
  if (doneFraction < TOO_EARLY_BELOW) return 'too-early';
  return doneFraction > RELIABLE_ABOVE ? 'reliable' : 'indicative';
}

/** Earned value: approved × done fraction, the share clamped to 0…1. */
export function earnedValue(approved: Money, doneFraction: number): Money {
  const share = BigInt(Math.round(Math.min(1, Math.max(0, doneFraction)) * FRACTION_SCALE));
  return money(Number(divideRounded(BigInt(approved.minor) * share, BigInt(FRACTION_SCALE))), approved.currency);
}

/**
 * Cost at completion when the rest costs as much for its share as what is done so far: AC ÷ done fraction, which equals
 * AC + (BAC − EV) ÷ CPI (PMI, Practice Standard for Earned Value Management). 212,500.00 at 82 % = 259,146.34.
 * Null while nothing is done or nothing is spent.
 */
export function costAtPerformance(spent: Money, doneFraction: number): Money | null {
  const share = BigInt(Math.round(Math.min(1, doneFraction) * FRACTION_SCALE));
  if (share <= 0n || spent.minor <= 0) return null;
  return exactMoney(divideRounded(BigInt(spent.minor) * BigInt(FRACTION_SCALE), share), spent.currency);
}

/** Null for an amount beyond exact integers: no forecast is that large, and a wrong one is worse than none. */
function exactMoney(minor: bigint, currency: string): Money | null {
  return minor > BigInt(Number.MAX_SAFE_INTEGER) ? null : money(Number(minor), currency);
}

/**
 * Cost at completion when the remaining hours cost what an hour has cost: AC + remaining × (amount ÷ hours).
 * 212,500.00 for 1,700 h with 210 h left = 238,750.00. Null without hours or spend to take the rate from, or beyond exact amounts.
 */
export function costAtRate(
  spent: Money,
  remainingHours: number,
  rate: { readonly amount: Money; readonly hours: number },
): Money | null {
  const hours = BigInt(Math.round(rate.hours * HOUR_SCALE));
  if (hours <= 0n || rate.amount.minor <= 0) return null;
  const remaining = BigInt(Math.round(Math.max(0, remainingHours) * HOUR_SCALE));
  return exactMoney(BigInt(spent.minor) + divideRounded(remaining * BigInt(rate.amount.minor), hours), spent.currency);
}

/**
 * Range of the cost at completion. With both estimates: rate-based and at-performance cost, ordered. With remaining hours
 * alone: the remaining hours at the dearest and the cheapest of the overall rate and those of the last 14, 30 and 90 days.
 * Null while there is nothing to go by, when it is too early to tell (ADR-10), or beyond exact amounts.
 * @param whatIf changes the estimate to complete alone: EAC = AC + ETC × (1 + scope) × (1 + rate)
 */
export function completionRange(
  now: BurnPoint,
  estimate: WorkEstimate,
  history: readonly BurnPoint[],
  { rate, scope }: WhatIf = AS_IS,
): CompletionRange | null {
  const { remainingHours, doneFraction } = estimate;
  if (confidence(doneFraction) === 'too-early') return null;
  const costs: (Money | null)[] = [];
  if (remainingHours !== null && now.hours !== null) {
    costs.push(costAtRate(now.spent, remainingHours, { amount: now.spent, hours: now.hours }));
    if (doneFraction === null) costs.push(...costsAtRecentRates(now, remainingHours, history));
  }
  if (doneFraction !== null) costs.push(costAtPerformance(now.spent, doneFraction));
  const spent = BigInt(now.spent.minor);
  const known = costs
    .filter((cost): cost is Money => cost !== null)
    .map(({ minor }) => spent + changedBy(changedBy(BigInt(minor) - spent, scope), rate))
    .sort((a, b) => Number(a - b));
  const [low, high] = [known[0], known.at(-1)].map((minor) =>
    minor === undefined ? null : exactMoney(minor, now.spent.currency),
  );
  return low && high ? { low, high } : null;
}

function costsAtRecentRates(
  now: BurnPoint,
  remainingHours: number,
  history: readonly BurnPoint[],
): readonly (Money | null)[] {
  return PACE_WINDOWS.map((days) => {
    const pace = paceOver(history, now, days);
    if (pace === null || pace.hours === null) return null;
    return costAtRate(now.spent, remainingHours, { amount: pace.spent, hours: pace.hours });
  });
}
