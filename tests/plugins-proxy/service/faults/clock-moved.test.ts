import { memoize } from '../../../../plugins-proxy/src/clients/dataverse/memoize';
import { createMetadataCache } from '../../../../plugins-proxy/src/clients/jira/metadata-cache';
import { createLogger } from '../../../../plugins-proxy/src/platform/log/create-logger';
import { jiraName } from '../../../../plugins-proxy/src/clients/jira/classify-jira-answer';
import { createRateBudget } from '../../../../plugins-proxy/src/platform/http-client/rate-budget';
import { createWorker } from '../../../../plugins-proxy/src/queue/worker';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Store } from '../../../../plugins-proxy/src/queue/store/store';
import { eventually } from '../../eventually';
import { keepLines } from '../../log-lines';
import { startWorld, stopLater, stopWorlds } from '../../world';
import { allAcknowledged, logWork, tellsOfItself, troubleOf } from './trouble';

afterEach(stopWorlds);

const day = '2025-01-20';
const at = (time: string): string => `${day}T${time}:00Z`;

test('R-514 a clock that jumps ahead and back again delays no delivery and hides no trouble', async () => {
  // Fast enough to wait for little, slow enough to stay within ten minutes.
  const world = await startWorld(at('15:00'), { POLL_INTERVAL_MS: '300' }, {}, undefined, 5);
  const trouble = troubleOf(world);
  const mapping = await world.provision();
  await world.approve();
  const issue = await world.newIssue();
  await world.logHours(issue, 8);
  await world.settledAt(mapping, [1_000, 249_000, 0.4, 3]);

  // An hour and a half ahead, with trouble there: what failed is to be tried again at an hour that is not.
  world.setClock(at('16:30'));
  await trouble.jira({ status: 503 });
  logWork(world, issue, 8);
  await allAcknowledged(world);
  await eventually(async () => {
    if (!world.lines.some((line) => line.includes(`"retryAt":"${day}T16:3`))) throw new Error('not put off yet');
    expect(await tellsOfItself(world.proxyUrl)).toMatchObject({ jira: { ok: false } });
  });
  await trouble.over();
  world.setClock(at('15:01'));
  await world.settledAt(mapping, [2_000, 248_000, 0.8, 3]);
  await eventually(async () => expect(await tellsOfItself(world.proxyUrl)).toMatchObject({ status: 'ok' }));

  // And before the moment at which everything has begun.
  world.setClock(at('09:00'));
  logWork(world, issue, 8);
  await allAcknowledged(world);
  await world.settledAt(mapping, [3_000, 247_000, 1.2, 3]);
  await trouble.jira({ hangUp: true });
  await eventually(
    async () => expect(await tellsOfItself(world.proxyUrl)).toMatchObject({ status: 'degraded', jira: { ok: false } }),
    30_000,
  );
});

const hour = 3_600_000;

test('R-514 what is remembered for a while is not remembered for longer because the clock was put back', async () => {
  let now = 10 * hour;
  let reads = 0;
  const read = memoize(
    async () => ++reads,
    15_000,
    () => now,
  );
  expect([await read(), await read()]).toEqual([1, 1]);
  now -= hour;
  expect([await read(), await read()]).toEqual([2, 2]);
  now += 15_000;
  expect(await read()).toBe(3);

  const cache = createMetadataCache(() => now);
  cache.set('myself', 'me');
  expect(cache.peek('myself')).toBe('me');
  now -= 1;
  expect(cache.peek('myself')).toBeNull();
});

test('R-908 a wait that Jira asked for ends when the clock is put back, and not an hour later', () => {
  let now = 10 * hour;
  const budget = createRateBudget(jiraName, () => now);
  budget.note('GET', '/rest/api/3/myself', 429, { 'retry-after': '4' });
  expect(budget.pause('GET', '/rest/api/3/myself')).toBe(4_000);
  now -= hour;
  expect(budget.pause('GET', '/rest/api/3/myself')).toBe(0);
  budget.note('GET', '/rest/api/3/myself', 429, { 'retry-after': '2' });
  expect(budget.pause('GET', '/rest/api/3/myself')).toBe(2_000);
});

test('R-1305 a clock put forward ends no run early: its key is still worked by one worker, and runs again if it was touched', async () => {
  const store = openSqliteStore(':memory:');
  let now = 10 * hour;
  let running = 0;
  let most = 0;
  const runs: number[] = [];
  let end: () => void = () => undefined;
  const worker = createWorker({
    store,
    concurrency: 4,
    pollMs: 5,
    logger: createLogger('silent', [], keepLines().stream),
    now: () => new Date(now),
    run: async ({ seq }) => {
      running += 1;
      most = Math.max(most, running);
      runs.push(seq);
      if (runs.length === 1) await new Promise<void>((resolve) => (end = resolve));
      running -= 1;
      return { done: true };
    },
  });
  stopLater(async () => {
    end();
    await worker.stop();
    await store.close();
  });
  await store.enqueue([{ key: 'opportunity:1', at: now, correlationId: 'c' }]);
  worker.start();
  await eventually(async () => expect(runs).toEqual([1]));
  now += hour;
  await store.enqueue([
    { key: 'opportunity:1', at: now, correlationId: 'c' },
    { key: 'opportunity:2', at: now, correlationId: 'c' },
  ]);
  // The other key's run shows that the queue was looked at since.
  await eventually(async () => expect(runs.length).toBeGreaterThanOrEqual(2));
  await eventually(async () => expect((await store.jobs(['opportunity:2']))[0]?.doneSeq).toBe(1));
  expect(runs).toEqual([1, 1]);
  end();
  // What came during the run rests for as long as it took by any clock, not for the hour.
  await eventually(async () => expect((await store.jobs(['opportunity:1']))[0]?.doneSeq).toBe(1));
  now += 5_000;
  await eventually(async () => expect((await store.jobs(['opportunity:1']))[0]?.doneSeq).toBe(2));
  expect(runs).toEqual([1, 1, 2]);
  expect(most).toBe(2);
});

test('R-514 a key that is claimed while the end of its run is being stored runs at once, and not when that lease is over', async () => {
  const store = openSqliteStore(':memory:');
  const now = 10 * hour;
  const seen: number[] = [];
  const slow: Store = {
    ...store,
    // Stored, but told so late that the queue is looked at in between.
    complete: async (claim, at) => {
      const kept = await store.complete(claim, at);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return kept;
    },
  };
  const worker = createWorker({
    store: slow,
    concurrency: 2,
    pollMs: 5,
    logger: createLogger('silent', [], keepLines().stream),
    now: () => new Date(now),
    run: async ({ key, seq }) => {
      seen.push(seq);
      if (seq === 1) await store.enqueue([{ key, at: now, correlationId: 'c' }]);
      return { done: true };
    },
  });
  stopLater(async () => {
    await worker.stop();
    await store.close();
  });
  await store.enqueue([{ key: 'opportunity:1', at: now, correlationId: 'c' }]);
  worker.start();
  await eventually(async () => expect((await store.jobs(['opportunity:1']))[0]?.doneSeq).toBe(2));
  expect(seen).toEqual([1, 2]);
});
