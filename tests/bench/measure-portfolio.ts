import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { variable } from '../plugins-proxy/stand-ins';
import { type BenchRow, rounded } from './bench-row';
import { bundle } from './bundled-process';
import { startSeededWorld } from './seeded-world';
import { startMeasuredProxy } from './start-proxy';

/** Mappings of the portfolios that are compared; another list of sizes may stand behind `--sizes`, separated by commas. */
const SIZES = (/--sizes=([\d,]+)/.exec(process.argv.join(' '))?.[1] ?? '1000,10000').split(',').map(Number);
const LIMIT_MB = 200;
const dayMs = 24 * 3_600_000;
const withinMs = 7_200_000;
const ended = z.object({ checked: z.number(), failed: z.number(), durationMs: z.number() });

interface Portfolio {
  readonly mappings: number;
  readonly failed: number;
  /** milliseconds of the first daily sync, which reads everything, and of the next, which finds it as it was */
  readonly coldMs: number;
  readonly quietMs: number;
  readonly jiraRequests: number;
  /** megabytes, at their highest */
  readonly memory: number;
}

function highestMemory(pid: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

async function measureOne(mappings: number, file: string): Promise<Portfolio> {
  const world = await startSeededWorld({ projects: mappings, history: false });
  // On a busy machine a run of many mappings may take longer than its limit: it is to be measured, not counted as late.
  await world.dataverse.seed([variable('crmjira_SyncTimeout', 'PT2H')]);
  const proxy = await startMeasuredProxy({ ...world.environment, POLL_INTERVAL_MS: '1000' }, file);
  try {
    const cold = ended.parse(await proxy.next('daily sync ended', withinMs));
    for (const side of Object.values(world.counts)) side.reset();
    proxy.advance(dayMs);
    const quiet = ended.parse(await proxy.next('daily sync ended', withinMs));
    return {
      mappings: quiet.checked,
      failed: cold.failed + quiet.failed,
      coldMs: cold.durationMs,
      quietMs: quiet.durationMs,
      jiraRequests: world.counts.jira.http / quiet.checked,
      memory: highestMemory(proxy.pid),
    };
  } finally {
    await proxy.stop();
    await world.close();
  }
}

/** Two daily syncs of a small and of a large portfolio: time by mapping stays, memory too (F-504). */
export async function measurePortfolio(): Promise<BenchRow[]> {
  const file = await bundle(join(__dirname, 'proxy-server.ts'));
  const all: Portfolio[] = [];
  for (const size of SIZES) all.push(await measureOne(size, file));
  const [small] = all;
  if (small === undefined) throw new Error('--sizes names no portfolio');
  const each = ({ coldMs, quietMs, mappings }: Portfolio): string =>
    `first day ${(coldMs / mappings).toFixed(1)} ms a mapping, next day ${(quietMs / mappings).toFixed(1)} ms`;
  return all.flatMap((one): BenchRow[] => [
    {
      what: `daily sync of ${one.mappings} mappings, ${one.failed} failed`,
      measured: `${each(one)}, ${one.jiraRequests.toFixed(2)} requests to Jira a mapping`,
      reference: `${small.mappings} mappings`,
      referenceMeasured: each(small),
      ratio: rounded(one.quietMs / one.mappings / (small.quietMs / small.mappings)),
      aim: '≤ 1.5',
    },
    {
      what: `highest memory (VmHWM) through two daily syncs of ${one.mappings} mappings, SQLite`,
      measured: `${one.memory.toFixed(0)} MB`,
      reference: 'the aim',
      referenceMeasured: `${LIMIT_MB} MB`,
      ratio: rounded(one.memory / LIMIT_MB),
      aim: '< 1',
    },
  ]);
}
