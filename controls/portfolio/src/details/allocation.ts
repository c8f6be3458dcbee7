import type { DayOfHistory, PersonMonth } from './read-allocation';

/** What was done in one month, in hundredths; persons are empty for those who see sums only (R-214, R-2304). */
export interface MonthOfWork extends DayOfHistory {
  readonly persons: readonly PersonMonth[];
}

/** Sums by month, from the growth of the cumulative burn history. @param history ascending by day */
export function monthsOfHistory(history: readonly DayOfHistory[]): MonthOfWork[] {
  const ends = new Map(history.map((day) => [day.month, day]));
  let before = { hours: 0, cost: 0 };
  return [...ends.values()]
    .map((end) => {
      const grown = { ...end, hours: end.hours - before.hours, cost: end.cost - before.cost, persons: [] };
      before = end;
      return grown;
    })
    .filter(({ hours, cost }) => hours !== 0 || cost !== 0);
}

/** Sums by month with the persons that they are made of, who worked most first. @param rows ascending by month */
export function monthsOfPersons(rows: readonly PersonMonth[]): MonthOfWork[] {
  return [...new Set(rows.map(({ month }) => month))].map((month) => {
    const persons = rows.filter((row) => row.month === month).sort((a, b) => b.hours - a.hours);
    return { month, persons, ...sumOf(persons) };
  });
}

export function sumOf(rows: readonly Pick<DayOfHistory, 'hours' | 'cost'>[]): Pick<DayOfHistory, 'hours' | 'cost'> {
  let [hours, cost] = [0, 0];
  for (const row of rows) {
    hours += row.hours;
    cost += row.cost;
  }
  return { hours, cost };
}

/** Whether any day of a month lies in the budget period; true where the period is not known. */
export function isInPeriod(month: string, from: string | null, to: string | null): boolean {
  return (from === null || month >= from.slice(0, 7)) && (to === null || month <= to.slice(0, 7));
}

/** Share of the budget period that is over, 0…1; null where it is not known. Days are `yyyy-MM-dd`. */
export function periodElapsed(from: string | null, to: string | null, today: string): number | null {
  if (from === null || to === null || to <= from) return null;
  const share = (Date.parse(today) - Date.parse(from)) / (Date.parse(to) - Date.parse(from));
  return Math.min(1, Math.max(0, share));
}
