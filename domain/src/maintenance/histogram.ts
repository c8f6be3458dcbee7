/**
 * Counts of durations in steps of 2 %, so that a percentile of any number of hours and replicas can be had from sums. Keys are the
 * numbers of the steps, as text, values how often.
 */
export type DurationHistogram = Readonly<Record<string, number>>;

/** Each step's upper bound is this many times the one before. */
const ratio = 1.02;

/** The step that a duration in milliseconds falls into; all below one millisecond share the first. */
export function stepOf(durationMs: number): string {
  return String(durationMs <= 1 ? 0 : Math.ceil(Math.log(durationMs) / Math.log(ratio)));
}

/** Sum of histograms. Pure. */
export function addHistograms(all: readonly DurationHistogram[]): DurationHistogram {
  const sum: Record<string, number> = {};
  for (const one of all) for (const [step, count] of Object.entries(one)) sum[step] = (sum[step] ?? 0) + count;
  return sum;
}

/** Upper bound in milliseconds, exact to 2 %, below which `share` (0 … 1) of the durations lie; null of none. Pure. */
export function percentile(histogram: DurationHistogram, share: number): number | null {
  const steps = Object.entries(histogram).map(([step, count]) => [Number(step), count] as const);
  const all = steps.reduce((sum, [, count]) => sum + count, 0);
  let left = Math.ceil(all * share);
  for (const [step, count] of steps.sort(([a], [b]) => a - b)) {
    left -= count;
    if (left <= 0) return Math.round(ratio ** step * 10) / 10;
  }
  return null;
}
