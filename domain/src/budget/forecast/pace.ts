import { type Money, divideRounded, money } from '../../money/money';
import { dayNumber } from './days';

/** Money spent up to and including a day; hours likewise, null where the source keeps none. */
export interface BurnPoint {
  /** calendar day `yyyy-MM-dd` */
  readonly day: string;
  readonly spent: Money;
  readonly hours: number | null;
}

/** What was spent in the days before today. */
export interface Pace {
  /** length of the window in days */
  readonly days: number;
  readonly spent: Money;
  /** null when either end of the window has no hours */
  readonly hours: number | null;
}

/** Windows whose pace is looked at, in days: the shortest, the centre, the longest (ADR-10). */
export const PACE_WINDOWS = [14, 30, 90] as const;

/** The window that gives the centre of the run-out range, in days. */
export const CENTRE_WINDOW = 30;

/**
 * Spend over the last `days` days, or null when the history does not reach back so far: a shorter history would count
 * the opening balance as a day's work.
 * @param history ascending by day, cumulative
 */
export function paceOver(history: readonly BurnPoint[], now: BurnPoint, days: number): Pace | null {
  const from = dayNumber(now.day) - days;
  let start: BurnPoint | null = null;
  for (const point of history) {
    if (dayNumber(point.day) > from) break;
    start = point;
  }
  if (start === null) return null;
  return {
    days,
    spent: money(now.spent.minor - start.spent.minor, now.spent.currency),
    hours: now.hours === null || start.hours === null ? null : now.hours - start.hours,
  };
}

/** Money a day at this pace, rounded half away from zero: 7,250.00 over 121 days = 59.92. */
export function dailySpend(pace: Pick<Pace, 'spent' | 'days'>): Money {
  if (pace.days <= 0) return money(0, pace.spent.currency);
  return money(Number(divideRounded(BigInt(pace.spent.minor), BigInt(Math.round(pace.days)))), pace.spent.currency);
}

/** Days the whole takes when `doneFraction` took `days`: 121 days for 38.51 % = 314 days. Null while nothing is done. */
export function projectedDuration(days: number, doneFraction: number): number | null {
  return doneFraction > 0 ? Math.round(days / doneFraction) : null;
}
