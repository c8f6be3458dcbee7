import { Health } from '@crmjira/domain';
import { healthColumns, readShownSync, showHealth } from '../../plugins-proxy/src/health/show-health';
import type { HealthReport } from '../../plugins-proxy/src/health/health-report';
import { createTokenSource } from '../../plugins-proxy/src/dataverse/token-source';
import { createDataverseClient } from '../../plugins-proxy/src/dataverse/dataverse-client';
import { createProxy } from '../../plugins-proxy/src/create-proxy';
import { createLogger } from '../../plugins-proxy/src/log/create-logger';
import { eventually } from './eventually';
import { keepLines } from './log-lines';
import { freePort } from '../free-port';
import { startWorld, stopLater, stopWorlds } from './world';
import { defaultThresholds } from '../../plugins-proxy/src/metrics/thresholds';

afterEach(stopWorlds, 30_000);

const now = new Date('2025-01-15T15:00:00Z');
const report = (over: Partial<HealthReport> = {}): HealthReport => ({
  status: 'ok',
  store: { ok: true },
  dataverse: { ok: true },
  jira: { ok: true },
  queue: null,
  deliveries: null,
  counters: null,
  lastSyncOn: '2025-01-15T14:59:00.000Z',
  uptimeSeconds: 1,
  daysLeft: {},
  secretAgeDays: {},
  thresholds: defaultThresholds,
  alerts: [],
  recentFailures: 0,
  environment: { ok: true },
  provisioningsHeld: 0,
  shownInDynamics: null,
  ...over,
});

test.each([
  [report(), Health.Healthy, true],
  [report({ status: 'degraded', jira: { ok: false, says: 'away' } }), Health.Degraded, false],
  [report({ status: 'down' }), Health.Down, true],
])('the connection row tells %# as people read it', (given, health, jiraOk) => {
  expect(healthColumns(given, now)).toEqual({
    crmjira_health: health,
    crmjira_last_test_on: '2025-01-15T15:00:00.000Z',
    crmjira_last_test_ok: jiraOk,
    crmjira_last_sync_on: '2025-01-15T14:59:00.000Z',
  });
});

test('R-1104 the connection row tells how many jobs wait and how many were given up, for the tiles of the health page', () => {
  const queue = { pending: 7, running: 2, dead: 3, oldestDueAgeMs: null };
  expect(healthColumns(report({ queue }), now)).toMatchObject({ crmjira_jobs_waiting: 7, crmjira_dead_letters: 3 });
  expect(healthColumns(report({ queue: null }), now)).not.toHaveProperty('crmjira_dead_letters');
});

test('nothing is said of a sync that was not', () => {
  expect(healthColumns(report({ lastSyncOn: null }), now)).not.toHaveProperty('crmjira_last_sync_on');
});

test('a newer sync that another replica has shown is not taken back', () => {
  const newer = healthColumns(report(), now, new Date('2025-01-15T14:59:30Z'));
  expect(newer).not.toHaveProperty('crmjira_last_sync_on');
  const older = healthColumns(report(), now, new Date('2025-01-15T14:58:00Z'));
  expect(older).toHaveProperty('crmjira_last_sync_on', '2025-01-15T14:59:00.000Z');
});

test('health is written by the service itself (R-1102)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z');
  const { config } = world;
  const asService = createDataverseClient({
    url: config.dataverse.url,
    timeoutMs: 5_000,
    tokens: createTokenSource(config.dataverse, 5_000),
  });
  const context = { connectionId: config.connectionId, now: () => now, report: async () => report() };
  expect(await showHealth({ ...context, dataverse: asService })).toEqual({ ok: true });
  expect(await world.one('crmjira_integrations', config.connectionId)).toMatchObject({
    crmjira_health: Health.Healthy,
    crmjira_last_test_ok: true,
  });
  expect(await readShownSync(asService, config.connectionId)).toEqual(new Date('2025-01-15T14:59:00Z'));
  // Somebody without the privilege is told so.
  const reader = { ...context, dataverse: world.standIns.as('opportunity.owner@company.com') };
  expect(await showHealth(reader)).toEqual({ ok: false, says: expect.stringContaining('may not write') });
});

test('the last sync survives a restart: it is read back from the connection row (R-1102)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z');
  const { connectionId } = world.config;
  const shown = '2025-01-14T11:00:00Z';
  await world.stopProxy();
  await world.write('crmjira_integrations', connectionId, { crmjira_last_sync_on: shown });
  const again = await createProxy(
    { ...world.config, port: await freePort() },
    createLogger('error', [], keepLines().stream),
    world.clock,
  );
  stopLater(() => again.stop());
  const url = await again.start();
  await eventually(async () => {
    const body = (await (await fetch(`${url}/health`)).json()) as { lastSyncOn: string | null };
    expect(body.lastSyncOn).toBe('2025-01-14T11:00:00.000Z');
  });
});

test('/health tells connections, queue, days left, failures, and whether Dynamics shows it (R-1102, R-1106)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z', {
    JIRA_TOKEN_EXPIRES_ON: '2025-01-22',
    DATAVERSE_SECRET_EXPIRES_ON: '2025-03-15',
  });
  await world.provision();
  const told = await eventually(async () => {
    const body = (await (await fetch(`${world.proxyUrl}/health`)).json()) as Record<string, unknown>;
    expect(body).toMatchObject({ shownInDynamics: { ok: expect.any(Boolean) }, daysLeft: expect.anything() });
    return body;
  });
  expect(told).toMatchObject({
    status: 'ok',
    dataverse: { ok: true, latencyMs: expect.any(Number) },
    jira: { ok: true, latencyMs: expect.any(Number) },
    queue: { pending: 0, dead: 0 },
    recentFailures: 0,
    lastSyncOn: expect.stringMatching(/^2025-01-15T15:/),
    daysLeft: { 'token jira': 7.3, 'token dataverse': 59.3 },
  });
});
