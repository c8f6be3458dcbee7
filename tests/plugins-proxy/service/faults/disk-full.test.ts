import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../../../plugins-proxy/src/app';
import { signBody } from '../../../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { createStoreProbe } from '../../../../plugins-proxy/src/operations/health/probe-store';
import { createLogger } from '../../../../plugins-proxy/src/platform/log/create-logger';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { eventually } from '../../eventually';
import { signed } from '../../intake-app';
import { keepLines } from '../../log-lines';
import { type ProxyChild, startProxyChild } from '../../proxy-child';
import { type StandIns, startStandIns } from '../../stand-ins';
import { testConfig } from '../../test-config';
import { tellsOfItself } from './trouble';
import { defaultTriggers } from '../../default-triggers';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmjira-full-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A delivery that has no effect, so that nothing but the inbox grows. */
const bodyOf = (n: number): string => JSON.stringify({ webhookEvent: 'sprint_closed', timestamp: n });

test('R-504 on a full disk every delivery is refused as one to send again, /ready says so, and room makes all well again', async () => {
  const maximumBytes = 512 * 1_024;
  const store = openSqliteStore(join(folder, 'proxy.sqlite'), maximumBytes);
  let now = Date.parse('2025-01-20T15:00:00Z');
  const clock = (): Date => new Date(now);
  const keeps = createStoreProbe(store, clock);
  const app = buildApp({
    config: testConfig(),
    logger: createLogger('info', [], keepLines().stream),
    intake: { store, now: clock, wake: () => undefined, accepts: () => true, triggers: defaultTriggers },
    decideStep: async () => ({ allowed: true }),
    health: { ready: async () => (await keeps()).ok, report: () => Promise.reject(new Error('not part of this test')) },
  });
  const send = async (n: number): Promise<number> => (await app.inject(signed(bodyOf(n)))).statusCode;
  const ready = async (): Promise<number> => (await app.inject('/ready')).statusCode;
  expect(await ready()).toBe(200);
  let kept = 0;
  while ((await send(kept)) === 200) kept += 1;
  expect(kept).toBeGreaterThan(100);
  now += 10_000;
  expect(await ready()).toBe(503);
  const refused = await app.inject(signed(bodyOf(kept)));
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '5']);
  expect(refused.json()).toMatchObject({ code: 'unavailable' });
  expect((await store.statistics(now)).deliveries.ignored).toBe(kept);
  // Room again, as retention makes it: nobody has to start anything anew.
  await store.prune(now + 1);
  now += 10_000;
  expect(await ready()).toBe(200);
  expect(await send(kept)).toBe(200);
  await app.close();
  await store.close();
});

describe('a proxy whose store is full', () => {
  let standIns: StandIns;
  let child: ProxyChild | null = null;
  afterEach(async () => {
    child?.kill();
    await child?.gone();
    await standIns.close();
  });

  test('R-504 says that it is down, and keeps every delivery that it has acknowledged', async () => {
    standIns = await startStandIns(() => new Date());
    const environment = { ...standIns.environment, STORE_FILE: join(folder, 'proxy.sqlite'), LOG_LEVEL: 'warn' };
    child = await startProxyChild({ ...environment, STORE_MAX_MB: '1' });
    const { url } = child;
    const send = async (n: number): Promise<number> => {
      const body = bodyOf(n);
      const answer = await fetch(`${url}/webhooks/jira/${standIns.config.connectionId}`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-hub-signature': signBody(Buffer.from(body), standIns.config.jira.webhookSecrets[0]),
        },
      });
      await answer.arrayBuffer();
      return answer.status;
    };
    const counts = new Map<number, number>();
    for (let n = 0; !counts.has(503) && n < 20_000; n += 50)
      for (const status of await Promise.all(Array.from({ length: 50 }, (_, more) => send(n + more))))
        counts.set(status, (counts.get(status) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual([200, 503]);
    await eventually(async () =>
      expect(await tellsOfItself(url)).toMatchObject({
        status: 'down',
        store: { ok: false },
        healthStatus: 503,
        readyStatus: 503,
      }),
    );
    child.kill();
    await child.gone();
    // A bigger disk: what was acknowledged is there, and what comes is kept.
    child = await startProxyChild(environment);
    await eventually(async () =>
      expect(await tellsOfItself(url)).toMatchObject({ store: { ok: true }, healthStatus: 200, readyStatus: 200 }),
    );
    const report = (await (await fetch(`${url}/health`)).json()) as { deliveries: { ignored: number } };
    expect(report.deliveries.ignored).toBe(counts.get(200));
    expect(await send(1e9)).toBe(200);
  }, 120_000);
});
