import { percentile } from './bench-row';

/** Times in milliseconds, as percentiles. */
export interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What a load profile has measured. */
export interface LoadReport {
  readonly profile: 'opportunities' | 'updates';
  readonly length: 'short' | 'full';
  readonly seconds: number;
  /** things that the profile's users did, and how many of them had no effect in time or failed */
  readonly actions: number;
  readonly failedActions: number;
  /** request received to answer sent, at the proxy, all routes (R-1310) */
  readonly responses: Percentiles;
  /** answers of 5xx */
  readonly failedResponses: number;
  /** from the action to its effect on the other side */
  readonly endToEnd: Percentiles;
  /** answers of Jira to the service */
  readonly jira: Percentiles;
  /** greatest number of connections to Jira in use at one time, and how many there may be */
  readonly pool: { readonly mostInUse: number; readonly size: number };
  /** runs of jobs: what a flow run would be */
  readonly runs: number;
}

/** Greatest values allowed; milliseconds, and a share for `errors`. */
export interface LoadLimits {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly errors: number;
  readonly endToEnd: number;
}

/** R-1301; end to end R-416 for a new opportunity and R-514 for an update. */
export const specifiedLimits: Readonly<Record<LoadReport['profile'], LoadLimits>> = {
  opportunities: { p50: 2_000, p95: 5_000, p99: 10_000, errors: 0.01, endToEnd: 120_000 },
  updates: { p50: 2_000, p95: 5_000, p99: 10_000, errors: 0.01, endToEnd: 30_000 },
};

export interface Verdict {
  readonly what: string;
  readonly measured: number;
  readonly limit: number;
  readonly kept: boolean;
}

export function percentilesOf(times: readonly number[]): Percentiles {
  const at = (share: number): number => (times.length === 0 ? 0 : Math.round(percentile(times, share) * 10) / 10);
  return { count: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Every limit with what was measured. A profile that has measured nothing keeps none of them. */
export function judge(report: LoadReport, limits: LoadLimits = specifiedLimits[report.profile]): readonly Verdict[] {
  const { responses, endToEnd } = report;
  const all = report.actions + responses.count;
  const errors = all === 0 ? 1 : (report.failedActions + report.failedResponses) / all;
  const verdict = (what: string, measured: number, limit: number, counted: number): Verdict => ({
    what,
    measured,
    limit,
    kept: counted > 0 && measured < limit,
  });
  return [
    verdict('response P50, ms (R-1301)', responses.p50, limits.p50, responses.count),
    verdict('response P95, ms (R-1301)', responses.p95, limits.p95, responses.count),
    verdict('response P99, ms (R-1301)', responses.p99, limits.p99, responses.count),
    verdict('error rate (R-1301)', errors, limits.errors, all),
    verdict(
      report.profile === 'updates' ? 'event to row P95, ms (R-514)' : 'opportunity to linked project P95, ms (R-416)',
      endToEnd.p95,
      limits.endToEnd,
      endToEnd.count,
    ),
  ];
}

/** 0 when every limit is kept, else 1. */
export function exitCodeOf(verdicts: readonly Verdict[]): 0 | 1 {
  return verdicts.length > 0 && verdicts.every(({ kept }) => kept) ? 0 : 1;
}
