import { addDays, dayOf } from '../../calendar/calendar';

/** Figures of one UTC day (`2025-05-15`). */
export interface DayCount {
  readonly day: string;
  readonly count: number;
}

/** What happened a day, and the first whole UTC day of which that is known; null: nothing is known. */
export interface KnownDays {
  readonly days: readonly DayCount[];
  readonly since: string | null;
}

/**
 * The last 7 days against the 7 before (R-1717). `too-early`: fewer than 14 days are known, and on `on` they will be. Nothing before is
 * `new`, never a percentage; the same number is `same`, also when it is none.
 */
export type PeriodChange =
  | { readonly kind: 'too-early'; readonly since: string; readonly on: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'new' }
  | { readonly kind: 'same' }
  | { readonly kind: 'up' | 'down'; readonly percent: number };

export interface PeriodFigures {
  /** Of the 7 whole days before today, and of the 7 before those. */
  readonly last: number;
  readonly before: number;
  readonly lastPerDay: number;
  readonly beforePerDay: number;
  readonly change: PeriodChange;
  /** The 14 days, oldest first: one without an entry has none. */
  readonly days: readonly DayCount[];
  /** What today has so far, which counts in no figure. */
  readonly today: number;
}

/** Two figures side by side; no score is made of them (R-1710). */
export interface ProductHealth {
  readonly errors: PeriodFigures;
  /** Issues resolved. */
  readonly tickets: PeriodFigures;
}

/** Days of a period. */
const period = 7;

/** In whole percent. */
const percentOf = (last: number, before: number): number => Math.round((Math.abs(last - before) / before) * 100);

function changeOf(last: number, before: number, since: string | null, today: string): PeriodChange {
  if (since === null) return { kind: 'unknown' };
  const on = dayOf(addDays(since, 2 * period));
  if (on > today) return { kind: 'too-early', since, on };
  if (last === before) return { kind: 'same' };
  if (before === 0) return { kind: 'new' };
  return { kind: last > before ? 'up' : 'down', percent: percentOf(last, before) };
}

/** @param today the UTC day that has not ended yet */
function figuresOf({ days, since }: KnownDays, today: string): PeriodFigures {
  const byDay = new Map<string, number>();
  for (const { day, count } of days) byDay.set(day, (byDay.get(day) ?? 0) + count);
  const shown = Array.from({ length: 2 * period }, (_, index): DayCount => {
    const day = dayOf(addDays(today, index - 2 * period));
    return { day, count: byDay.get(day) ?? 0 };
  });
  const sum = (some: readonly DayCount[]): number => some.reduce((total, { count }) => total + count, 0);
  const [before, last] = [sum(shown.slice(0, period)), sum(shown.slice(period))];
  return {
    last,
    before,
    lastPerDay: last / period,
    beforePerDay: before / period,
    change: changeOf(last, before, since, today),
    days: shown,
    today: byDay.get(today) ?? 0,
  };
}

/**
 * Error rate and ticket velocity of a product: error events and resolved issues by UTC day. Pure.
 * @param today `2025-05-16`, UTC: the day that is left out, as it has not ended
 */
export const productHealth = (errors: KnownDays, tickets: KnownDays, today: string): ProductHealth => ({
  errors: figuresOf(errors, today),
  tickets: figuresOf(tickets, today),
});
