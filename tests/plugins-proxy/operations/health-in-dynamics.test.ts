import { BudgetSource, Health, money } from '@crmjira/domain';
import { gatewayOf } from '../../../plugins-proxy/src/operations/health/create-health';
import { healthColumns, readShown, showHealth } from '../../../plugins-proxy/src/operations/health/show-health';
import type { HealthReport } from '../../../plugins-proxy/src/operations/health/health-report';
import type { SourceFigures } from '../../../plugins-proxy/src/operations/health/source-figures';
import type { SpeakingAlert } from '../../../plugins-proxy/src/operations/metrics/judge-alerts';
import { createTokenSource } from '../../../plugins-proxy/src/clients/dataverse/token-source';
import { createDataverseClient } from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { createProxy } from '../../../plugins-proxy/src/create-proxy';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { eventually } from '../eventually';
import { keepLines } from '../log-lines';
import { freePort } from '../../free-port';
import { startWorld, stopLater, stopWorlds } from '../world';
import { defaultThresholds } from '../../../plugins-proxy/src/platform/config/thresholds';

afterEach(stopWorlds);

const now = new Date('2025-01-15T15:00:00Z');
const report = (over: Partial<HealthReport> = {}): HealthReport => ({
  status: 'ok',
  store: { ok: true },
  dataverse: { ok: true },
  jira: { ok: true },
  budgetSource: { ok: true },
  gateway: 'none',
  jiraCallsPerMinute: 0,
  processingSeconds: null,
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
  webhooks: null,
  sweep: null,
  provisioningsHeld: 0,
  unfinished: {},
  shownInDynamics: null,
  ...over,
});

test.each([
  [report(), Health.Healthy, true],
  [report({ status: 'degraded', jira: { ok: false, says: 'away' } }), Health.Degraded, false],
  [report({ status: 'down' }), Health.Down, true],
])('the connection row tells %# as people read it', (given, health, jiraOk) => {
  expect(healthColumns(given, now)).toMatchObject({
    crmjira_health: health,
    crmjira_last_test_on: '2025-01-15T15:00:00.000Z',
    crmjira_last_test_ok: jiraOk,
    crmjira_last_sync_on: '2025-01-15T14:59:00.000Z',
  });
});

test('R-1104 the connection row tells how many jobs wait and how many were given up, for the tiles of the health page', () => {
  const queue = { pending: 7, running: 2, dead: 3, retrying: 0, failing: {}, oldestDueAgeMs: null };
  expect(healthColumns(report({ queue }), now)).toMatchObject({ crmjira_jobs_waiting: 7, crmjira_dead_letters: 3 });
  expect(healthColumns(report({ queue: null }), now)).not.toHaveProperty('crmjira_dead_letters');
});

describe('the connection row tells of each side on its own (R-1102, R-1501)', () => {
  const away = {
    ok: false,
    says: 'Jira is not available just now (503); it is tried again.',
    code: 'jira-unavailable',
  };

  test('in words and by code, since when, and when it last did well', () => {
    const columns = healthColumns(report({ jira: away, budgetSource: away, gateway: { ok: true } }), now);
    expect(columns).toMatchObject({
      crmjira_jira_health: Health.Down,
      crmjira_jira_since: '2025-01-15T15:00:00Z',
      crmjira_jira_reason: away.says,
      crmjira_jira_reason_code: 'jira-unavailable',
      crmjira_budget_source_health: Health.Down,
      crmjira_dataverse_health: Health.Healthy,
      crmjira_dataverse_last_good_on: '2025-01-15T15:00:00Z',
      crmjira_dataverse_reason: null,
      crmjira_gateway_health: Health.Healthy,
    });
    expect(columns).not.toHaveProperty('crmjira_jira_last_good_on');
  });

  test('a state that stands keeps the time at which it began; another begins now', () => {
    const since = '2025-01-14T08:00:00Z';
    const states = { jira: { health: Health.Down, since }, dataverse: { health: Health.Healthy, since } };
    const shown = { lastSyncOn: null, states };
    expect(healthColumns(report({ jira: away }), now, shown)).not.toHaveProperty('crmjira_jira_since');
    expect(healthColumns(report(), now, shown)).toMatchObject({
      crmjira_jira_since: '2025-01-15T15:00:00Z',
      crmjira_jira_reason: null,
      crmjira_jira_reason_code: null,
    });
  });

  test('a Dataverse that was out of reach in between does well since now', () => {
    const since = '2025-01-14T08:00:00Z';
    const shown = { lastSyncOn: null, states: { dataverse: { health: Health.Healthy, since } } };
    expect(healthColumns(report(), now, shown)).not.toHaveProperty('crmjira_dataverse_since');
    expect(healthColumns(report(), now, shown, true)).toHaveProperty('crmjira_dataverse_since', '2025-01-15T15:00:00Z');
  });

  test.each([
    ['asks to slow down', { jira: { ok: false, says: 'Slow.', code: 'jira-rate-limit' } }, 'jira', Health.Degraded],
    ['takes the row though its probe failed', { dataverse: { ok: false, says: 'No.' } }, 'dataverse', Health.Degraded],
    ['is not on the way', { gateway: 'none' }, 'gateway', Health.NotUsed],
    ['may be to blame, or Jira behind it', { gateway: 'unknown' }, 'gateway', Health.Unknown],
    ['is not known yet', { budgetSource: 'unknown' }, 'budget_source', Health.Unknown],
  ] as const)('a side that %s', (_what, over, name, health) => {
    expect(healthColumns(report(over), now)).toHaveProperty(`crmjira_${name}_health`, health);
  });

  test('whatever Jira has said came through the gateway; of silence nobody knows', () => {
    expect(gatewayOf({ ok: true })).toEqual({ ok: true });
    expect(gatewayOf(away)).toEqual({ ok: true });
    expect(gatewayOf({ ...away, timedOut: true })).toBe('unknown');
    const refused = {
      ok: false,
      says: 'The gateway before Jira refused the tunnel (407).',
      code: 'gateway-unavailable',
    };
    expect(gatewayOf(refused)).toBe(refused);
  });
});

