import type { Surroundings } from '../dataverse/surroundings';
import type { TokenSource } from '../dataverse/token-source';
import { remember } from '../dataverse/remember';
import { classifyError } from '../errors/classify-error';
import { type JiraSite, readMyself } from '../jira/jira-site';
import { alertRules } from '../metrics/alert-rules';
import type { Store, StoreStatistics } from '../store/store';
import { type HealthReport, overallStatus, type ProbeResult } from './health-report';

export interface HealthContext {
  readonly store: Store;
  readonly tokens: TokenSource;
  readonly surroundings: Surroundings;
  readonly site: JiraSite;
  readonly now: () => Date;
  readonly startedAt: Date;
  readonly lastSyncOn: () => Date | null;
  /** Figures that other parts hold. */
  readonly figures: () => Pick<
    HealthReport,
    'daysLeft' | 'recentFailures' | 'environment' | 'provisioningsHeld' | 'shownInDynamics'
  >;
}

/** A probe's result is reused this long, in milliseconds, so that monitors do not load the other side. */
const probeKeepMs = 15_000;
/** A probe that takes longer counts as failed. */
const probeDeadlineMs = 5_000;
/** Jobs due for longer than this make the service degraded (R-1106: webhook delay above five minutes). */
const delayLimitMs = alertRules[3].threshold * 1_000;

async function probe(call: () => Promise<unknown>, now: () => Date): Promise<ProbeResult> {
  const started = now().getTime();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer after ${probeDeadlineMs} ms`)), probeDeadlineMs);
  });
  try {
    await Promise.race([call(), late]);
    return { ok: true, latencyMs: now().getTime() - started };
  } catch (error) {
    return { ok: false, says: classifyError(error).message, latencyMs: now().getTime() - started };
  } finally {
    clearTimeout(timer);
  }
}

/** Makes the function behind `/health`. */
export function createHealth(context: HealthContext): () => Promise<HealthReport> {
  const { now } = context;
  const dataverse = remember(
    () =>
      probe(async () => {
        await context.tokens.token();
        await context.surroundings.whoAmI();
      }, now),
    probeKeepMs,
  );
  const jira = remember(
    () =>
      probe(async () => {
        await context.site.requireDeployment?.();
        await readMyself(context.site);
      }, now),
    probeKeepMs,
  );
  return async () => {
    let statistics: StoreStatistics | null = null;
    const store = await probe(async () => {
      statistics = await context.store.statistics(now().getTime());
    }, now);
    // Assigned inside the probe, which the compiler does not follow.
    const counted = statistics as StoreStatistics | null;
    const [dataverseResult, jiraResult] = await Promise.all([dataverse(), jira()]);
    const figures = context.figures();
    const environment = figures.environment ?? { ok: true };
    return {
      status: overallStatus(store, [dataverseResult, jiraResult, environment], counted, delayLimitMs),
      store,
      dataverse: dataverseResult,
      jira: jiraResult,
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
    };
  };
}
