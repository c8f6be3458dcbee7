/** Figures of a day, or of the last 24 hours; null = nothing was measured. */
export interface PerformanceFigures {
  /** 95th percentile of the response time, in milliseconds. */
  readonly p95Ms: number | null;
  /** Runs that ended well in 24 hours; more is better. */
  readonly throughput: number | null;
}

/** How the last 24 hours compare with the days before (R-1111). */
export interface BaselineVerdict {
  /** `unknown`: fewer than three days of history, or nothing measured in the last 24 hours. */
  readonly verdict: 'unknown' | 'usual' | 'worse';
  /** Days of history that were used. */
  readonly days: number;
  /** Percent by which the response time is longer than the mean; negative = shorter; null = not comparable. */
  readonly slowerPercent: number | null;
  /** Percent by which the throughput is below the mean; negative = above. */
  readonly lessPercent: number | null;
}

/** Days before the last 24 hours whose mean is the baseline, and how many of them there must be (R-1111). */
export const baselineDays = 7;
export const leastBaselineDays = 3;
/** Worse by more than this many percent is a degradation (R-1106, `crmjira_DegradationPercent`). */
export const degradationPercent = 20;

const known = (values: readonly (number | null)[]): number[] =>
  values.flatMap((value) => (value === null ? [] : [value]));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Percent by which `value` lies above the mean of `before`; null without enough history. Rounded to one decimal. */
function above(value: number | null, before: readonly number[]): number | null {
  if (value === null || before.length < leastBaselineDays) return null;
  const usual = mean(before);
  return usual === 0 ? null : Math.round((1_000 * (value - usual)) / usual) / 10;
}

/**
 * Compares the last 24 hours with the mean of up to seven days before (R-1111). Exactly 20 % is not worse yet. Pure.
 * @param before the days before, newest first; more than seven are not looked at
 */
export function compareWithBaseline(
  last: PerformanceFigures,
  before: readonly PerformanceFigures[],
  percent: number = degradationPercent,
): BaselineVerdict {
  const used = before.slice(0, baselineDays);
  const [p95s, throughputs] = [known(used.map((day) => day.p95Ms)), known(used.map((day) => day.throughput))];
  const slowerPercent = above(last.p95Ms, p95s);
  const more = above(last.throughput, throughputs);
  const lessPercent = more === null ? null : 0 - more;
  const days = Math.max(p95s.length, throughputs.length);
  if (slowerPercent === null && lessPercent === null) return { verdict: 'unknown', days, slowerPercent, lessPercent };
  const worse = (slowerPercent ?? 0) > percent || (lessPercent ?? 0) > percent;
  return { verdict: worse ? 'worse' : 'usual', days, slowerPercent, lessPercent };
}
