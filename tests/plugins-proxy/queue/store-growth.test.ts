import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Pool } from 'pg';
import { inPieces } from '../../../plugins-proxy/src/queue/store/in-pieces';
import { openPostgresStore } from '../../../plugins-proxy/src/queue/store/postgres/open-postgres-store';
import { postgresSchema } from '../../../plugins-proxy/src/queue/store/postgres/schema';
import { postgresStatements } from '../../../plugins-proxy/src/queue/store/postgres/statements';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { sqliteSchema } from '../../../plugins-proxy/src/queue/store/sqlite/schema';
import { sqliteStatements } from '../../../plugins-proxy/src/queue/store/sqlite/statements';
import type { Delivery, Store } from '../../../plugins-proxy/src/queue/store/store';
import { postgresMissing, startPostgres, type TemporaryPostgres } from '../temporary-postgres';

const folder = mkdtempSync(join(tmpdir(), 'crmjira-growth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const delivery = (id: string, receivedAt: number): Delivery => ({
  id,
  source: 'jira',
  event: 'worklog_created',
  keys: [`jira-issue:${id}`],
  ignoredBecause: null,
  bodyHash: 'ab',
  correlationId: `c-${id}`,
  receivedAt,
});

/** Two deliveries and their keys as the version before wrote them, in the SQL of either database. */
const rowsOfBefore = (schema: string): string => `
  insert into ${schema}delivery (id, source, event, ignored_because, body_hash, correlation_id, received_at) values
    ('jira:1', 'jira', 'worklog_created', null, 'ab', 'c-1', 1000), ('jira:2', 'jira', 'unknown', 'unknown event', 'ab', 'c-2', 2000);
  insert into ${schema}delivery_key (delivery_id, key, received_at) values ('jira:1', 'jira-issue:7', 1000);
  insert into ${schema}job (key, seq, done_seq, due_at, waiting_since, attempts, correlation_id)
    values ('jira-issue:7', 1, 0, 1000, 1000, 0, 'c-1'), ('opportunity:9', 2, 1, 2500, 2500, 0, 'daily-sync-9');
  insert into ${schema}counter (name, value) values ('intake.refused', 3);`;

/** What a store made by the version before must still know. */
async function knowsItsPast(store: Store): Promise<void> {
  expect(await store.recentKeys('jira-issue:', 500)).toEqual(['jira-issue:7']);
  expect(await store.deliveredKeys(1_001)).toEqual([]);
  expect(await store.statistics(3_000)).toMatchObject({
    pending: 2,
    deliveries: { accepted: 1, ignored: 1 },
    counters: { 'intake.refused': 3 },
  });
  expect(await store.receive(delivery('jira:1', 3_000))).toBe('duplicate');
  expect(await store.receive(delivery('jira:3', 3_000))).toBe('stored');
  expect((await store.statistics(3_000)).deliveries).toEqual({ accepted: 2, ignored: 1 });
  expect(await store.claim(3_000, 60_000)).toMatchObject({ key: 'jira-issue:7', trigger: 'event' });
  expect(await store.claim(3_000, 60_000)).toMatchObject({ key: 'opportunity:9', trigger: 'daily-sync' });
}

