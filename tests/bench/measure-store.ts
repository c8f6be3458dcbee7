import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { Pool } from 'pg';
import { openPostgresStore } from '../../plugins-proxy/src/queue/store/postgres/open-postgres-store';
import { openSqliteStore } from '../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Store } from '../../plugins-proxy/src/queue/store/store';
import { postgresMissing, startPostgres } from '../plugins-proxy/temporary-postgres';
import { type BenchRow, median, milliseconds, percentile, rounded } from './bench-row';

/** Deliveries of the past, spread over thirty days; each hundredth is of a key of its own. */
const MANY = 1_000_000;
const FEW = 10_000;
const PAUSED = 20_000;
/** Of the many, due to be forgotten. */
const OLD = 500_000;
const TIMES = 200;
const AIM_MS = 2;
const HELD_MS = 50;
const USUAL_MS = 20_000;
const dayMs = 86_400_000;
/** Half of the deliveries is older than what is kept. */
const end = 60 * dayMs;

/** The past, in the SQL of either database: `series` gives n from 1 to a number. */
function past(schema: string, series: (count: number) => string, deliveries: number): readonly string[] {
  const at = `(${end} - cast(n as bigint) * ${end} / ${deliveries})`;
  const keys = Math.max(1, deliveries / 100);
  return [
    `insert into ${schema}delivery (id, source, event, ignored_because, body_hash, correlation_id, received_at)
       select 'past:' || (n * 7919 % ${deliveries}) || '-' || n, 'jira', 'worklog_created', null, 'ab', 'c-' || n, ${at} from ${series(deliveries)}`,
    `insert into ${schema}job (key, seq, done_seq, due_at, waiting_since, attempts, correlation_id, delivered_at, delivered_count)
       select 'jira-issue:' || n, 1, 1, ${end} - n, ${end} - n, 0, 'c', ${end} - cast(n as bigint) * ${end} / ${keys}, 1 from ${series(keys)}`,
    `insert into ${schema}job (key, seq, done_seq, due_at, waiting_since, attempts, correlation_id, pause_until)
       select 'opportunity:' || n, 2, 1, ${end * 100}, 0, 1, 'c', ${end * 100_000} from ${series(PAUSED)}`,
  ];
}

interface Opened {
  readonly store: Store;
  readonly close: () => Promise<void>;
}

async function sqliteWith(deliveries: number): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-bench-'));
  const file = join(folder, 'store.sqlite');
  await openSqliteStore(file).close();
  const database = new DatabaseSync(file);
  const series = (count: number): string =>
    `(with recursive c (n) as (select 1 union all select n + 1 from c where n < ${count}) select n from c)`;
  for (const sql of past('', series, deliveries)) database.exec(sql);
  database.close();
  const store = openSqliteStore(file);
  return {
    store,
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function postgresWith(deliveries: number): Promise<Opened> {
  const postgres = await startPostgres();
  const store = await openPostgresStore(postgres.url);
  const pool = new Pool({ connectionString: postgres.url, max: 1 });
  for (const sql of past('crmjira.', (count) => `generate_series(1::bigint, ${count}) as n`, deliveries))
    await pool.query(sql);
  await pool.query('vacuum analyze crmjira.delivery');
  await pool.query('vacuum analyze crmjira.job');
  await pool.end();
  return {
    store,
    close: async () => {
      await store.close();
      await postgres.stop();
    },
  };
}

async function medianOf(ask: (n: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n += 1) {
    const began = performance.now();
    await ask(n);
    times.push(performance.now() - began);
  }
  return median(times);
}

/** What a run and an intake ask, each by itself. */
async function questions({ store }: Opened): Promise<Readonly<Record<string, number>>> {
  const receive = (n: number, kind: string) =>
    store.receive({
      id: `${kind}:${n}`,
      source: 'jira',
      event: 'worklog_created',
      keys: [`jira-issue:new${n % 20}`],
      ignoredBecause: null,
      bodyHash: 'ab',
      correlationId: `new-${n}`,
      receivedAt: end + n,
    });
  return {
    'claim, nothing due': await medianOf(() => store.claim(end - dayMs * 30, 1)),
    receive: await medianOf((n) => receive(n, 'new')),
    claim: await medianOf(() => store.claim(end + TIMES, 60_000)),
    statistics: await medianOf(() => store.statistics(end)),
    'recent keys': await medianOf(() => store.recentKeys('jira-issue:', end - 600_000)),
    'event of a run': await medianOf((n) => store.deliveryOf(`new-${n}`)),
  };
}

/** How long deliveries wait, one after another, as long as something lasts. */
async function waitsWhile({ store }: Opened, kind: string, work: Promise<unknown>): Promise<number[]> {
  const waits: number[] = [];
  let over = false;
  const working = work.finally(() => (over = true));
  for (let n = 0; !over; n += 1) {
    const sent = performance.now();
    await store.receive({
      id: `${kind}:${n}`,
      source: 'jira',
      event: 'worklog_created',
      keys: [`jira-issue:${kind}${n % 20}`],
      ignoredBecause: null,
      bodyHash: 'ab',
      correlationId: `${kind}-${n}`,
      receivedAt: end + n,
    });
    waits.push(performance.now() - sent);
    await sleep(5);
  }
  await working;
  return waits;
}

const waitsText = (waits: readonly number[]): string =>
  `p50 ${milliseconds(median(waits))}, p99 ${milliseconds(percentile(waits, 0.99))}, longest ${milliseconds(Math.max(...waits))}`;

async function measureOne(name: string, open: (deliveries: number) => Promise<Opened>): Promise<BenchRow[]> {
  const few = await open(FEW);
  const before = await questions(few).finally(few.close);
  const many = await open(MANY);
  try {
    const after = await questions(many);
    const rows = Object.entries(after).map(([question, ms]): BenchRow => ({
      what: `${name}, ${question}: ${MANY} deliveries, ${PAUSED} paused jobs`,
      measured: milliseconds(ms),
      reference: `${FEW} deliveries`,
      referenceMeasured: milliseconds(before[question] ?? NaN),
      ratio: rounded(ms / AIM_MS),
      aim: `< 1 (of ${AIM_MS} ms)`,
    }));
    // Beside it, what the disk and others on the machine cost.
    const usual = await waitsWhile(many, 'before', sleep(USUAL_MS));
    const began = performance.now();
    const pruning = many.store.prune(end - 30 * dayMs);
    const waits = await waitsWhile(many, 'during', pruning);
    const pruneS = (performance.now() - began) / 1_000;
    return [
      ...rows,
      {
        what: `${name}, a delivery while ${await pruning} of ${OLD} old ones are forgotten (${pruneS.toFixed(0)} s)`,
        measured: waitsText(waits),
        reference: 'while nothing is',
        referenceMeasured: waitsText(usual),
        ratio: rounded(Math.max(...waits) / HELD_MS),
        aim: `< 1 (longest, of ${HELD_MS} ms)`,
      },
    ];
  } finally {
    await many.close();
  }
}

/** What a run asks of the store beside a long past, on both stores, and how long forgetting holds a delivery up (F-505, F-506). */
export async function measureStore(): Promise<BenchRow[]> {
  return [
    ...(await measureOne('SQLite', sqliteWith)),
    ...(postgresMissing === null ? await measureOne('PostgreSQL', postgresWith) : []),
  ];
}
