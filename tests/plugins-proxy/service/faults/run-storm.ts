/**
 * `npm run storm`: 10,000 deliveries over 100 projects, a fifth of them repeats, in disorder, ten processes killed; on the embedded
 * store and with three replicas on PostgreSQL. `npm run storm -- --issues`: 10,000 edits of cases and their Jira issues, with webhooks
 * lost, doubled and shuffled. `npm run storm -- --time`: 10,000 time records and their worklogs, three replicas on PostgreSQL. Prints what it saw and ends with 1 when anything differs from the oracle.
 */
import { deepStrictEqual, ok } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresMissing, startPostgres } from '../../temporary-postgres';
import { runIssueStorm } from './issue-storm';
import { runStorm, type StormResult } from './storm';
import { runTimeStorm } from './time-storm';

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

async function issues(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-storm-'));
  try {
    const result = await runIssueStorm({
      links: numberOf('STORM_LINKS', 200),
      edits: numberOf('STORM_EDITS', 10_000),
      waves: numberOf('STORM_WAVES', 9),
      kills: numberOf('STORM_KILLS', 10),
      perSecond: numberOf('STORM_EDITS_PER_SECOND', 20),
      file: join(folder, 'proxy.sqlite'),
      chaos: { lost: 0.15, doubled: 0.15, heldMs: 2_000 },
      // All three policies: the title of Dynamics wins, the priority of Jira, and people are asked about a status.
      conflicts: { summary: 'crm', priority: 'jira', status: 'ask' },
      settleWithinMs: 10 * 60_000,
      report: (line) => console.log(`  ${line}`),
    });
    const { edits, decided, byRule, webhooks, lost, doubled, differs } = result;
    const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
    console.log(
      `  ${edits} edits of ${result.steps} steps; ${webhooks.taken} webhooks, ${webhooks.lost} lost, ${webhooks.doubled} doubled; ` +
        `${result.kills} kills, ${result.runs} runs, ${result.seconds} s; decided by people ${decided} (${percent(decided, edits)}), ` +
        `by rules ${byRule} (${percent(byRule, edits)}); ${lost.length} values lost, ${doubled.length} doubled, ${differs.length} differ, ${result.dead} dead`,
    );
    deepStrictEqual([lost, doubled, differs, result.dead], [[], [], [], 0]);
    ok(decided <= edits * 0.05, 'more than one edit in twenty needed a person');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function time(): Promise<void> {
  if (postgresMissing !== null) return console.log(`The storm of time is skipped: ${postgresMissing}`);
  const postgres = await startPostgres();
  try {
    const result = await runTimeStorm({
      records: numberOf('STORM_RECORDS', 10_000),
      issues: numberOf('STORM_ISSUES', 200),
      steps: numberOf('STORM_EDITS', 5_000),
      waves: numberOf('STORM_WAVES', 4),
      kills: numberOf('STORM_KILLS', 8),
      perSecond: numberOf('STORM_EDITS_PER_SECOND', 10),
      ...{ replicas: 3, waitsForFeeds: true },
      store: { DATABASE_URL: postgres.url },
      chaos: { lost: 0.15, doubled: 0.15, heldMs: 2_000 },
      settleWithinMs: 60 * 60_000,
      report: (line) => console.log(`  ${line}`),
    });
    const { counts, webhooks, seconds, lost, doubled, differs } = result;
    const happened = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
    console.log(
      `  ${happened.join(', ')}; ${result.found} found by the look, ${result.arrived} arrived; ${webhooks.taken} webhooks, ${webhooks.lost} lost, ` +
        `${webhooks.doubled} doubled; ${result.kills} kills, ${result.runs} runs, ${result.took} s; ${seconds.dynamics} s in Dynamics, ${seconds.jira} s in Jira; ` +
        `${lost.length} lost, ${doubled.length} doubled, ${differs.length} differ, ${result.dead} dead`,
    );
    deepStrictEqual([lost, doubled, differs, result.dead], [[], [], [], 0]);
  } finally {
    await postgres.stop();
  }
}

async function main(): Promise<void> {
  if (process.argv.includes('--issues')) return issues();
  if (process.argv.includes('--time')) return time();
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
