import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeDaysLeft } from '../../../../plugins-proxy/src/cli/doctor/connection-checks';
import { configSchema } from '../../../../plugins-proxy/src/platform/config/config-schema';
import { symptoms } from '../../../../plugins-proxy/src/platform/errors/symptoms';
import { troubleshootingText } from '../../../../plugins-proxy/src/platform/errors/troubleshooting';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';
import { crmjira, jsonOf, type Run } from '../../cli-terminal';
import { environment, testConfig } from '../../test-config';
import { startWorld, stopWorlds, type World } from '../../world';

/** Without what the formatter adds: padding of tables. */
const plain = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim();
const stepsOf = (id: string): string[] => symptoms.find((one) => one.id === id)?.steps.map(({ check }) => check) ?? [];

test('R-1402 R-1408 a missing project is looked for in this order: connectivity, authentication, key conflicts', () => {
  expect(stepsOf('project-not-created')).toEqual([
    ...['gateway', 'jira', 'firewall'],
    ...['token', 'credentials', 'permissions', 'token-validity'],
    ...['project-keys', 'manual-call'],
  ]);
});

test('R-1403 R-1409 a late budget is looked for in this order: webhook, runs, figures', () => {
  expect(stepsOf('budget-late')).toEqual([
    ...['webhook', 'intake', 'latency'],
    ...['run-history', 'slowest-runs', 'dataverse-response'],
    ...['calculation', 'number-format', 'currency'],
  ]);
});

test('R-1405 R-1411 the debugging order: connection, log, status of the other service, rights', () => {
  expect(stepsOf('other')).toEqual(['jira', 'who-am-i', 'run-history', 'service-status', 'permissions', 'roles']);
  expect(symptoms.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['connection-timeout', 'authentication', 'sync-conflict', 'slow']),
  );
});

test('R-1402 R-1403 R-1404 R-1405 docs/troubleshooting.md is written from the same table (npm run generate:troubleshooting)', () => {
  const file = join(__dirname, '..', '..', '..', '..', 'docs', 'troubleshooting.md');
  expect(plain(readFileSync(file, 'utf8'))).toBe(plain(troubleshootingText()));
});

test.each([
  [{ Jira: 60, Dataverse: 8 }, 'ok'],
  [{ Jira: 60, Dataverse: 7 }, 'warning'],
  [{ Jira: null, Dataverse: 60 }, 'warning'],
  [{ Jira: -0.1, Dataverse: 60 }, 'failed'],
])('R-1404 days left %j are judged %s', (left, status) => {
  expect(judgeDaysLeft(left).status).toBe(status);
});

test('R-1404 the guide names the second way to sign in by the variables that switch it on', () => {
  const told = symptoms.find(({ id }) => id === 'token-expired')?.afterwards.join('\n') ?? '';
  const named = [...told.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)].map(([name]) => name);
  expect(named).toEqual(expect.arrayContaining(['JIRA_CREDENTIAL_FALLBACK', 'JIRA_USER', 'JIRA_PASSWORD']));
  expect(named.filter((name) => !(name in configSchema.shape))).toEqual([]);
  expect(testConfig().jira.fallback).toBeNull();
});

interface Step {
  readonly check: string;
  readonly status: string;
  readonly says: string;
  readonly cause?: string;
  readonly remedy?: string;
}

