import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { createLongRunning, operationCursors } from '../../../../plugins-proxy/src/inbound/connector/long-running';
import { openPostgresStore } from '../../../../plugins-proxy/src/queue/store/postgres/open-postgres-store';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Claim, Store } from '../../../../plugins-proxy/src/queue/store/store';
import { eventually } from '../../eventually';
import { postgresMissing, startPostgres, type TemporaryPostgres } from '../../temporary-postgres';
import { e1, opportunityId, startWorld, stopWorlds } from '../../world';

const start = Date.parse('2025-01-15T15:00:00Z');
const key = `opportunity:${opportunityId}`;
const sync = { kind: 'sync' as const, opportunityId, clientRequestId: 'flow-run-1' };

/** Operations on a store, with a clock that stands still until it is set. */
function operationsOn(store: Store, projectKey: string | null = 'CRMWYVLZZJ') {
  let now = start;
  let woken = 0;
  const operations = createLongRunning({
    store,
    connectionId: '5a8d2c1e-0000-4000-8000-000000000c01',
    now: () => new Date(now),
    wake: () => void (woken += 1),
    projectKeyOf: async () => projectKey,
  });
  return { ...operations, setNow: (at: number) => (now = at), woken: () => woken };
}

async function mustClaim(store: Store, now: number): Promise<Claim> {
  const claim = await store.claim(now, 60_000);
  if (claim === null) throw new Error('nothing was due');
  return claim;
}

function behaves(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  test('an operation goes from pending over running to done, read from the queue (R-902, R-903)', async () => {
    const { start: begin, read, woken } = operationsOn(store);
    const begun = await begin(sync, 'c-1');
    expect(begun).toMatchObject({
      kind: 'sync',
      opportunityId,
      state: 'pending',
      startedOn: '2025-01-15T15:00:00.000Z',
    });
    expect(woken()).toBe(1);
    const claim = await mustClaim(store, start);
    expect(claim).toMatchObject({ key, correlationId: 'c-1' });
    expect(await read(begun.id)).toMatchObject({ state: 'running' });
    await store.complete(claim, start + 1);
    expect(await read(begun.id)).toMatchObject({ state: 'done', projectKey: 'CRMWYVLZZJ' });
  });

  test('a run that had begun before the operation does not count as its end', async () => {
    const { start: begin, read } = operationsOn(store);
    await store.enqueue([{ key, at: start - 1, correlationId: 'c-0' }]);
    const earlier = await mustClaim(store, start);
    const { id } = await begin(sync, 'c-1');
    await store.complete(earlier, start + 1);
    expect(await read(id)).toMatchObject({ state: 'pending' });
    const own = await mustClaim(store, start + 2);
    await store.enqueue([{ key, at: start + 3, correlationId: 'c-2' }]);
    await store.complete(own, start + 4);
    // Later requests are others' business.
    expect(await read(id)).toMatchObject({ state: 'done' });
  });

  test('the same request id starts nothing twice, another request under it is refused', async () => {
    const { start: begin } = operationsOn(store);
    const first = await begin(sync, 'c-1');
    const again = await begin({ ...sync, opportunityId: opportunityId.toUpperCase() }, 'c-2');
    expect(again).toEqual(first);
    expect((await mustClaim(store, start)).seq).toBe(1);
    await expect(begin({ ...sync, kind: 'provision' }, 'c-3')).rejects.toMatchObject({ status: 409 });
  });

  test('a failing operation says why, a given-up one has failed (R-1401)', async () => {
    const { start: begin, read } = operationsOn(store);
    const { id } = await begin(sync, 'c-1');
    const failure = { code: 'jira-unavailable', message: 'Jira is not available just now.' };
    await store.fail(await mustClaim(store, start), { ...failure, retryAt: start + 5 }, start + 1);
    expect(await read(id)).toMatchObject({ state: 'running', message: expect.stringContaining(failure.message) });
    await store.fail(await mustClaim(store, start + 6), { ...failure, retryAt: null }, start + 7);
    expect(await read(id)).toMatchObject({ state: 'failed', message: failure.message });
  });

  test('a provisioning that found nothing to do has failed; a sync has not', async () => {
    const { start: begin, read } = operationsOn(store, null);
    const provision = await begin({ ...sync, kind: 'provision' }, 'c-1');
    const other = await begin({ ...sync, clientRequestId: 'flow-run-2' }, 'c-1');
    await store.complete(await mustClaim(store, start), start + 1);
    expect(await read(provision.id)).toMatchObject({ state: 'failed', message: expect.stringContaining('no project') });
    expect(await read(other.id)).toMatchObject({ state: 'done' });
  });

  test('reconciling all is done when the last of them is; one given up is counted (R-605)', async () => {
    const { start: begin, read, hasQueued } = operationsOn(store);
    const { id } = await begin({ kind: 'reconcile-all', clientRequestId: 'all-1' }, 'c-1');
    const all = await mustClaim(store, start);
    expect(all.key).toBe(`all-mappings:${id}`);
    const keys = ['opportunity:a', 'opportunity:b'];
    await store.enqueue(keys.map((each) => ({ key: each, at: start, correlationId: 'c-1' })));
    await hasQueued(id, keys);
    await store.complete(all, start + 1);
    expect(await read(id)).toMatchObject({ state: 'running', total: 2, finished: 0 });
    await store.complete(await mustClaim(store, start + 2), start + 3);
    expect(await read(id)).toMatchObject({ state: 'running', total: 2, finished: 1 });
    const last = await mustClaim(store, start + 4);
    await store.fail(last, { code: 'x', message: 'The key is taken.', retryAt: null }, start + 5);
    const failed = { state: 'failed', message: '1 of 2 failed: The key is taken.', total: 2, finished: 1 };
    expect(await read(id)).toMatchObject(failed);
  });

  test('five hundred equal reconciliations of everything are one job; after its end comes another (F-310)', async () => {
    const { start: begin, read } = operationsOn(store);
    const all = (n: number) => ({ kind: 'reconcile-all' as const, clientRequestId: `all-${n}` });
    const { id } = await begin(all(0), 'c-1');
    for (let n = 1; n < 500; n += 1) expect((await begin(all(n), 'c-1')).id).toBe(id);
    expect((await store.statistics(start)).pending).toBe(1);
    await store.complete(await mustClaim(store, start), start + 1);
    // A repeated request still gets the operation it joined.
    expect(await begin(all(7), 'c-1')).toMatchObject({ id, state: 'done' });
    const next = await begin(all(500), 'c-1');
    expect(next.id).not.toBe(id);
    expect(await read(next.id)).toMatchObject({ state: 'pending' });
  });

  test('old operations are forgotten, other cursors are not', async () => {
    const operations = operationsOn(store);
    await store.writeCursor('daily', '0');
    const old = await operations.start(sync, 'c-1');
    operations.setNow(start + 1_000);
    const young = await operations.start({ ...sync, clientRequestId: 'flow-run-2' }, 'c-1');
    await store.dropCursors(operationCursors.prefix, operationCursors.before(start + 1_000));
    await expect(operations.read(old.id)).rejects.toMatchObject({ status: 404 });
    expect(await operations.read(young.id)).toMatchObject({ id: young.id });
    expect(await store.readCursor('daily')).toBe('0');
  });
}

