import { type AlertFigures, judgeAlerts } from '../metrics/judge-alerts';
import type { Thresholds } from '../../platform/config/thresholds';
import type { FailingJobs, Store, StoreStatistics } from '../../queue/store/store';
import type { JiraConnections } from '../../connections/jira/jira-connections';
import { type ConnectionReport, type HealthReport, overallStatus } from './health-report';
import { type ProbeResult, troubleOf } from '../../platform/errors/probe-result';
import { probe } from './probe';
import type { SideProbes } from './side-probes';

export interface HealthContext {
  readonly store: Pick<Store, 'statistics' | 'failing'>;
  /** Whether a delivery could be kept now. */
  readonly keepsDeliveries: () => Promise<ProbeResult>;
  readonly probes: SideProbes;
  readonly jira: Pick<JiraConnections, 'first' | 'all' | 'broken'>;
  /** What schedules have found out about a connection. */
  readonly foundOf: (connectionId: string) => Pick<ConnectionReport, 'environment' | 'webhooks' | 'maps'>;
  /** Mean answer time of that Jira over five minutes; null = it was not called. */
  readonly secondsOf: (connectionId: string) => number | null;
  /** Whether a gateway stands before the first Jira. */
  readonly hasGateway: () => boolean;
  readonly now: () => Date;
  readonly startedAt: Date;
  readonly lastSyncOn: () => Date | null;
  /** Figures that other parts hold. */
  readonly figures: () => Pick<
    HealthReport,
    'daysLeft' | 'secretAgeDays' | 'recentFailures' | 'sweep' | 'provisioningsHeld' | 'unfinished' | 'shownInDynamics'
  >;
  /** What alerts look at besides. */
  readonly measured: () => Pick<AlertFigures, 'baseline'> &
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

/**
 * Every connection of `jira`. All are asked at the same time, so that one that is silent takes no longer than its own probe may.
 * @param failing null: the store cannot be read
 */
async function readConnections(
  { jira, probes, foundOf }: Pick<HealthContext, 'jira' | 'probes' | 'foundOf'>,
  failing: readonly FailingJobs[] | null,
): Promise<readonly ConnectionReport[]> {
  const jobsOf = (connectionId: string): Pick<ConnectionReport, 'waiting' | 'deadLetters'> => {
    const sum = (of: (jobs: FailingJobs) => number): number | null =>
      failing
        ?.filter((jobs) => (jobs.connectionId ?? jira.first.id) === connectionId)
        .reduce((all, jobs) => all + of(jobs), 0) ?? null;
    return { waiting: sum(({ retrying }) => retrying), deadLetters: sum(({ dead }) => dead) };
  };
  const usable = jira.all().map(async ({ id, name }): Promise<ConnectionReport> => {
    const [answer, budgetSource] = await Promise.all([probes.jira(id), probes.budgetSource(id)]);
    return { id, name, jira: answer, budgetSource, ...foundOf(id), ...jobsOf(id) };
  });
  const broken = jira.broken().map(({ id, name, error }): ConnectionReport => ({
    id,
    name,
    jira: troubleOf(error),
    budgetSource: 'unknown',
    webhooks: null,
    environment: null,
    ...jobsOf(id),
  }));
  return [...(await Promise.all(usable)), ...broken];
}

/** What can be wrong with a connection. Pure. */
const sidesOf = ({ jira, budgetSource, environment, webhooks }: ConnectionReport): readonly ProbeResult[] =>
  [jira, budgetSource, environment, webhooks].flatMap((side) => (side === null || side === 'unknown' ? [] : [side]));

/** Makes the function behind `/health`. */
export function createHealth(context: HealthContext): () => Promise<HealthReport> {
  const { now } = context;
  return async () => {
    let counted: StoreStatistics | null = null;
    let failing: readonly FailingJobs[] | null = null;
    const read = await probe(async () => {
      const at = now().getTime();
      counted = await context.store.statistics(at);
      failing = await context.store.failing();
    }, now);
    // A full disk can be read: what counts is whether the next delivery can be written.
    const store = read.ok ? await context.keepsDeliveries() : read;
    // Assigned inside the probe, which the compiler does not follow.
    const statistics = counted as StoreStatistics | null;
    const failed = failing as readonly FailingJobs[] | null;
    const { deliveries, counters } = statistics ?? { deliveries: null, counters: null };
    const jobs = statistics === null || failed === null ? null : queueOf(statistics, failed, now().getTime());
    const [dataverseResult, connections] = await Promise.all([
      context.probes.dataverse(),
      readConnections(context, failed),
    ]);
    const [first, ...others] = connections;
    if (first === undefined) throw new Error('there is no first connection');
    const { jira: jiraResult, budgetSource: budgetResult, environment, webhooks } = first;
    const figures = context.figures();
    const thresholds = context.thresholds();
    const { jiraCallsPerMinute, processingSeconds, ...measured } = context.measured();
    const gateway = context.hasGateway() ? gatewayOf(jiraResult) : 'none';
    const delayLimitMs = thresholds.WebhookDelayMinutes * minuteMs;
    return {
      status: overallStatus(
        store,
        [dataverseResult, ...connections.flatMap(sidesOf), ...Object.values(figures.unfinished)],
        jobs,
        delayLimitMs,
      ),
      store,
      dataverse: dataverseResult,
      jira: jiraResult,
      connections,
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
      environment,
      webhooks,
      thresholds,
      alerts: judgeAlerts(
        {
          ...measured,
          jiraSeconds: context.secondsOf(first.id),
          others: others.map(({ id, name, jira }) => ({ id, name, reached: jira.ok, seconds: context.secondsOf(id) })),
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