describe('a store grows and its questions do not (F-505)', () => {
  test.each([
    ['as the version before left it', ''],
    ['from before pauses were measured by the store', 'alter table job drop column pause_until;'],
  ])('an embedded store %s opens with all that it knew', async (_, older) => {
    const file = join(folder, `older${older.length}.sqlite`);
    const database = new DatabaseSync(file);
    database.exec(`${sqliteSchema}${older}${rowsOfBefore('')}`);
    database.close();
    const store = openSqliteStore(file);
    await knowsItsPast(store);
    await store.close();
    // A second time there is nothing left to do.
    const again = openSqliteStore(file);
    expect((await again.statistics(3_000)).deliveries).toEqual({ accepted: 2, ignored: 1 });
    await again.close();
  });

  test('each statement of the embedded store goes by an index', async () => {
    const file = join(folder, 'plans.sqlite');
    await openSqliteStore(file).close();
    const database = new DatabaseSync(file);
    const planOf = (sql: string): string[] =>
      database
        .prepare(`explain query plan ${sql}`)
        .all()
        .map((row) => String(row['detail']));
    const { clearLeases: _, counters: __, ...asked } = sqliteStatements;
    const scans = Object.entries(asked).flatMap(([name, sql]) =>
      planOf(sql)
        // Every entry of a partial index is one of what is asked for: what waits, runs or is dead.
        .filter(
          (line) => /^SCAN (job|delivery)\b/.test(line) && !/INDEX job_(due|waiting|leased|dead|failing)\b/.test(line),
        )
        .map((line) => `${name}: ${line}`),
    );
    expect(scans).toEqual([]);
    const plans = Object.fromEntries(Object.entries(asked).map(([name, sql]) => [name, planOf(sql).join('; ')]));
    expect(plans['claim']).toMatch(/job_due \(due_at<\?\).*job_waiting \(waiting_since>\?\).*job_paused \(pause_until/);
    expect(plans['recentKeys']).toContain('job_delivered (delivered_at>?)');
    expect(plans['deliveryOf']).toContain('delivery_correlation (correlation_id=?)');
    expect(plans['jobStatistics']).toMatch(/job_leased \(lease_until>\?\).*job_dead.*job_due \(due_at<\?\)/);
    expect(plans['prune']).toContain('delivery_received_at (received_at<?)');
    expect(plans['pruneJobs']).toContain('job_ended (due_at<?)');
    database.close();
  });
});

describe('a long work is done in pieces (F-506)', () => {
  test('deliveries are stored while old ones are forgotten', async () => {
    const store = openSqliteStore(join(folder, 'pruned.sqlite'));
    await Promise.all(Array.from({ length: 250 }, (_, n) => store.receive(delivery(`old:${n}`, n))));
    let pruned = false;
    const pruning = store.prune(1_000).finally(() => (pruned = true));
    expect(await store.receive(delivery('new', 2_000))).toBe('stored');
    expect(pruned).toBe(false);
    expect(await pruning).toBe(250);
    expect(await store.receive(delivery('new', 2_000))).toBe('duplicate');
    expect(await store.receive(delivery('old:1', 3_000))).toBe('stored');
    await store.close();
  });

  test('deliveries are stored while a daily sync queues its mappings', async () => {
    const store = openSqliteStore(join(folder, 'queued.sqlite'));
    let queued = false;
    const requests = Array.from({ length: 1_000 }, (_, n) => ({ key: `opportunity:${n}`, at: 1, correlationId: 'c' }));
    const queueing = store.enqueue(requests).finally(() => (queued = true));
    expect(await store.receive(delivery('meanwhile', 2))).toBe('stored');
    expect(queued).toBe(false);
    await queueing;
    expect((await store.statistics(3)).pending).toBe(1_001);
    await store.close();
  });

  test('a piece that takes long makes the next ones smaller, and a short one larger', async () => {
    let left = 300;
    const sizes: number[] = [];
    let now = 0;
    const clock = { now: () => now, rest: async () => undefined };
    const done = await inPieces(async (most) => {
      sizes.push(most);
      now += sizes.length === 3 ? 100 : 1;
      const some = Math.min(most, left);
      left -= some;
      return some;
    }, clock);
    expect(done).toBe(300);
    expect(sizes).toEqual([50, 50, 50, 25, 50, 50, 50]);
  });
});

const describePostgres = postgresMissing === null ? describe : describe.skip;
describePostgres(`the PostgreSQL store${postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`}`, () => {
  let postgres: TemporaryPostgres;
  let pool: Pool;
  beforeAll(async () => {
    postgres = await startPostgres();
    pool = new Pool({ connectionString: postgres.url, max: 1 });
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await postgres.stop();
  });
  beforeEach(() => pool.query('drop schema if exists crmjira cascade'));

  test('one as the version before left it opens with all that it knew, also where that version still works beside (F-505)', async () => {
    await pool.query(`create schema crmjira; ${postgresSchema}${rowsOfBefore('crmjira.')}`);
    const stores = await Promise.all([openPostgresStore(postgres.url), openPostgresStore(postgres.url)]);
    await pool.query(`insert into crmjira.delivery_key (delivery_id, key, received_at) values ('jira:2', 'k', 2000)`);
    await knowsItsPast(stores[0]);
    expect(await stores[1].prune(9_000)).toBe(3);
    for (const store of stores) await store.close();
  });

  test('no question walks over paused jobs or past deliveries (F-505)', async () => {
    const store = await openPostgresStore(postgres.url);
    await pool.query(`
      insert into crmjira.job (key, seq, done_seq, due_at, waiting_since, attempts, correlation_id, pause_until, delivered_at)
        select 'jira-issue:' || n, 2, 1, 9e12, 0, 1, 'c', 9e12, n from generate_series(1, 1000) n;
      insert into crmjira.delivery (id, source, event, body_hash, correlation_id, received_at)
        select 'old:' || n, 'jira', 'e', 'ab', 'c-old', n from generate_series(1, 1000) n;
      analyze crmjira.job; analyze crmjira.delivery`);
    const walked = async (sql: string, parameters: unknown[]): Promise<string> => {
      // A statement that writes is undone. So few rows would be read one by one, index or not.
      await pool.query('begin; set local enable_seqscan = off');
      const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
        `explain (analyze, costs off, timing off) ${sql}`,
        parameters,
      );
      await pool.query('rollback');
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const plans = {
      claim: await walked(postgresStatements.claim, ['token', 2_000, 60_000]),
      recentKeys: await walked(postgresStatements.recentKeys, ['jira-issue:', 'jira-issue;', 2_000]),
      deliveryOf: await walked(postgresStatements.deliveryOf, ['c-old']),
      prune: await walked(postgresStatements.prune, [0, 100]),
      pruneJobs: await walked(postgresStatements.pruneJobs, [9e12, 100]),
    };
    for (const [name, plan] of Object.entries(plans)) {
      expect({ name, plan }).toEqual({
        name,
        plan: expect.not.stringMatching(/Seq Scan|Rows Removed by Filter: \d\d/),
      });
    }
    await store.close();
  });
});
