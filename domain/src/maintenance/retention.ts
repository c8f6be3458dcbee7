/** How long rows stay where (R-1107); all three are environment variables of the solution. */
export interface RetentionPolicy {
  /** Days a log row stays in its table before it is archived. */
  readonly hotDays: number;
  /** Months a business record counts as active before it is archived. */
  readonly activeMonths: number;
  /** Years after which an archived row may be purged. */
  readonly retentionYears: number;
}

/** The law's minimum: no setting shortens it (R-1107, R-1222). */
export const leastRetentionYears = 7;

/** Defaults of R-1107. */
export const defaultRetention: RetentionPolicy = { hotDays: 90, activeMonths: 12, retentionYears: leastRetentionYears };

/** A policy from what was configured; nothing configured brings a purge before the law's minimum. Pure. */
export function retentionPolicy(given: Partial<RetentionPolicy>): RetentionPolicy {
  const atLeast = (value: number | undefined, least: number, other: number): number =>
    value === undefined || !Number.isFinite(value) ? other : Math.max(least, Math.floor(value));
  return {
    hotDays: atLeast(given.hotDays, 1, defaultRetention.hotDays),
    activeMonths: atLeast(given.activeMonths, 1, defaultRetention.activeMonths),
    retentionYears: atLeast(given.retentionYears, leastRetentionYears, leastRetentionYears),
  };
}

/** The same moment other years; 29 February becomes 1 March, so that a period is never shorter than its years. */
function shiftYears(instant: Date, years: number): Date {
  const shifted = new Date(instant);
  shifted.setUTCFullYear(instant.getUTCFullYear() + years);
  return shifted;
}

/** The same moment months earlier; a day the month doesn't have becomes its last. */
function monthsBefore(instant: Date, months: number): Date {
  const shifted = new Date(instant);
  shifted.setUTCDate(1);
  shifted.setUTCMonth(shifted.getUTCMonth() - months);
  const last = new Date(Date.UTC(shifted.getUTCFullYear(), shifted.getUTCMonth() + 1, 0)).getUTCDate();
  shifted.setUTCDate(Math.min(instant.getUTCDate(), last));
  return shifted;
}

/** Rows from before this moment leave the hot table, or count as no longer active. Pure. */
export function archivedBefore(kind: 'log' | 'business', now: Date, policy: RetentionPolicy): Date {
  return kind === 'log'
    ? new Date(now.getTime() - policy.hotDays * 86_400_000)
    : monthsBefore(now, policy.activeMonths);
}

/** The first moment at which a row of `since` may be purged. Pure. */
export function purgeableFrom(since: Date, policy: RetentionPolicy): Date {
  return shiftYears(since, policy.retentionYears);
}

/** Whether a row may be purged now: archived, and past the last day it must be kept. Pure. */
export function mayPurge(
  row: { readonly since: Date; readonly archived: boolean },
  now: Date,
  policy: RetentionPolicy,
) {
  return row.archived && now.getTime() >= purgeableFrom(row.since, policy).getTime();
}
