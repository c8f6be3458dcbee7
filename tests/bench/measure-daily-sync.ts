import { z } from 'zod';
import { type BenchRow, rounded } from './bench-row';
import { startMeasuredProxy } from './start-proxy';
import { startSeededWorld } from './seeded-world';

const dayMs = 24 * 3_600_000;
const ended = z.object({ checked: z.number(), changed: z.number(), failed: z.number(), durationMs: z.number() });

/** A daily sync over projects in which nothing has happened. */
export interface QuietSync {
  readonly mappings: number;
  /** milliseconds from its start to the end of its last job */
  readonly durationMs: number;
  readonly failed: number;
  /** per mapping */
  readonly jiraRequests: number;
  readonly dataverseRequests: number;
  /** in all; the run's own summary row is one of them */
  readonly rowsWritten: number;
}

/**
 * Measures the second day: on the first, the service reads everything that it remembers afterwards.
 * @param latencyMs held back by both sides, for every answer
 */
export async function measureQuietSync(mappings: number, workers: number, latencyMs: number): Promise<QuietSync> {
  const world = await startSeededWorld({ projects: mappings });
  const proxy = await startMeasuredProxy({
    ...world.environment,
    WORKERS: String(workers),
    JIRA_CONNECTIONS: String(Math.max(2, workers)),
    POLL_INTERVAL_MS: '500',
  });
  try {
    await proxy.next('daily sync ended');
    await world.slowDown(latencyMs);
    for (const side of Object.values(world.counts)) side.reset();
    proxy.advance(dayMs);
    const run = ended.parse(await proxy.next('daily sync ended'));
    const { dataverse, jira } = world.counts;
    return {
      mappings: run.checked,
      durationMs: run.durationMs,
      failed: run.failed,
      jiraRequests: jira.http / run.checked,
      dataverseRequests: dataverse.http / run.checked,
      rowsWritten: dataverse.rowsWritten,
    };
  } finally {
    await proxy.stop();
    await world.close();
  }
}

/** A day's sync of 1,000 mappings as configured by default, beside one worker that does them one after the other. */
export async function measureDailySync(size = { mappings: 1_000, sample: 50 }): Promise<BenchRow[]> {
  const latency = 50;
  const one = await measureQuietSync(size.sample, 1, latency);
  const all = await measureQuietSync(size.mappings, 20, latency);
  const each = (run: QuietSync): number => run.durationMs / run.mappings;
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
  return [
    {
      what: `daily sync of ${all.mappings} unchanged mappings, ${latency} ms on both sides`,
      measured: `${seconds(all.durationMs)}, ${each(all).toFixed(1)} ms each, ${all.failed} failed`,
      reference: `one worker, measured on ${one.mappings}`,
      referenceMeasured: `${seconds(each(one) * all.mappings)}, ${each(one).toFixed(1)} ms each`,
      ratio: rounded(each(one) / each(all)),
      aim: '≥ 15',
    },
    {
      what: 'Jira requests of an unchanged mapping',
      measured: all.jiraRequests.toFixed(2),
      reference: 'one project, one search',
      referenceMeasured: '2',
      ratio: rounded(all.jiraRequests / 2),
      aim: '≤ 1.05 (probes of health included)',
    },
    {
      what: 'Dataverse requests of an unchanged mapping',
      measured: `${all.dataverseRequests.toFixed(2)}; ${all.rowsWritten} rows written by the whole run`,
      reference: 'two batches',
      referenceMeasured: '2',
      ratio: rounded(all.dataverseRequests / 2),
      aim: '≤ 1',
    },
  ];
}