describe('the connection row tells what the mock-up of the health page has beside them (R-1102)', () => {
  const queue = { pending: 7, running: 2, dead: 3, retrying: 0, failing: {}, oldestDueAgeMs: 190_400 };
  const limits = { ...defaultThresholds, SlowResponseSeconds: 2.5 };

  test('the limit of a response, as Dynamics sets it (R-1103), and how long the oldest job has waited', () => {
    expect(healthColumns(report({ queue, thresholds: limits }), now)).toMatchObject({
      crmjira_jira_limit_ms: 2_500,
      crmjira_oldest_waiting_s: 190,
    });
    const none = { ...queue, pending: 0, oldestDueAgeMs: null };
    expect(healthColumns(report({ queue: none }), now)).toHaveProperty('crmjira_oldest_waiting_s', 0);
    expect(healthColumns(report({ queue: null }), now)).toHaveProperty('crmjira_oldest_waiting_s', null);
  });

  test('kind, rate and delay of the budget source (R-507, R-513, R-1110)', () => {
    const source = { kind: 'computed', rate: money(12_550, 'CAD') } as const;
    const written = (of: SourceFigures) =>
      healthColumns(report({ processingSeconds: 14.6 }), now, undefined, false, of);
    expect(written(source)).toMatchObject({
      crmjira_budget_source_kind: BudgetSource.ComputedWorklogsRate,
      crmjira_budget_source_rate: 125.5,
      crmjira_budget_source_rate_currency: 'CAD',
      crmjira_budget_source_delay_s: 15,
    });
    // The contract tells amounts: a rate of ours would be shown and never used.
    expect(written({ ...source, kind: 'budget-module' })).toMatchObject({
      crmjira_budget_source_kind: BudgetSource.BudgetModule,
      crmjira_budget_source_rate: null,
      crmjira_budget_source_rate_currency: null,
    });
    expect(healthColumns(report(), now)).toMatchObject({
      crmjira_budget_source_kind: null,
      crmjira_budget_source_rate: null,
      crmjira_budget_source_delay_s: null,
    });
  });

  const expiring = (alert: string, of: string): SpeakingAlert => ({
    alert,
    of,
    value: 28,
    limit: 30,
    unit: 'days',
    severity: 'warning',
    setting: null,
  });

  test('a side that does well needs attention once something of it ends soon; its test was good all the same (R-1106)', () => {
    const alerts = [expiring('CrmJiraCertificateExpires', 'gateway'), expiring('CrmJiraTokenExpires', 'METRICS_TOKEN')];
    expect(healthColumns(report({ gateway: { ok: true }, alerts }), now)).toMatchObject({
      crmjira_gateway_health: Health.Degraded,
      crmjira_gateway_reason_code: 'expires-soon',
      crmjira_gateway_last_good_on: '2025-01-15T15:00:00Z',
      crmjira_jira_health: Health.Healthy,
      crmjira_dataverse_health: Health.Healthy,
    });
  });

  test('a Jira that answers needs attention while its webhooks do not arrive; its own trouble is told first (F-502)', () => {
    const webhooks = { ok: false, says: 'Webhooks do not arrive.', code: 'webhooks-silent' };
    expect(healthColumns(report({ webhooks }), now)).toMatchObject({
      crmjira_jira_health: Health.Degraded,
      crmjira_jira_reason: 'Webhooks do not arrive.',
      crmjira_jira_reason_code: 'webhooks-silent',
    });
    const away = { ok: false, says: 'No.', code: 'jira-unavailable' };
    expect(healthColumns(report({ webhooks, jira: away }), now)).toMatchObject({
      crmjira_jira_reason_code: 'jira-unavailable',
    });
  });

  test('what is wrong is told before what will be', () => {
    const away = { ok: false, says: 'No.', code: 'jira-unavailable' };
    const alerts = [expiring('CrmJiraTokenExpires', 'jira')];
    expect(healthColumns(report({ jira: away, alerts }), now)).toMatchObject({
      crmjira_jira_health: Health.Down,
      crmjira_jira_reason_code: 'jira-unavailable',
    });
  });
});

