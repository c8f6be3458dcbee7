import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { z } from 'zod';
import { readConfig } from '../../../plugins-proxy/src/platform/config/read-config';
import { connect } from '../../../plugins-proxy/src/capabilities/connect';
import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { NotJira } from '../../../plugins-proxy/src/clients/jira/not-jira';
import { wrongAddressTries } from '../../../plugins-proxy/src/queue/backoff';
import { judgeAddress } from '../../../plugins-proxy/src/connections/address/judge-address';
import { cacheAddress } from '../../../plugins-proxy/src/connections/address/known-address';
import { budgetModule } from '../../../plugins-proxy/src/capabilities/budget/reconcile/budget-module';
import { handlerOf } from '../../../plugins-proxy/src/reconciler/module-handler';
import { byKind, runJob } from '../../../plugins-proxy/src/reconciler/run-job';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { type Manner, startBeforeJira } from '../before-jira';
import { crmjira } from '../cli-terminal';
import { eventually } from '../eventually';
import { startStandIns } from '../stand-ins';
import { e1, opportunityId, startWorld, stopLater, stopWorlds } from '../world';

afterEach(stopWorlds);

const anyRow = z.record(z.string(), z.unknown());
const key = `opportunity:${opportunityId}`;
/** Longer than any pause of a retry, in milliseconds. */
const hour = 3_600_000;

/** A queue with one opportunity to provision, and a service that reaches Jira through what stands before it. */
async function setUp(manner: Manner) {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-address-'));
  stopLater(async () => rmSync(folder, { recursive: true, force: true }));
  const before = await startBeforeJira(manner);
  stopLater(() => before.close());
  const standIns = await startStandIns(() => new Date());
  stopLater(() => standIns.close());
  before.leadTo(standIns.jiraUrl);
  await standIns.admin.changeSet([{ op: 'upsert', collection: 'opportunities', id: opportunityId, columns: e1 }]);
  const environment = {
    ...standIns.environment,
    JIRA_URL: before.url,
    STORE_FILE: join(folder, 'proxy.sqlite'),
    DATABASE_URL: '',
  };
  let now = Date.now();

  /** Runs what is due as one process would, until it is done or given up. @returns how often it ran */
  async function work(most = 100): Promise<number> {
    const connections = connect(readConfig(environment), () => new Date());
    const store = openSqliteStore(environment.STORE_FILE);
    const address = cacheAddress(store, connections.jira.first);
    try {
      for (let runs = 0; ; runs += 1) {
        const claim = runs === most ? null : await store.claim((now += hour), hour);
        if (claim === null) return runs;
        const outcome = await runJob(
          {
            store,
            handlers: byKind([
              handlerOf(budgetModule(connections.reconciler), {
                dataverse: connections.dataverse,
                environmentSettings: connections.environmentSettings,
                now: () => new Date(now),
                onReconciled: () => undefined,
              }),
            ]),
            judge: (error, tries) => judgeAddress(error, tries, address),
            logger: pino({ level: 'silent' }),
            now: () => new Date(now),
            random: () => 0.5,
          },
          claim,
        );
        await address.keep();
        await (outcome.done ? store.complete(claim, now) : store.fail(claim, outcome.failure, now));
      }
    } finally {
      await store.close();
      await connections.close();
    }
  }
  const enqueue = async (): Promise<void> => {
    const store = openSqliteStore(environment.STORE_FILE);
    await store.enqueue([{ key, at: now, correlationId: 'test' }]);
    await store.close();
  };
  const dead = async () => {
    const store = openSqliteStore(environment.STORE_FILE);
    const letters = await store.deadLetters(10);
    await store.close();
    return letters;
  };
  const run = (...args: string[]) => crmjira(environment, args);
  await enqueue();
  return { before, standIns, work, enqueue, dead, run };
}

