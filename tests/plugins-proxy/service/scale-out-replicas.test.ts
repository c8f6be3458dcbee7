import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { z } from 'zod';
import { signBody } from '../../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { onOneReplica } from '../../../plugins-proxy/src/queue/on-one-replica';
import { createWorker } from '../../../plugins-proxy/src/queue/worker';
import { openPostgresStore } from '../../../plugins-proxy/src/queue/store/postgres/open-postgres-store';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Store } from '../../../plugins-proxy/src/queue/store/store';
import { createOpportunity } from '../create-opportunity';
import { eventually } from '../eventually';
import { keepLines } from '../log-lines';
import { type ProxyChild, startProxyChild } from '../proxy-child';
import { postToJira } from '../post-to-jira';
import { freePort } from '../../free-port';
import { type StandIns, startStandIns } from '../stand-ins';
import { postgresMissing, startPostgres, type TemporaryPostgres } from '../temporary-postgres';

if (postgresMissing !== null) console.warn(`replicas on PostgreSQL are not tested: ${postgresMissing}`);
const onPostgres = postgresMissing === null ? describe : describe.skip;

let postgres: TemporaryPostgres;
beforeAll(async () => {
  if (postgresMissing === null) postgres = await startPostgres();
});
afterAll(async () => {
  if (postgresMissing === null) await postgres.stop();
});

async function emptied(): Promise<string> {
  const pool = new Pool({ connectionString: postgres.url });
  await pool.query('drop schema if exists crmjira cascade');
  await pool.end();
  return postgres.url;
}

/** What several replicas ask of a store beside the queue. */
function sharesSchedules(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  test('a schedule has one holder at a time, until its time is over or it gives it back', async () => {
    const long = 60_000;
    expect(await store.lease('poll', 'a', long)).toBe(true);
    expect(await store.lease('poll', 'b', long)).toBe(false);
    expect(await store.lease('retention', 'b', long)).toBe(true);
    expect(await store.lease('poll', 'a', 1)).toBe(true);
    await eventually(async () => expect(await store.lease('poll', 'b', long)).toBe(true));
    expect(await store.lease('poll', 'a', long)).toBe(false);
    expect(await store.lease('poll', 'b', 0)).toBe(true);
    await eventually(async () => expect(await store.lease('poll', 'a', long)).toBe(true));
  });

  test('of ten that ask at the same moment one gets it', async () => {
    const asked = Array.from({ length: 10 }, (_, n) => store.lease('poll', `holder-${n}`, 60_000));
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
  });

  test('tells waiting, failing, dead and ended jobs apart', async () => {
    const keys = ['w', 'f', 'd', 'e'].map((id) => `opportunity:${id}`);
    for (const key of ['f', 'd', 'e']) {
      await store.enqueue([{ key: `opportunity:${key}`, at: 1_000, correlationId: 'c' }]);
      const claim = await store.claim(1_000, 60_000);
      if (claim === null) throw new Error('nothing was due');
      if (key === 'e') await store.complete(claim, 3_000);
      else await store.fail(claim, { code: 'x', message: 'No.', retryAt: key === 'd' ? null : 9_000 }, 2_000);
    }
    await store.enqueue([{ key: 'opportunity:w', at: 1_000, correlationId: 'c' }]);
    const states = await store.jobs([...keys, 'opportunity:unknown']);
    expect(Object.fromEntries(states.map(({ key, state, at }) => [key.slice(12), `${state} ${at}`]))).toEqual({
      w: 'waiting 1000',
      f: 'failing 9000',
      d: 'dead 1000',
      e: 'done 3000',
    });
    expect(await store.jobs([])).toEqual([]);
  });
}

describe('schedules on the embedded store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-leases-'));
  let number = 0;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  sharesSchedules(async () => openSqliteStore(join(folder, `${number++}.sqlite`)));
});

onPostgres('schedules on PostgreSQL', () => {
  sharesSchedules(async () => openPostgresStore(await emptied()));
});

