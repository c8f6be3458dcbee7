import { platformLimits } from '../../sandbox/src/dataverse';
import { type BenchRow, milliseconds, percentile, rounded } from './bench-row';
import { startMeasuredProxy } from './start-proxy';
import { type SeededWorld, startSeededWorld } from './seeded-world';
import { watchHours } from './watch-hours';

/** All hours logged stand in Dataverse within this, in milliseconds, or the measurement fails. */
const SETTLED_MS = 240_000;
/** Events a second, each of another project: two calls each, of the 450 a minute that are spread evenly. */
const GATEWAY_RATE = 3;

/** Worklogs at a steady rate, over all projects in turn. */
export interface EventLoad {
  readonly perSecond: number;
  readonly seconds: number;
  readonly projects: number;
  /** calls to Jira that the way there lets through a minute */
  readonly jiraPerMinute?: number;
}

export interface EventFigures {
  readonly events: number;
  /** milliseconds from Jira's answer to the row in Dataverse */
  readonly times: readonly number[];
  /** runs of jobs, those included that only find out whose an event is */
  readonly runs: number;
  readonly dataverse: SeededWorld['counts']['dataverse'];
  readonly jiraRequests: number;
}

/** Logs work as `load` says and waits until all of it stands in Dataverse; service protection as on the platform. */
export async function measureEvents(load: EventLoad): Promise<EventFigures> {
  const world = await startSeededWorld({ projects: load.projects, serviceProtection: platformLimits });
  const proxy = await startMeasuredProxy({
    ...world.environment,
    REGISTER_STEPS: 'true',
    ...(load.jiraPerMinute === undefined ? {} : { JIRA_CALLS_PER_MINUTE: String(load.jiraPerMinute) }),
  });
  try {
    // Steps and webhook stand, and the first look at every project is over.
    await Promise.all([proxy.seen('steps and webhook registered'), proxy.quiet(world.projects.length)]);
    const watch = await watchHours(world);
    const before = proxy.count('reconciled') + proxy.count('resolved');
    for (const side of Object.values(world.counts)) side.reset();
    const began = performance.now();
    const count = Math.round(load.perSecond * load.seconds);
    const sent: Promise<void>[] = [];
    for (let n = 0; n < count; n += 1) {
      const due = began + (1_000 * n) / load.perSecond - performance.now();
      if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
      const project = world.projects[n % world.projects.length];
      if (project !== undefined) sent.push(watch.log(project));
    }
    await Promise.all(sent);
    await watch.settled(SETTLED_MS);
    watch.stop();
    return {
      events: count,
      times: watch.times,
      runs: proxy.count('reconciled') + proxy.count('resolved') - before,
      dataverse: { ...world.counts.dataverse, times: [] },
      jiraRequests: world.counts.jira.http - count,
    };
  } finally {
    await proxy.stop();
    await world.close();
  }
}

function rowOf(load: EventLoad, figures: EventFigures, what: string, limitMs: number | null): BenchRow {
  const { dataverse, events, jiraRequests, runs, times } = figures;
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(times, share)) as [number, number, number];
  return {
    what: `worklog → Dataverse row, ${what}: ${load.perSecond}/s over ${load.projects} projects for ${load.seconds} s, p95 of ${events}`,
    measured: `${milliseconds(p95)}, p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}; ${runs} runs, ${dataverse.http} Dataverse and ${jiraRequests} Jira requests`,
    reference: 'the specified 30 s (R-514)',
    referenceMeasured: '30000 ms',
    ratio: rounded(p95 / 30_000),
    aim: limitMs === null ? null : `≤ ${rounded(limitMs / 30_000)} (${limitMs / 1_000} s)`,
  };
}

/**
 * Webhook to row, with service protection on; then through a way that lets 500 calls a minute through, at a rate that it carries for as
 * long as it comes, and at one that it does not (R-514, R-604, R-1308).
 */
export async function measureAllEvents(): Promise<BenchRow[]> {
  const calm = { perSecond: 5, seconds: 12, projects: 100 };
  const storm = { perSecond: 50, seconds: 12, projects: 100 };
  const direct = await measureEvents(calm);
  const stormy = await measureEvents(storm);
  const carried = { perSecond: GATEWAY_RATE, seconds: 90, projects: 100, jiraPerMinute: 500 };
  const gateway = await measureEvents(carried);
  const above = { ...carried, perSecond: 5, seconds: 60 };
  const waiting = await measureEvents(above);
  const { dataverse } = direct;
  return [
    rowOf(calm, direct, 'direct', 1_000),
    rowOf(storm, stormy, 'direct', 10_000),
    rowOf(carried, gateway, '500 calls to Jira a minute', 30_000),
    rowOf(above, waiting, '500 calls to Jira a minute, more than it carries', null),
    {
      what: 'Dataverse writes per row written (change sets)',
      measured: `${dataverse.writes} HTTP requests; ${dataverse.rowsWritten} operations (entitlement)`,
      reference: 'one request a row',
      referenceMeasured: `${dataverse.rowsWritten} rows`,
      ratio: rounded(dataverse.writes / dataverse.rowsWritten),
      aim: '≤ 1.1',
    },
  ];
}
