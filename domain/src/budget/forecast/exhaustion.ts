import { type Money, money } from '../../money/money';
import type { CompletionRange } from './completion';
import { dayFromNumber, dayNumber } from './days';
import { type BurnPoint, CENTRE_WINDOW, PACE_WINDOWS, type Pace, dailySpend, paceOver } from './pace';
import { AS_IS, type WhatIf, changedBy } from './what-if';

/** When the approved amount is used up. */
export type Exhaustion =
  | {
      readonly kind: 'range';
      /** day at the fastest pace */
      readonly earliest: string;
      /** day at the centre's pace */
      readonly centre: string;
      /** day at the slowest pace */
      readonly latest: string;
      /** money a day at the centre's pace */
      readonly perDay: Money;
      /** length of the centre's window in days: 30, or 14 while the history is shorter */
      readonly paceDays: number;
      /** slowest first */
      readonly paces: readonly Pace[];
    }
  /** At every pace the remaining work is done before the approved amount is spent: no day of a run-out follows (F-115). */
  | {
      readonly kind: 'not-before-completion';
      /** day on which the work is done at the slowest pace */
      readonly latest: string;
      readonly perDay: Money;
      readonly paces: readonly Pace[];
    }
  /** Spent is more than approved; `on` is the first day of the history on which it was, null when the history has none. */
  | { readonly kind: 'ran-out'; readonly on: string | null }
  /** The history does not reach back `days`, the shortest window. */
  | { readonly kind: 'too-little-history'; readonly days: number }
  /** Nothing was spent in the centre's window: no date follows from the pace. */
  | { readonly kind: 'no-spending'; readonly days: number };

/** Furthest day that is still a forecast and not noise: ten years ahead. */
const FURTHEST_DAYS = 3_650;

/**
 * Exhaustion day = today + (BAC − AC) ÷ daily spend, for the pace of the last 14, 30 and 90 days as far as the history
 * reaches: fastest and slowest give the range, 30 days the centre (ADR-10). Days are rounded to the nearest.
 * E3: 37,500.00 left at 1,225.00 a day = 30.6 days after 16 May = 16 June, range 9 to 19 June.
 * @param completion where it stays within the approved amount there is no day: work that is done costs nothing more
 * @param whatIf another rate changes the pace; more or less work changes when it is done, not when the money is gone
 */
export function exhaustion(
  approved: Money,
  now: BurnPoint,
  history: readonly BurnPoint[],
  { rate }: WhatIf = AS_IS,
  completion: CompletionRange | null = null,
): Exhaustion {
  const left = approved.minor - now.spent.minor;
  if (left < 0) {
    const first = history.find((point) => point.spent.minor > approved.minor);
    return { kind: 'ran-out', on: first?.day ?? null };
  }
  const paces = PACE_WINDOWS.map((days) => paceOver(history, now, days))
    .filter((pace): pace is Pace => pace !== null)
    .map((pace) => ({ ...pace, spent: money(Number(changedBy(BigInt(pace.spent.minor), rate)), pace.spent.currency) }));
  const centre = paces.find((pace) => pace.days === CENTRE_WINDOW) ?? paces[0];
  if (!centre) return { kind: 'too-little-history', days: PACE_WINDOWS[0] };
  if (centre.spent.minor <= 0) return { kind: 'no-spending', days: centre.days };
  const slowestFirst = paces
    .filter((pace) => pace.spent.minor > 0)
    .sort((a, b) => a.spent.minor / a.days - b.spent.minor / b.days);
  const today = dayNumber(now.day);
  const dayAt = (pace: Pace, amount = left): string => {
    const days = Math.round((amount * pace.days) / pace.spent.minor);
    return dayFromNumber(today + Math.min(FURTHEST_DAYS, days));
  };
  if (completion && completion.high.minor <= approved.minor) {
    return {
      kind: 'not-before-completion',
      latest: dayAt(slowestFirst[0] ?? centre, completion.high.minor - now.spent.minor),
      perDay: dailySpend(centre),
      paces: slowestFirst,
    };
  }
  return {
    kind: 'range',
    earliest: dayAt(slowestFirst.at(-1) ?? centre),
    centre: dayAt(centre),
    latest: dayAt(slowestFirst[0] ?? centre),
    perDay: dailySpend(centre),
    paceDays: centre.days,
    paces: slowestFirst,
  };
}
