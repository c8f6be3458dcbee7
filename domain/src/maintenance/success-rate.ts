import { IntegrationStatus } from '../schema/generated/options';

/** Target of the success rate, in percent: met when above (R-1104). */
export const successTarget = 99;

/** Share of integration log rows that tell of success. */
export interface SuccessRate {
  /** Percent, two decimals; null = no rows, so nothing can be said. */
  readonly percent: number | null;
  readonly met: boolean | null;
  /** Rows that are neither success nor failure; they count in the divisor (R-1112). */
  readonly pendingAndRetry: number;
}

/** @param rows number of rows by status. Pure. */
export function successRate(rows: ReadonlyMap<number, number>): SuccessRate {
  const of = (status: number): number => rows.get(status) ?? 0;
  const all = [...rows.values()].reduce((sum, count) => sum + count, 0);
  const pendingAndRetry = of(IntegrationStatus.Pending) + of(IntegrationStatus.Retry);
  if (all === 0) return { percent: null, met: null, pendingAndRetry };
  const percent = Math.round((10_000 * of(IntegrationStatus.Success)) / all) / 100;
  return { percent, met: percent > successTarget, pendingAndRetry };
}