test('the turn of a seldom schedule is kept by short leases, and a replica that takes it over works at once (F-510)', async () => {
  const leases: number[] = [];
  let now = 0;
  let mine = true;
  const ran: number[] = [];
  const turn = onOneReplica(
    {
      lease: async (_name, _holder, ms) => {
        leases.push(ms);
        return mine;
      },
    },
    'retention',
    { everyMs: 3_600_000, leaseMs: 15_000 },
    async () => void ran.push(now),
    () => undefined,
    () => now,
  );
  for (; now <= 3_600_000; now += 5_000) await turn.run();
  expect(ran).toEqual([0, 3_600_000]);
  expect(new Set(leases)).toEqual(new Set([15_000]));
  mine = false;
  await turn.run();
  mine = true;
  now += 5_000;
  await turn.run();
  expect(ran).toEqual([0, 3_600_000, now]);
});

onPostgres('three replicas on one PostgreSQL', () => {
  test('R-1305 work on a key one at a time though their clocks are ten minutes apart, and every enqueue is followed by a run', async () => {
    /** How far each replica's clock is off, in milliseconds. */
    const skews = [0, 600_000, -600_000];
    const url = await emptied();
    const stores = await Promise.all([openPostgresStore(url), openPostgresStore(url), openPostgresStore(url)]);
    const [first] = stores;
    if (first === undefined) throw new Error('no store');
    const keys = Array.from({ length: 12 }, (_, n) => `opportunity:${n}`);
    const running = new Set<string>();
    const seen = new Map<string, number>();
    const truth = new Map<string, number>();
    const byReplica = [0, 0, 0];
    const overlaps: string[] = [];
    const workers = stores.map((store, replica) =>
      createWorker({
        store,
        concurrency: 4,
        pollMs: 20,
        logger: createLogger('silent', [], keepLines().stream),
        now: () => new Date(Date.now() + (skews[replica] ?? 0)),
        run: async ({ key }) => {
          if (running.has(key)) overlaps.push(key);
          running.add(key);
          byReplica[replica] = (byReplica[replica] ?? 0) + 1;
          const read = truth.get(key) ?? 0;
          await new Promise((resolve) => setTimeout(resolve, 5));
          // What the run saw at its beginning is what it leaves behind.
          seen.set(key, read);
          running.delete(key);
          return { done: true };
        },
      }),
    );
    for (const worker of workers) worker.start();
    for (let round = 1; round <= 25; round += 1)
      await Promise.all(
        keys.map((key, n) => {
          truth.set(key, round);
          const replica = (n + round) % 3;
          const at = Date.now() + (skews[replica] ?? 0);
          return (stores[replica] ?? first).enqueue([{ key, at, correlationId: 'c' }]);
        }),
      );
    await eventually(async () => expect((await first.statistics(Date.now())).pending).toBe(0));
    for (const worker of workers) await worker.stop();
    for (const store of stores) await store.close();
    expect(overlaps).toEqual([]);
    expect(keys.filter((key) => seen.get(key) !== 25)).toEqual([]);
    expect(byReplica.every((runs) => runs > 0)).toBe(true);
  });

  test('run a schedule on one of them; another takes over when it stops or dies', async () => {
    const url = await emptied();
    const store = await openPostgresStore(url);
    const ran: string[] = [];
    const elsewhere: string[] = [];
    const turn = (name: string, leaseMs: number) =>
      onOneReplica(
        store,
        'poll',
        { everyMs: 0, leaseMs },
        async () => void ran.push(name),
        () => void elsewhere.push(name),
      );
    const [a, b, c] = [turn('a', 60_000), turn('b', 1), turn('c', 60_000)];
    const everybody = async (): Promise<void> => {
      for (const one of [a, b, c]) await one.run();
    };
    await everybody();
    expect(elsewhere).toEqual(['b', 'c']);
    await everybody();
    expect(ran).toEqual(['a', 'a']);
    await a.release();
    await eventually(async () => {
      await b.run();
      expect(ran).toEqual(['a', 'a', 'b']);
    });
    // b dies, and its turn ends by itself
    await eventually(async () => {
      await c.run();
      expect(ran).toEqual(['a', 'a', 'b', 'c']);
    });
    await a.run();
    expect(ran).toEqual(['a', 'a', 'b', 'c']);
    await store.close();
  });

  describe('as processes', () => {
    let standIns: StandIns;
    const children: ProxyChild[] = [];
    afterEach(async () => {
      for (const child of children.splice(0)) {
        child.kill();
        await child.gone();
      }
      await standIns.close();
    });
    const row = z.record(z.string(), z.unknown());
    const all = (collection: string) => standIns.admin.many(collection, { select: [] }, row);

    test('a restart of one after the other loses no acknowledged delivery and doubles nothing', async () => {
      const count = 9;
      const url = await emptied();
      standIns = await startStandIns(() => new Date());
      const start = async (): Promise<ProxyChild> => {
        const port = String(await freePort());
        const child = await startProxyChild({
          ...standIns.environment,
          PORT: port,
          PUBLIC_URL: `http://localhost:${port}`,
          DATABASE_URL: url,
          POLL_INTERVAL_MS: '300',
          WORKERS: '4',
        });
        children.push(child);
        return child;
      };
      for (let n = 1; n <= count; n += 1) await createOpportunity(standIns, n);
      const replicas = await Promise.all([start(), start(), start()]);
      const output = (): string => children.map((child) => child.lines().slice(-1_500)).join('\n');
      await eventually(async () => {
        const linked = (await all('crmjira_budget_mappings')).filter((one) => one['crmjira_provisioning_state'] === 4);
        if (linked.length !== count) throw new Error(`${linked.length} of ${count} linked\n${output()}`);
      });
      expect(standIns.jira.site.projects.all()).toHaveLength(count);
      // The very first day's sync on one of the three; at six in Toronto the next day's begins.
      const syncedDays = (): string[] =>
        children.flatMap((child) =>
          [...child.lines().matchAll(/"day":"([\d-]+)"[^\n]*"msg":"daily sync queued"/g)].map(([, day]) => String(day)),
        );
      await eventually(async () => expect(syncedDays()).not.toEqual([]));
      const days = syncedDays();
      expect(new Set(days).size).toBe(days.length);

      const jira = postToJira(standIns);
      const send = async (issueId: string): Promise<boolean> => {
        const body = JSON.stringify({ webhookEvent: 'worklog_created', worklog: { issueId }, timestamp: Date.now() });
        const headers = {
          'content-type': 'application/json',
          'x-hub-signature': signBody(Buffer.from(body), 'webhook-secret-of-the-tests'),
        };
        // As a balancer does: the next replica that takes it.
        for (const { url: address } of [...children].reverse()) {
          const target = `${address}/webhooks/jira/${standIns.environment['CONNECTION_ID']}`;
          const answer = await fetch(target, { method: 'POST', body, headers }).catch(() => null);
          if (answer?.status === 202) return true;
        }
        return false;
      };
      const projects = standIns.jira.site.projects.all();
      const issues = new Map<string, string>();
      for (const { id } of projects)
        issues.set(
          id,
          await jira('/issue', { fields: { project: { id }, issuetype: { name: 'Story' }, summary: 'Work' } }),
        );
      const hours = new Map<string, number>();
      let refused = 0;
      for (const replica of replicas) {
        const burst = projects.map(async ({ id }) => {
          const issue = issues.get(id) ?? '';
          await jira(`/issue/${issue}/worklog`, {
            timeSpentSeconds: 3_600,
            started: '2025-01-20T09:00:00.000+0000',
            comment: '',
          });
          hours.set(id, (hours.get(id) ?? 0) + 1);
          if (!(await send(issue))) refused += 1;
        });
        replica.end();
        await Promise.all([...burst, replica.gone()]);
        children.splice(children.indexOf(replica), 1);
        await start();
      }
      expect(refused).toBe(0);
      await eventually(async () => {
        const wrong = (await all('crmjira_budget_mappings')).filter(
          (one) => one['crmjira_spent_amount'] !== (hours.get(String(one['crmjira_jira_project_id'])) ?? 0) * 125,
        );
        if (wrong.length > 0) throw new Error(`${wrong.length} without their hours\n${output()}`);
      });
      expect(standIns.jira.site.projects.all()).toHaveLength(count);
      expect(await all('crmjira_budget_mappings')).toHaveLength(count);
      const creations = (await all('crmjira_integration_logs')).filter(
        (log) => log['crmjira_operation_type'] === 1 && log['crmjira_integration_status'] === 2,
      );
      expect(creations).toHaveLength(count);
    }, 150_000);
  });
});
