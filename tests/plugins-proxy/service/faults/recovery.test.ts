import type { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Store } from '../../../../plugins-proxy/src/queue/store/store';
import { everyMs, fault, recoveringService } from './recovering-service';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

let store: Store;
beforeEach(() => (store = openSqliteStore(':memory:')));
afterEach(() => store.close());

const keys = Array.from({ length: 25 }, (_, n) => `opportunity:${n}`);

describe('when its side answers again, its jobs run (F-501, F-207)', () => {
  let failure: IntegrationError | null = null;
  beforeEach(() => (failure = null));

  test.each([
    ['ten minutes', 10 * minute, fault('jira-unavailable')],
    ['ten minutes of 429', 10 * minute, fault('jira-rate-limit')],
    ['five hours, past the twentieth try', 5 * hour, fault('gateway-unavailable')],
    ['three days of a token that has ended', 72 * hour, fault('jira-credentials', 'configuration')],
  ])('after %s the last record is right within 30 s of the end', async (_name, ms, trouble) => {
    const { pass, enqueue, doneOf } = recoveringService(store, () => failure);
    failure = trouble;
    await enqueue(...keys);
    await pass(ms);
    expect(await doneOf(keys)).toBe(0);
    failure = null;
    await pass(2 * everyMs);
    expect(await doneOf(keys)).toBe(keys.length);
    expect(await store.failing()).toEqual([]);
  });

  test('a service that was restarted meanwhile knows as much', async () => {
    const { pass, enqueue, doneOf, restart } = recoveringService(store, () => failure);
    failure = fault('jira-credentials', 'configuration');
    await enqueue(...keys);
    await pass(20 * hour);
    expect(await store.deadLetters(100)).toHaveLength(keys.length);
    failure = null;
    restart();
    await pass(everyMs);
    expect(await doneOf(keys)).toBe(keys.length);
  });

  test('a side that answers its probe and not its jobs: one job a look finds out, and wakes the others', async () => {
    const { pass, enqueue, doneOf, ran } = recoveringService(
      store,
      () => failure,
      () => true,
    );
    failure = fault('jira-unavailable');
    await enqueue(...keys);
    await pass(hour);
    expect(await doneOf(keys)).toBe(0);
    failure = null;
    const before = ran.length;
    await pass(2 * everyMs);
    expect(await doneOf(keys)).toBe(keys.length);
    // Each once: what succeeded is not run again.
    expect(ran.length - before).toBe(keys.length);
  });

  test('the retries of one record that always fails load nobody and wake nobody', async () => {
    const poison = fault('jira-refused', 'permanent');
    const { pass, enqueue, ran, now } = recoveringService(store, (key) =>
      key === 'opportunity:poison' ? poison : failure,
    );
    await enqueue('opportunity:poison');
    await pass(hour);
    failure = fault('jira-unavailable');
    await enqueue('opportunity:1');
    await pass(hour);
    failure = null;
    await pass(minute);
    expect(ran.filter(({ key }) => key === 'opportunity:poison')).toHaveLength(1);
    expect(await store.deadLetters(10)).toMatchObject([{ key: 'opportunity:poison' }]);
    expect(ran.at(-1)).toMatchObject({ key: 'opportunity:1' });
    expect(ran.at(-1)?.at).toBeGreaterThan(now() - 2 * minute);
  });

  test('during an outage jobs keep their pauses: looks send nothing but the probe', async () => {
    const { pass, enqueue, ran } = recoveringService(store, () => failure);
    failure = fault('jira-unavailable');
    await enqueue('opportunity:1');
    await pass(2 * hour);
    // 2, 4, … 512 s, then every ten minutes.
    expect(ran.length).toBeGreaterThan(18);
    expect(ran.length).toBeLessThan(24);
  });
});
