import { dayNumber } from './forecast/days';
import { heldPercent } from './burn';
import { dayOf } from '../calendar/calendar';
import { type Money, divideRounded, money, subtract } from '../money/money';
import { EfficiencyRating, Performance } from '../schema/generated/options';

/** Hours of one calendar month (UTC), `month` as `yyyy-MM`. */
export interface MonthHours {
  readonly month: string;
  readonly hours: number;
}

export interface FinalReportInputs {
  readonly approved: Money;
  readonly actual: Money;
  readonly totalHours: number;
  /** first day of the budget period, `yyyy-MM-dd` */
  readonly periodFrom: string;
  /** ISO 8601 instant in UTC */
  readonly completedOn: string;
  /** cumulative hours per UTC day, ascending */
  readonly history: readonly { readonly day: string; readonly hours: number }[];
}

export interface FinalReport {
  readonly durationDays: number;
  readonly variance: Money;
  /** one decimal, half away from zero; null when nothing was approved */
  readonly variancePercentage: number | null;
  readonly performance: Performance;
  readonly totalHours: number;
  /** null when no hours were logged, or so few that no amount holds it */
  readonly averageHourlyRate: Money | null;
  /** one decimal half up */
  readonly averageDailyHours: number;
  /** e.g. `March 2025`; null when no hours were logged */
  readonly peakMonth: string | null;
  readonly efficiencyRating: EfficiencyRating;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Hours are kept with two decimals (D-3.7): hundredths are exact integers. */
const hundredths = (hours: number): number => Math.round(hours * 100);

/** Days from period start to completion, end exclusive; 0 counts as 1 (R-805: 15 January to 15 June 2025 = 151). */
export function durationDays(periodFrom: string, completedOn: string): number {
  return Math.max(1, dayNumber(dayOf(completedOn)) - dayNumber(periodFrom));
}

/** Hours per calendar month in UTC from cumulative days, ascending. */
export function hoursByMonth(history: FinalReportInputs['history']): MonthHours[] {
  const months = new Map<string, number>();
  let before = 0;
  for (const { day, hours } of history) {
    const month = day.slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + hundredths(hours) - before);
    before = hundredths(hours);
  }
  return [...months].map(([month, sum]) => ({ month, hours: sum / 100 }));
}

/** Month with the most hours, the earliest on a tie. */
export function peakMonth(months: readonly MonthHours[]): string | null {
  const peak = months.reduce<MonthHours | null>((best, each) => (each.hours > (best?.hours ?? 0) ? each : best), null);
  return peak && `${MONTHS[Number(peak.month.slice(5)) - 1]} ${peak.month.slice(0, 4)}`;
}

/** Rating by variance in percent: ≤ 0 Excellent, ≤ 5 Good, ≤ 10 Fair, above Poor; the quotient is compared unrounded. */
export function efficiencyRating(variance: Money, approved: Money): EfficiencyRating {
  const overBy = (percent: number): boolean => variance.minor * 100 > percent * approved.minor;
  if (!overBy(0)) return EfficiencyRating.Excellent;
  if (!overBy(5)) return EfficiencyRating.Good;
  return overBy(10) ? EfficiencyRating.Poor : EfficiencyRating.Fair;
}

function performanceOf(variance: Money): Performance {
  if (variance.minor === 0) return Performance.OnBudget;
  return variance.minor < 0 ? Performance.UnderBudget : Performance.OverBudget;
}

/** The figures of the final report (R-803 to R-807, E4). @throws DomainError `money.currency-mismatch` */
export function finalReport(inputs: FinalReportInputs): FinalReport {
  const { approved, actual, totalHours } = inputs;
  const variance = subtract(actual, approved);
  const days = durationDays(inputs.periodFrom, inputs.completedOn);
  const hours = hundredths(totalHours);
  const rate = hours > 0 ? Number(divideRounded(BigInt(actual.minor) * 100n, BigInt(hours))) : Number.NaN;
  return {
    durationDays: days,
    variance,
    variancePercentage:
      approved.minor > 0
        ? heldPercent(Number(divideRounded(BigInt(variance.minor) * 1000n, BigInt(approved.minor))) / 10)
        : null,
    performance: performanceOf(variance),
    totalHours,
    averageHourlyRate: Number.isSafeInteger(rate) ? money(rate, actual.currency) : null,
    averageDailyHours: Number(divideRounded(BigInt(hours), BigInt(days * 10))) / 10,
    peakMonth: peakMonth(hoursByMonth(inputs.history)),
    efficiencyRating: efficiencyRating(variance, approved),
  };
}
