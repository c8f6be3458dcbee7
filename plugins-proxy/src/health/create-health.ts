import type { Surroundings } from '../dataverse/surroundings';
import type { BudgetSource } from '../budget/budget-source';
import type { TokenSource } from '../dataverse/token-source';
import { remember } from '../dataverse/remember';
import { type JiraSite, readMyself } from '../jira/jira-site';
import { type AlertFigures, judgeAlerts } from '../metrics/judge-alerts';
import type { Thresholds } from '../metrics/thresholds';
import type { Store, StoreStatistics } from '../store/store';
import { type HealthReport, overallStatus, type ProbeResult } from './health-report';
import { probe } from './probe';

export interface HealthContext {
  readonly store: Pick<Store, 'statistics'>;
  /** Whether a delivery could be kept now. */
  readonly keepsDeliveries: () => Promise<ProbeResult>;
  readonly tokens: TokenSource;
  readonly surroundings: Surroundings;
  readonly site: JiraSite;
  /** As the settings name it; null before they were read. @throws IntegrationError for one that is not set up */
  readonly budgetSource: () => Promise<BudgetSource | null>;
  /** Whether a gateway stands before Jira. */
  readonly hasGateway: () => boolean;
  readonly now: () => Date;
  readonly startedAt: Date;
  readonly lastSyncOn: () => Date | null;
  /** Figures that other parts hold. */
  readonly figures: () => Pick<
    HealthReport,
    'daysLeft' | 'secretAgeDays' | 'recentFailures' | 'environment' | 'provisioningsHeld' | 'shownInDynamics'
  >;
  /** What alerts look at besides. */
  readonly measured: () => Pick<AlertFigures, 'jiraSeconds' | 'baseline'> &
    Pick<HealthReport, 'jiraCallsPerMinute' | 'processingSeconds'>;
  /** From where on somebody is told, as it is now. */
  readonly thresholds: () => Thresholds;
}

/** A probe's result is reused this long, in milliseconds, so that monitors do not load the other side. */
const probeKeepMs = 15_000;
const minuteMs = 60_000;

/** What a call to Jira tells of the gateway on its way: whatever Jira itself has said came through it. Pure. */
export function gatewayOf(jira: ProbeResult): HealthReport['gateway'] {
  if (jira.timedOut === true) return 'unknown';
  return jira.code === 'gateway-unavailable' ? jira : { ok: true };
}

/** Makes the function behind `/health`. */
export function createHealth(context: HealthContext): () => Promise<HealthReport> {
  const { now } = context;
  const clock = (): number => now().getTime();
  const dataverse = remember(
    () =>
      probe(
        async () => {
          await context.tokens.token();
          await context.surroundings.whoAmI();
        },
        now,
        'dataverse-unavailable',
      ),
    probeKeepMs,
    clock,
  );
  const jira = remember(
    () =>
      probe(
        async () => {
          await context.site.requireDeployment?.();
          await readMyself(context.site);
        },
        now,
        'jira-unavailable',
      ),
    probeKeepMs,
    clock,
  );
  /** `in-jira`: a source that lies in Jira is asked nothing, it answers when Jira does. */
  const budgetSource = remember(
    async (): Promise<ProbeResult | 'unknown' | 'in-jira'> => {
      let source: BudgetSource | null = null;
      const found = await probe(async () => (source = await context.budgetSource()), now);
      if (!found.ok) return found;
      // Assigned inside the probe, which the compiler does not follow.
      const { kind, probe: ask } = (source as BudgetSource | null) ?? { kind: null };
      if (kind === null) return 'unknown';
      return ask === undefined
        ? 'in-jira'
        : probe(ask, now, kind === 'tempo4' ? 'tempo-unavailable' : 'jira-unavailable');
    },
    probeKeepMs,
    clock,
  );
  return async () => {
    let statistics: StoreStatistics | null = null;
    const read = await probe(async () => {
      statistics = await context.store.statistics(now().getTime());
    }, now);
    // A full disk can be read: what counts is whether the next delivery can be written.
    const store = read.ok ? await context.keepsDeliveries() : read;
    // Assigned inside the probe, which the compiler does not follow.
    const counted = statistics as StoreStatistics | null;
    const [dataverseResult, jiraResult, asked] = await Promise.all([dataverse(), jira(), budgetSource()]);
    const budgetResult = asked === 'in-jira' ? jiraResult : asked;
    const figures = context.figures();
    const environment = figures.environment ?? { ok: true };
    const thresholds = context.thresholds();
    const { jiraCallsPerMinute, processingSeconds, ...measured } = context.measured();
    const gateway = context.hasGateway() ? gatewayOf(jiraResult) : 'none';
    const delayLimitMs = thresholds.WebhookDelayMinutes * minuteMs;
    return {
      status: overallStatus(
        store,
        [dataverseResult, jiraResult, environment, ...(budgetResult === 'unknown' ? [] : [budgetResult])],
        counted,
        delayLimitMs,
      ),
      store,
      dataverse: dataverseResult,
      jira: jiraResult,
      budgetSource: budgetResult,
      gateway,
      jiraCallsPerMinute,
      processingSeconds,
      queue:
        counted === null
          ? null
          : {
              pending: counted.pending,
              running: counted.running,
              dead: counted.dead,
              oldestDueAgeMs: counted.oldestDueAgeMs,
            },
      deliveries: counted?.deliveries ?? null,
      counters: counted?.counters ?? null,
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
          oldestDueSeconds: (counted?.oldestDueAgeMs ?? 0) / 1_000,
          daysLeft: figures.daysLeft,
          secretAgeDays: figures.secretAgeDays,
        },
        thresholds,
      ),
    };
  };
}
