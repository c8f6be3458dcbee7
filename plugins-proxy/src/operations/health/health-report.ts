import type { SpeakingAlert } from '../metrics/judge-alerts';
import type { Thresholds } from '../../platform/config/thresholds';
import type { Swept } from '../../inbound/polling/sweep';
import type { StoreStatistics } from '../../queue/store/store';
import type { ProbeResult } from '../../platform/errors/probe-result';

/** Jobs, and what they wait for. */
export interface QueueReport extends Pick<StoreStatistics, 'pending' | 'running' | 'dead'> {
  /** Jobs that have failed and wait for their retry; they are pending as well. */
  readonly retrying: number;
  /** How many failed with which code and have not gone well since, dead ones included. */
  readonly failing: Readonly<Record<string, number>>;
  /** Age of what waits longest: since it is due, or since it came in where it waits for a retry; null = nothing waits. */
  readonly oldestDueAgeMs: number | null;
}

/** How one Jira connection is. */
export interface ConnectionReport {
  readonly id: string;
  readonly name: string;
  /** Of one that cannot be used: why not. */
  readonly jira: ProbeResult;
  readonly budgetSource: ProbeResult | 'unknown';
  /** As at the top, of this connection. */
  readonly webhooks: ProbeResult | null;
  readonly environment: ProbeResult | null;
  /** Whether its maps of statuses and priorities serve its issues; left out or null: nobody has looked. */
  readonly maps?: ProbeResult | null;
  /** Jobs that failed there and are tried again, and those that were given up; null: the store cannot be read. */
  readonly waiting: number | null;
  readonly deadLetters: number | null;
}

/** Body of `/health`. What it tells of Jira, budget source, gateway, environment and webhooks is about the first connection. */
export interface HealthReport {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly store: ProbeResult;
  readonly dataverse: ProbeResult;
  readonly jira: ProbeResult;
  /** Every active Jira connection, the first one first. */
  readonly connections: readonly ConnectionReport[];
  /** `unknown` while it is not known which source is meant. */
  readonly budgetSource: ProbeResult | 'unknown';
  /** The forward gateway before Jira; `unknown` when Jira is silent and nobody can say which of the two it is. */
  readonly gateway: ProbeResult | 'unknown' | 'none';
  /** Calls to Jira a minute, mean of the last five minutes, of this replica. */
  readonly jiraCallsPerMinute: number;
  /** Seconds from an event to rows in agreement, mean of the last five minutes, of this replica (R-1110); null when nothing came. */
  readonly processingSeconds: number | null;
  readonly queue: QueueReport | null;
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
  /** Whether Jira's webhooks arrive; null before something told, without inbound, or when another replica looks. */
  readonly webhooks: ProbeResult | null;
  /** The last look for records that qualify and had no job, and how many it found and queued; null before the first, or elsewhere. */
  readonly sweep: Swept | null;
  /** Projects that wait for an administrator (R-2305); null before the first count, or when another replica counts. */
  readonly provisioningsHeld: number | null;
  /** Work of the schedules whose last turn failed, by its name, e.g. `poll`: it is tried again within 30 s. */
  readonly unfinished: Readonly<Record<string, ProbeResult>>;
  /** Whether health is shown in Dynamics; null before the first try, or when another replica does it. */
  readonly shownInDynamics: ProbeResult | null;
}

/**
 * Down = deliveries cannot be kept, so senders must be told to come again. Degraded = they are kept, but a side is out of reach,
 * jobs have died, something waits for a retry, or a job waits for longer than `delayLimitMs` (R-1106: webhook delay).
 */
export function overallStatus(
  store: ProbeResult,
  others: readonly ProbeResult[],
  queue: QueueReport | null,
  delayLimitMs: number,
): HealthReport['status'] {
  if (!store.ok || queue === null) return 'down';
  const late = queue.oldestDueAgeMs !== null && queue.oldestDueAgeMs > delayLimitMs;
  const inStep = queue.dead === 0 && queue.retrying === 0 && !late;
  return others.every((probe) => probe.ok) && inStep ? 'ok' : 'degraded';
}
