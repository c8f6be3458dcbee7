import { IntegrationError } from '../../../plugins-proxy/src/errors/integration-error';
import { createLogger } from '../../../plugins-proxy/src/log/create-logger';
import { retryDelay } from '../../../plugins-proxy/src/reconcile/backoff';
import { createRecovery } from '../../../plugins-proxy/src/reconcile/recover';
import { openSqliteStore } from '../../../plugins-proxy/src/store/sqlite/open-sqlite-store';
import type { Store } from '../../../plugins-proxy/src/store/store';
import { keepLines } from '../log-lines';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
/** Time of the look after failed jobs, as the service repeats it. */
const everyMs = 10 * second;

let store: Store;
beforeEach(() => (store = openSqliteStore(':memory:')));
afterEach(() => store.close());

/**
 * A queue whose jobs end as `answer` says, with a clock that only this test moves: nothing is waited for. `probe` tells what a request
 * to a side ends with, where that is another thing.
 */
function service(answer: (key: string) => IntegrationError | null, probe = () => answer('probe') === null) {
  let now = 100 * hour;
  const ran: { readonly key: string; readonly at: number }[] = [];
  const started = () =>
    createRecovery({
      store,
      probe: {
        jira: async () => ({ ok: probe() }),
        dataverse: async () => ({ ok: true }),
        budgetSource: async () => ({ ok: true }),
      },
      wake: () => undefined,
      logger: createLogger('silent', [], keepLines().stream),
      now: () => new Date(now),
    });
  let recovery = started();
  async function runWhatIsDue(): Promise<void> {
    for (let claim = await store.claim(now, minute); claim !== null; claim = await store.claim(now, minute)) {
      ran.push({ key: claim.key, at: now });
      const error = answer(claim.key);
      if (error === null) {
        if (claim.failedWith !== null) await recovery.succeeded(claim.failedWith);
        await store.complete(claim, now);
        continue;
      }
      const delay = retryDelay(error, claim.attempts + 1, 0.5);
      const { code, message } = error;
      await store.fail(claim, { code, message, retryAt: delay === null ? null : now + delay }, now);
    }
  }
  return {
    now: () => now,
    ran,
    touch: (...keys: string[]) => store.touch(keys.map((key) => ({ key, at: now, correlationId: 'c' }))),
    restart: () => (recovery = started()),
    /** Lets time go by, with a look every ten seconds. */
    async pass(ms: number): Promise<void> {
      for (const until = now + ms; now < until; now += everyMs) {
        await runWhatIsDue();
        await recovery.look();
      }
      await runWhatIsDue();
    },
    doneOf: async (keys: readonly string[]) => (await store.jobs(keys)).filter(({ state }) => state === 'done').length,
  };
}

const fault = (code: string, errorClass: 'transient' | 'configuration' | 'permanent' = 'transient'): IntegrationError =>
  new IntegrationError(code, { code, errorClass });
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
    const { pass, touch, doneOf } = service(() => failure);
    failure = trouble;
    await touch(...keys);
    await pass(ms);
    expect(await doneOf(keys)).toBe(0);
    failure = null;
    await pass(2 * everyMs);
    expect(await doneOf(keys)).toBe(keys.length);
    expect(await store.failing()).toEqual([]);
  });

  test('a service that was restarted meanwhile knows as much', async () => {
    const { pass, touch, doneOf, restart } = service(() => failure);
    failure = fault('jira-credentials', 'configuration');
    await touch(...keys);
    await pass(20 * hour);
    expect(await store.deadLetters(100)).toHaveLength(keys.length);
    failure = null;
    restart();
    await pass(everyMs);
    expect(await doneOf(keys)).toBe(keys.length);
  });

  test('a side that answers its probe and not its jobs: one job a look finds out, and wakes the others', async () => {
    const { pass, touch, doneOf, ran } = service(
      () => failure,
      () => true,
    );
    failure = fault('jira-unavailable');
    await touch(...keys);
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
    const { pass, touch, ran, now } = service((key) => (key === 'opportunity:poison' ? poison : failure));
    await touch('opportunity:poison');
    await pass(hour);
    failure = fault('jira-unavailable');
    await touch('opportunity:1');
    await pass(hour);
    failure = null;
    await pass(minute);
    expect(ran.filter(({ key }) => key === 'opportunity:poison')).toHaveLength(1);
    expect(await store.deadLetters(10)).toMatchObject([{ key: 'opportunity:poison' }]);
    expect(ran.at(-1)).toMatchObject({ key: 'opportunity:1' });
    expect(ran.at(-1)?.at).toBeGreaterThan(now() - 2 * minute);
  });

  test('during an outage jobs keep their pauses: looks send nothing but the probe', async () => {
    const { pass, touch, ran } = service(() => failure);
    failure = fault('jira-unavailable');
    await touch('opportunity:1');
    await pass(2 * hour);
    // 2, 4, … 512 s, then every ten minutes.
    expect(ran.length).toBeGreaterThan(18);
    expect(ran.length).toBeLessThan(24);
  });
});
