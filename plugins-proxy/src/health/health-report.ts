import type { SpeakingAlert } from '../metrics/judge-alerts';
import type { Thresholds } from '../metrics/thresholds';
import type { StoreStatistics } from '../store/store';

/** State of one thing the service depends on. */
export interface ProbeResult {
  readonly ok: boolean;
  /** A sentence when it isn't; never holds a secret. */
  readonly says?: string;
  /** Kind of what is wrong, as `failureTexts` has it. */
  readonly code?: string;
  /** There was no answer at all within the time of a probe. */
  readonly timedOut?: boolean;
  readonly latencyMs?: number;
}

/** Body of `/health`. */
export interface HealthReport {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly store: ProbeResult;
  readonly dataverse: ProbeResult;
  readonly jira: ProbeResult;
  /** `unknown` while it is not known which source is meant. */
  readonly budgetSource: ProbeResult | 'unknown';
  /** The forward gateway before Jira; `unknown` when Jira is silent and nobody can say which of the two it is. */
  readonly gateway: ProbeResult | 'unknown' | 'none';
  /** Calls to Jira a minute, mean of the last five minutes, of this replica. */
  readonly jiraCallsPerMinute: number;
  /** Seconds from an event to rows in agreement, mean of the last five minutes, of this replica (R-1110); null when nothing came. */
  readonly processingSeconds: number | null;
  readonly queue: Omit<StoreStatistics, 'counters' | 'deliveries'> | null;
  readonly deliveries: StoreStatistics['deliveries'] | null;
  readonly counters: StoreStatistics['counters'] | null;
  /** When a record was last reconciled with success. */
  readonly lastSyncOn: string | null;
  readonly uptimeSeconds: number;
  /** Days until tokens and certificates end, as far as known, e.g. `token jira` (R-1106). */
  readonly daysLeft: Readonly<Record<string, number>>;
  /** Days of age of secrets, as far as known (R-1218). */
  readonly secretAgeDays: Readonly<Record<string, number>>;
  /** From where on alerts speak, as set in Dynamics (R-1103, R-1106, R-1218). */
  readonly thresholds: Thresholds;
  /** Those that speak now. */
  readonly alerts: readonly SpeakingAlert[];
  /** Failures within `thresholds.LogRateWindowMinutes` that the log shows as Failed (R-1103). */
  readonly recentFailures: number;
  /** Whether this is the environment that the connection writes to Jira for (R-2302); null before the first look. */
  readonly environment: ProbeResult | null;
  /** Projects that wait for an administrator (R-2305); null before the first count, or when another replica counts. */
  readonly provisioningsHeld: number | null;
  /** Whether health is shown on the connection row in Dynamics; null before the first try, or when another replica does it. */
  readonly shownInDynamics: ProbeResult | null;
}

/**
 * Down = deliveries can not be kept, so senders must be told to come again. Degraded = they are kept, but a side is out of reach,
 * jobs have died, or one waits for longer than `delayLimitMs` (R-1106: webhook delay).
 */
export function overallStatus(
  store: ProbeResult,
  others: readonly ProbeResult[],
  statistics: StoreStatistics | null,
  delayLimitMs: number,
): HealthReport['status'] {
  if (!store.ok || statistics === null) return 'down';
  const late = statistics.oldestDueAgeMs !== null && statistics.oldestDueAgeMs > delayLimitMs;
  return others.every((probe) => probe.ok) && statistics.dead === 0 && !late ? 'ok' : 'degraded';
}
