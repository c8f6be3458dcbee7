import { type AlertFigures, judgeAlerts } from '../metrics/judge-alerts';
import type { Thresholds } from '../../platform/config/thresholds';
import type { FailingJobs, Store, StoreStatistics } from '../../queue/store/store';
import { type HealthReport, overallStatus } from './health-report';
import type { ProbeResult } from '../../platform/errors/probe-result';
import { probe } from './probe';
import type { SideProbes } from './side-probes';

export interface HealthContext {
  readonly store: Pick<Store, 'statistics' | 'failing'>;
  /** Whether a delivery could be kept now. */
  readonly keepsDeliveries: () => Promise<ProbeResult>;
  readonly probes: SideProbes;
  /** Whether a gateway stands before Jira. */
  readonly hasGateway: () => boolean;
  readonly now: () => Date;
  readonly startedAt: Date;
  readonly lastSyncOn: () => Date | null;
  /** Figures that other parts hold. */
  readonly figures: () => Pick<
    HealthReport,
    | 'daysLeft'
    | 'secretAgeDays'
    | 'recentFailures'
    | 'environment'
    | 'webhooks'
    | 'sweep'
    | 'provisioningsHeld'
    | 'unfinished'
    | 'shownInDynamics'
  >;
  /** What alerts look at besides. */
  readonly measured: () => Pick<AlertFigures, 'jiraSeconds' | 'baseline'> &
    Pick<HealthReport, 'jiraCallsPerMinute' | 'processingSeconds'>;
  /** Current alert thresholds. */
  readonly thresholds: () => Thresholds;
}

const minuteMs = 60_000;

/** What a call to Jira tells of the gateway on its way: whatever Jira itself has said came through it. Pure. */
export function gatewayOf(jira: ProbeResult): HealthReport['gateway'] {
  if (jira.timedOut === true) return 'unknown';
  return jira.code === 'gateway-unavailable' ? jira : { ok: true };
}

/**
 * The queue as health tells of it. A job that waits for its retry waits as one that is due does: it is not in step (F-207). Pure.
 * @param now milliseconds
 */
export function queueOf(
  { pending, running, dead, oldestDueAgeMs }: StoreStatistics,
  failing: readonly FailingJobs[],
  now: number,
): NonNullable<HealthReport['queue']> {
  const since = failing.flatMap((one) => (one.since === null ? [] : [now - one.since]));
  const ages = oldestDueAgeMs === null ? since : [oldestDueAgeMs, ...since];
  return {
    pending,
    running,
    dead,
    retrying: failing.reduce((sum, { retrying }) => sum + retrying, 0),
    failing: countByCode(failing),
    oldestDueAgeMs: ages.length === 0 ? null : Math.max(...ages),
  };
}

/** Of each code, whatever the connection. */
function countByCode(failing: readonly FailingJobs[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { code, retrying, dead } of failing) counts[code] = (counts[code] ?? 0) + retrying + dead;
  return counts;
}

/** Makes the function behind `/health`. */
export function createHealth(context: HealthContext): () => Promise<HealthReport> {
  const { now } = context;
  return async () => {
    let counted: StoreStatistics | null = null;
    let queue: HealthReport['queue'] = null;
    const read = await probe(async () => {
      const at = now().getTime();
      counted = await context.store.statistics(at);
      queue = queueOf(counted, await context.store.failing(), at);
    }, now);
    // A full disk can be read: what counts is whether the next delivery can be written.
    const store = read.ok ? await context.keepsDeliveries() : read;
    // Assigned inside the probe, which the compiler does not follow.
    const { deliveries, counters } = (counted as StoreStatistics | null) ?? { deliveries: null, counters: null };
    const jobs = queue as HealthReport['queue'];
    const { dataverse, jira, budgetSource } = context.probes;
    const [dataverseResult, jiraResult, budgetResult] = await Promise.all([dataverse(), jira(), budgetSource()]);
    const figures = context.figures();
    const environment = figures.environment ?? { ok: true };
    const thresholds = context.thresholds();
    const { jiraCallsPerMinute, processingSeconds, ...measured } = context.measured();
    const gateway = context.hasGateway() ? gatewayOf(jiraResult) : 'none';
    const delayLimitMs = thresholds.WebhookDelayMinutes * minuteMs;
    return {
      status: overallStatus(
        store,
        [
          dataverseResult,
          jiraResult,
          environment,
          figures.webhooks ?? { ok: true },
          ...Object.values(figures.unfinished),
          ...(budgetResult === 'unknown' ? [] : [budgetResult]),
        ],
        jobs,
        delayLimitMs,
      ),
      store,
      dataverse: dataverseResult,
      jira: jiraResult,
      budgetSource: budgetResult,
      gateway,
      jiraCallsPerMinute,
      processingSeconds,
      queue: jobs,
      deliveries,
      counters,
      lastSyncOn: context.lastSyncOn()?.toISOString() ?? null,
      uptimeSeconds: Math.round((now().getTime() - context.startedAt.getTime()) / 1_000),
      ...figures,
      thresholds,
      alerts: judgeAlerts(
        {
          ...measured,
          failures: figures.recentFailures,
          connected: {
            dataverse: dataverseResult.ok,
            jira: jiraResult.ok,
            ...(typeof gateway === 'object' ? { gateway: gateway.ok } : {}),
          },
          oldestDueSeconds: (jobs?.oldestDueAgeMs ?? 0) / 1_000,
          daysLeft: figures.daysLeft,
          secretAgeDays: figures.secretAgeDays,
        },
        thresholds,
      ),
    };
  };
}