describe('crmjira doctor --symptom', () => {
  let world: World;
  afterEach(stopWorlds);
  const walk = (symptom: string, over: Record<string, string> = {}): Promise<Run> =>
    crmjira({ ...world.standIns.environment, ...over }, ['doctor', '--symptom', symptom, '--json'], world.clock);
  const found = (run: Run): Record<string, Step> =>
    Object.fromEntries((jsonOf(run)['steps'] as Step[]).map((step) => [step.check, step]));

  test('a name that is no symptom is refused with 2 and the names there are', async () => {
    const run = await crmjira(environment, ['doctor', '--symptom', 'sadness']);
    expect(run.code).toBe(2);
    for (const { id } of symptoms) expect(run.err).toContain(id);
  });

  test('R-1402 R-1403 R-1404 R-1405 every walk of a working service ends well, step by step in its order', async () => {
    world = await startWorld('2025-01-15T15:00:00Z');
    await world.provision();
    for (const { id, steps } of symptoms) {
      const run = await walk(id, { JIRA_TOKEN_EXPIRES_ON: '2025-06-30', DATAVERSE_SECRET_EXPIRES_ON: '2025-06-30' });
      const results = jsonOf(run)['steps'] as Step[];
      expect(results.map(({ check }) => check)).toEqual(steps.map(({ check }) => check));
      // The clock of the scenario is not the one that the stand-ins send in their headers.
      const broken = results.filter(({ status, check }) => status === 'failed' && check !== 'clock');
      expect([id, broken]).toEqual([id, []]);
      expect(run.code).toBe(results.some(({ status }) => status === 'failed') ? 1 : 0);
    }
  });

  test('R-1408 a wrong token and a foreign project are found, each with cause and remedy', async () => {
    world = await startWorld('2025-01-15T15:00:00Z');
    await world.jira('POST', '/project', {
      key: 'CRMAAAAAAA',
      name: 'Somebody else',
      projectTypeKey: 'software',
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
      leadAccountId: (await world.jira('GET', '/myself'))['accountId'],
    });
    const keys = found(await walk('project-not-created'))['project-keys'];
    expect(keys).toMatchObject({ status: 'warning', says: expect.stringContaining('not ours: CRMAAAAAAA') });
    expect(keys?.cause).toContain('taken');

    const run = await walk('project-not-created', { JIRA_API_TOKEN: 'a-token-that-has-ended' });
    expect(run.code).toBe(1);
    const steps = found(run);
    expect(steps['firewall']?.status).toBe('ok');
    expect(steps['credentials']).toMatchObject({
      status: 'failed',
      remedy: expect.stringContaining('create a new token'),
    });
    expect(steps['manual-call']).toMatchObject({ status: 'failed' });
    expect(run.out).not.toContain('a-token-that-has-ended');
  });

  test('R-1405 a closed port is told from a refused token', async () => {
    world = await startWorld('2025-01-15T15:00:00Z');
    const steps = found(await walk('connection-timeout', { JIRA_URL: 'http://127.0.0.1:1' }));
    expect(steps['firewall']).toMatchObject({ status: 'failed', says: 'Jira at 127.0.0.1:1: ECONNREFUSED' });
  });

  test('R-1409 wrong sums and wrong decimals are found in the rows', async () => {
    world = await startWorld('2025-01-15T15:00:00Z');
    const mapping = await world.provision();
    await world.stopProxy();
    await world.write('crmjira_budget_mappings', mapping, {
      crmjira_remaining_budget: 249_999.99,
      crmjira_utilization: 12,
    });
    await world.standIns.dataverse.seed([
      {
        table: 'crmjira_integration_log',
        row: {
          crmjira_integration_logid: guidOf('slow'),
          crmjira_name: 'LOG-9',
          crmjira_operation_type: 2,
          crmjira_source_system: 2,
          crmjira_source_record_id: 'CRMABC',
          crmjira_integration_status: 2,
          crmjira_correlation_id: 'the-slow-one',
          crmjira_duration_ms: 400_000,
          createdon: '2025-01-15T14:00:00Z',
        },
      },
    ]);
    const run = await walk('budget-late');
    expect(run.code).toBe(1);
    expect(found(run)).toMatchObject({
      calculation: {
        status: 'failed',
        says: '1 of 1: CRMWYVLZZJ',
        remedy: expect.stringContaining('crmjira sync --all'),
      },
      'number-format': { status: 'failed' },
      'slowest-runs': { status: 'warning', says: expect.stringContaining('400000 ms') },
      currency: { status: 'ok' },
    });
  });
});
