/**
 * `npm run storm`: 10,000 deliveries over 100 projects, a fifth of them repeats, in disorder, ten processes killed; on the embedded
 * store and with three replicas on PostgreSQL. Prints what it saw and ends with 1 when anything differs from the oracle.
 */
import { deepStrictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresMissing, startPostgres } from '../../temporary-postgres';
import { runStorm, type StormResult } from './storm';

const numberOf = (name: string, fallback: number): number => Number(process.env[name] ?? fallback);
const size = {
  projects: numberOf('STORM_PROJECTS', 100),
  deliveries: numberOf('STORM_DELIVERIES', 10_000),
  kills: numberOf('STORM_KILLS', 10),
  settleWithinMs: 10 * 60_000,
  report: (line: string) => console.log(`  ${line}`),
};

function judge(result: StormResult): void {
  const { observed, expected, deliveries, overlaps, stored, runs, seconds } = result;
  const sums = (of: (one: (typeof observed)[number]) => number): number =>
    observed.reduce((sum, one) => sum + of(one), 0);
  console.log(
    `  ${deliveries.sent} deliveries (${deliveries.distinct} distinct, offered ${deliveries.offered} times), ${stored} kept, ` +
      `${result.kills} kills, ${runs} runs (${((100 * runs) / deliveries.sent).toFixed(1)} %), ` +
      `${sums((one) => one.logs)} log rows, ${sums((one) => one.alerts.length)} alerts, ${sums((one) => one.tasks)} tasks, ` +
      `${sums((one) => one.mails)} mails, ${result.judged} requests judged, ${overlaps.length} overlaps, ` +
      `${result.dead} dead; provisioning ${seconds.provisioning} s, storm ${seconds.storm} s`,
  );
  deepStrictEqual(observed, expected);
  deepStrictEqual([overlaps, result.dead, stored], [[], 0, deliveries.distinct]);
  deepStrictEqual(new Set(result.dailySyncs).size, result.dailySyncs.length);
}

async function main(): Promise<void> {
  console.log('SQLite, one proxy');
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-storm-'));
  try {
    judge(await runStorm({ ...size, replicas: 1, store: { STORE_FILE: join(folder, 'proxy.sqlite') } }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (postgresMissing !== null) return console.log(`PostgreSQL is skipped: ${postgresMissing}`);
  console.log('PostgreSQL, three proxies');
  const postgres = await startPostgres();
  try {
    judge(await runStorm({ ...size, replicas: 3, store: { DATABASE_URL: postgres.url } }));
  } finally {
    await postgres.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