describe('on the embedded store', () => {
  behaves(async () => openSqliteStore(':memory:'));

  test('an operation that was answered survives the process (R-902)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crmjira-operations-'));
    try {
      const before = openSqliteStore(join(folder, 'proxy.sqlite'));
      const { id } = await operationsOn(before).start(sync, 'c-1');
      await before.close();
      const after = openSqliteStore(join(folder, 'proxy.sqlite'));
      expect(await operationsOn(after).read(id)).toMatchObject({ state: 'pending' });
      expect(await mustClaim(after, start)).toMatchObject({ key });
      await after.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const describePostgres = postgresMissing === null ? describe : describe.skip;
describePostgres(`on PostgreSQL${postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`}`, () => {
  let postgres: TemporaryPostgres;
  let number = 0;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  // A database each: other suites may be using the same server.
  behaves(async () => {
    const name = `connector_${process.pid}_${number++}`;
    const admin = new Pool({ connectionString: postgres.url, max: 1 });
    await admin.query(`create database ${name}`);
    await admin.end();
    return openPostgresStore(postgres.url.replace(/\/\w+(\?|$)/, `/${name}$1`));
  });
});

describe('over HTTP, with the whole service behind it', () => {
  afterEach(stopWorlds);

  test('a flow starts a provisioning, polls Location, and reads the key of the project (R-902, R-903)', async () => {
    const apiKey = 'connector-api-key-of-the-tests';
    const world = await startWorld('2025-01-15T15:00:00Z', { CONNECTOR_ENABLED: 'true', CONNECTOR_API_KEY: apiKey });
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const post = (path: string, body: unknown) =>
      fetch(world.proxyUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
    await world.write('opportunities', opportunityId, e1);
    const request = { kind: 'provision', opportunityId, clientRequestId: 'flow-run-1' };
    for (const path of ['/connector/operations', '/rest/connector/operations']) {
      const response = await post(path, request);
      expect(response.status).toBe(202);
      const location = String(response.headers.get('location'));
      expect(location).toMatch(new RegExp(`^${path}/[0-9a-f-]{36}$`));
      await eventually(async () => {
        const state = await (await fetch(world.proxyUrl + location, { headers })).json();
        expect(state).toMatchObject({ state: 'done', kind: 'provision', projectKey: 'CRMWYVLZZJ' });
      });
    }
    expect(world.standIns.jira.site.projects.all()).toHaveLength(1);

    const all = await post('/connector/operations', { kind: 'reconcile-all', clientRequestId: 'all-1' });
    await eventually(async () => {
      const path = String(all.headers.get('location'));
      const state = await (await fetch(world.proxyUrl + path, { headers })).json();
      expect(state).toMatchObject({ state: 'done', total: 1, finished: 1 });
    });
    expect((await post('/connector/operations', { kind: 'sync', clientRequestId: 'x' })).status).toBe(400);
    const unknown = `${world.proxyUrl}/connector/operations/00000000-0000-4000-8000-000000000000`;
    expect((await fetch(unknown, { headers })).status).toBe(404);
  });
});
