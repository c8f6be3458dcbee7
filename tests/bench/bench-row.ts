/** One line of the table: what was measured, beside what, in the same run. */
export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  readonly reference: string;
  readonly referenceMeasured: string;
  /** measured ÷ reference */
  readonly ratio: number;
  /** the ratio to reach, with its direction; null when there is no such aim */
  readonly aim: string | null;
}

/** Nearest-rank percentile of unsorted values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

export function rounded(ratio: number): number {
  return Number(ratio.toPrecision(3));
}

/** The middle one of some runs: what another process took from one of them does not count. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