describe('an address that is not Jira’s (R-1401, R-1406)', () => {
  test.each(['page', 'json'] as const)(
    'that never was is given up soon, by words that say what to check, and goes on when it is mended (%s)',
    async (manner) => {
      const { before, standIns, work, dead, run } = await setUp(manner);
      expect(await work()).toBe(wrongAddressTries);
      expect(await dead()).toMatchObject([{ key, code: 'jira-page', attempts: wrongAddressTries }]);
      const [{ message = '' } = {}] = await dead();
      expect(message).toMatch(
        /^What answers at JIRA_URL is not Jira: .*\(404\).* Check JIRA_URL .* proxy or gateway before Jira\..*runs again when Jira answers there/,
      );
      const doctor = await run('doctor', '--symptom', 'connection-timeout');
      expect(doctor.code).toBe(1);
      expect(doctor.out).toMatch(/FAILED +API endpoint of Jira answers: What answers at JIRA_URL is not Jira/);

      const tasks = await standIns.admin.many('tasks', { select: ['subject', 'description'] }, anyRow);
      expect(tasks).toMatchObject([
        {
          subject: expect.stringContaining('(jira-page)'),
          description: expect.stringContaining('Check JIRA_URL'),
        },
      ]);

      before.become('pass');
      expect(await run('dead-letters', 'retry', '--all')).toMatchObject({ code: 0, err: '' });
      await work();
      expect(await dead()).toEqual([]);
      expect(
        await standIns.admin.many('crmjira_budget_mappings', { select: ['crmjira_provisioning_state'] }, anyRow),
      ).toMatchObject([{ crmjira_provisioning_state: 4 }]);
    },
    60_000,
  );

  test.each(['page', 'json'] as const)(
    'for a while only is waited out as any outage, also by a service that starts anew in it (%s)',
    async (manner) => {
      const { before, standIns, work, enqueue, dead } = await setUp('pass');
      await work();
      before.become(manner);
      await enqueue();
      // A process that knows nothing of the one before it but what is in the store.
      expect(await work(wrongAddressTries + 1)).toBe(wrongAddressTries + 1);
      expect(await dead()).toEqual([]);
      const mapping = async () => (await standIns.admin.many('crmjira_budget_mappings', { select: [] }, anyRow))[0];
      // Nothing there: neither is the project said to be deleted, nor the token to be wrong.
      expect(await mapping()).toMatchObject({ crmjira_provisioning_state: 4, crmjira_last_error_code: 'jira-page' });
      before.become('pass');
      await work();
      expect(await mapping()).toMatchObject({ crmjira_provisioning_state: 4, crmjira_last_error_code: null });
    },
    60_000,
  );
});

describe('a "not found" is believed of Jira only (R-1401)', () => {
  const missing = new IntegrationError('x', { code: 'jira-not-found', errorClass: 'permanent', status: 404 });
  const page = new IntegrationError('x', { code: 'jira-page', errorClass: 'transient', status: 404 });
  const notJira = new NotJira('says that nothing is there (404)', 'JIRA_URL', { status: 404 });
  const away = new IntegrationError('x', { code: 'network', errorClass: 'transient' });
  const known = async (): Promise<boolean> => true;

  test('of a site that answers as Jira it stands as it is', async () => {
    const address = { ask: async () => undefined, isKnown: known };
    expect(await judgeAddress(missing, 1, address)).toBe(missing);
    expect(await judgeAddress(page, 19, address)).toBe(page);
  });

  test('of one that does not, or not at all, it is tried again', async () => {
    expect(await judgeAddress(missing, 1, { ask: () => Promise.reject(notJira), isKnown: known })).toBe(notJira);
    expect(await judgeAddress(missing, 1, { ask: () => Promise.reject(away), isKnown: known })).toBe(away);
  });

  test('of an address that has answered as Jira it is never given up (F-501)', async () => {
    const ask = (): Promise<never> => Promise.reject(notJira);
    expect(await judgeAddress(notJira, 1_000, { ask, isKnown: known })).toBe(notJira);
    const wrong = await judgeAddress(notJira, wrongAddressTries, { ask, isKnown: async () => false });
    expect(wrong).toMatchObject({ name: 'WrongAddress', errorClass: 'configuration' });
  });

  test('the site is not asked about other trouble', async () => {
    const ask = jest.fn();
    for (const status of [400, 403, 503]) {
      const error = new IntegrationError('x', { code: 'jira-refused', errorClass: 'permanent', status });
      expect(await judgeAddress(error, 1, { ask, isKnown: known })).toBe(error);
    }
    expect(ask).not.toHaveBeenCalled();
  });
});

test('R-1401 the service gives a wrong address up and /health tells it meanwhile and afterwards', async () => {
  const before = await startBeforeJira('json');
  stopLater(() => before.close());
  const start = '2025-01-15T14:00:00Z';
  const world = await startWorld(start, ({ JIRA_URL = '' }) => {
    before.leadTo(JIRA_URL);
    return { JIRA_URL: before.url, INBOUND: 'none', POLL_INTERVAL_MS: '300' };
  });
  const health = async () => (await fetch(`${world.proxyUrl}/health`)).json();
  const wrong = { ok: false, code: 'jira-page', says: expect.stringContaining('Check JIRA_URL') };
  expect(await health()).toMatchObject({ status: 'degraded', jira: wrong, queue: { dead: 0 } });
  await world.write('opportunities', opportunityId, e1);
  let minutes = 0;
  await eventually(async () => {
    world.setClock(new Date(Date.parse(start) + (minutes += 1) * 60_000).toISOString());
    expect(await health()).toMatchObject({ status: 'degraded', jira: wrong, queue: { pending: 0, dead: 1 } });
  });
  expect(world.lines.filter((line) => line.includes('Given up after 5 tries'))).not.toEqual([]);
  before.become('pass');
  // Nobody has to wake it: the address answers as Jira (F-501).
  await eventually(async () => {
    expect(await world.rows('crmjira_budget_mappings')).toMatchObject([{ crmjira_provisioning_state: 4 }]);
  });
});