describe('the connection row tells the figures of each side (R-1102, R-1106)', () => {
  test('how fast it answered, what comes through the gateway, and when its first secret or certificate ends', () => {
    const told = report({
      jira: { ok: true, latencyMs: 420 },
      dataverse: { ok: true, latencyMs: 180 },
      budgetSource: { ok: true, latencyMs: 95 },
      gateway: { ok: true },
      jiraCallsPerMinute: 30.6,
      daysLeft: {
        'token jira': 60.2,
        'token JIRA_API_TOKEN': 41.9,
        'certificate jira': 200,
        'token dataverse': -0.5,
        'certificate gateway': 88.1,
        'certificate gateway client': 28.7,
        'certificate proxy': 2,
        'token METRICS_TOKEN': 1,
      },
    });
    expect(healthColumns(told, now)).toMatchObject({
      crmjira_jira_response_ms: 420,
      crmjira_jira_days_left: 41,
      crmjira_dataverse_response_ms: 180,
      crmjira_dataverse_days_left: 0,
      crmjira_budget_source_response_ms: 95,
      crmjira_gateway_calls_per_minute: 31,
      crmjira_gateway_days_left: 28,
    });
  });

  test('takes back what is not known any more: a failed try is no response, and a gateway that is none has no load', () => {
    const told = report({
      jira: { ok: false, says: 'No.', code: 'jira-unavailable', latencyMs: 5_000 },
      budgetSource: 'unknown',
      jiraCallsPerMinute: 12,
      daysLeft: { 'certificate gateway': 5 },
    });
    expect(healthColumns(told, now)).toMatchObject({
      crmjira_jira_response_ms: null,
      crmjira_jira_days_left: null,
      crmjira_dataverse_response_ms: null,
      crmjira_budget_source_response_ms: null,
      crmjira_gateway_calls_per_minute: null,
      crmjira_gateway_days_left: null,
    });
  });
});

test('nothing is said of a sync that was not', () => {
  expect(healthColumns(report({ lastSyncOn: null }), now)).not.toHaveProperty('crmjira_last_sync_on');
});

test('a newer sync that another replica has shown is not taken back', () => {
  const newer = healthColumns(report(), now, { lastSyncOn: new Date('2025-01-15T14:59:30Z'), states: {} });
  expect(newer).not.toHaveProperty('crmjira_last_sync_on');
  const older = healthColumns(report(), now, { lastSyncOn: new Date('2025-01-15T14:58:00Z'), states: {} });
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
    crmjira_jira_response_ms: null,
  });
  expect(await readShown(asService, config.connectionId)).toMatchObject({
    lastSyncOn: new Date('2025-01-15T14:59:00Z'),
    states: { gateway: { health: Health.NotUsed, since: expect.stringMatching(/^2025-01-15T15:00/) } },
  });
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
  // Who asks may be anybody: what an hour costs stands on the row alone, which administrators read.
  expect(JSON.stringify(told)).not.toMatch(/rate"|CAD/i);
  expect(await world.one('crmjira_integrations', world.config.connectionId)).toMatchObject({
    crmjira_jira_limit_ms: 5_000,
    crmjira_oldest_waiting_s: expect.any(Number),
    crmjira_budget_source_kind: BudgetSource.ComputedWorklogsRate,
    crmjira_budget_source_rate: expect.any(Number),
    crmjira_budget_source_rate_currency: 'CAD',
  });
});
