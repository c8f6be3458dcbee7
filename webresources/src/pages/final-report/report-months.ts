import { type Money, subtract, utilization } from '@crmjira/domain';
import type { Snapshot } from '@crmjira/form-data';

/** What one calendar month (UTC) added. */
export interface ReportMonth {
  /** `yyyy-MM` */
  readonly month: string;
  readonly spent: Money;
  readonly hours: number;
  /** up to its end */
  readonly toDate: Money;
  /** percent of what was approved then; null when nothing was */
  readonly share: number | null;
}

/** Months with work from the figures of each day; one that nothing was logged in is left out. @param days ascending */
export function reportMonths(days: readonly Snapshot[]): readonly ReportMonth[] {
  const ends = days.filter(({ day }, index) => day.slice(0, 7) !== days[index + 1]?.day.slice(0, 7));
  return ends.flatMap((end, index) => {
    const before = ends[index - 1];
    const spent = before ? subtract(end.spent, before.spent) : end.spent;
    // Kept with two decimals: hundredths are exact.
    const hours = (Math.round((end.hours ?? 0) * 100) - Math.round((before?.hours ?? 0) * 100)) / 100;
    if (spent.minor === 0 && hours === 0) return [];
    return [
      { month: end.day.slice(0, 7), spent, hours, toDate: end.spent, share: utilization(end.spent, end.approved) },
    ];
  });
}

/** The month with the most hours, the earliest of equals; null when none were logged. */
export function busiestMonth(months: readonly ReportMonth[]): string | null {
  const most = Math.max(0, ...months.map(({ hours }) => hours));
  return most === 0 ? null : (months.find(({ hours }) => hours === most)?.month ?? null);
}
