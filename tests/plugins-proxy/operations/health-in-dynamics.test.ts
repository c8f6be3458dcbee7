import { BudgetSource, Health, money } from '@crmjira/domain';
import { gatewayOf } from '../../../plugins-proxy/src/operations/health/create-health';
import {
  healthWrites,
  readLastSync,
  type Shown,
  showHealth,
} from '../../../plugins-proxy/src/operations/health/show-health';
import type { HealthReport } from '../../../plugins-proxy/src/operations/health/health-report';
import { dependencyRowId } from '../../../plugins-proxy/src/operations/health/dependency-rows';
import type { SourceFigures } from '../../../plugins-proxy/src/operations/health/source-figures';
import type { SpeakingAlert } from '../../../plugins-proxy/src/operations/metrics/judge-alerts';
import { createTokenSource } from '../../../plugins-proxy/src/clients/dataverse/token-source';
import { createDataverseClient } from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { createProxy } from '../../../plugins-proxy/src/create-proxy';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { eventually } from '../eventually';
import { keepLines } from '../log-lines';
import { freePort } from '../../free-port';
import { shownByWrites } from '../shown-health';
import { startWorld, stopLater, stopWorlds } from '../world';
import { defaultThresholds } from '../../../plugins-proxy/src/platform/config/thresholds';

afterEach(stopWorlds);

const now = new Date('2025-01-15T15:00:00Z');
const FIRST = 'c0000000-0000-4000-8000-000000000001';
const SECOND = 'c0000000-0000-4000-8000-000000000002';

/** The first connection does as the report says at its top. */
const connectionsOf = ({ jira, budgetSource, environment, webhooks }: Omit<HealthReport, 'connections'>) => [
  { id: FIRST, name: 'Jira', jira, budgetSource, environment, webhooks, waiting: 2, deadLetters: 1 },
];

const whole = (over: Partial<HealthReport>): Omit<HealthReport, 'connections'> => ({
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

const report = (over: Partial<HealthReport> = {}): HealthReport => ({
  connections: connectionsOf(whole(over)),
  ...whole(over),
});

/** What people see of a connection, by default the first. */
const columnsOf = (
  given: HealthReport,
  shown: Partial<Shown> = {},
  wasLost = false,
  source?: SourceFigures,
  connectionId = FIRST,
) =>
  shownByWrites(
    healthWrites(
      given,
      now,
      { lastSyncOn: null, states: new Map(), ...shown },
      wasLost,
      source && new Map([[connectionId, source]]),
    ),
    connectionId,
  );

test.each([
  [report(), Health.Healthy, true],
  [report({ status: 'degraded', jira: { ok: false, says: 'away' } }), Health.Degraded, false],
  [report({ status: 'down' }), Health.Down, true],
])('the connection row tells %# as people read it', (given, health, jiraOk) => {
  expect(columnsOf(given)).toMatchObject({
    crmjira_health: health,
    crmjira_last_test_on: '2025-01-15T15:00:00.000Z',
    crmjira_last_test_ok: jiraOk,
    crmjira_last_sync_on: '2025-01-15T14:59:00.000Z',
  });
});

test('R-1104 the connection row tells how many jobs wait and how many were given up, for the tiles of the health page', () => {
  const queue = { pending: 7, running: 2, dead: 3, retrying: 0, failing: {}, oldestDueAgeMs: null };
  expect(columnsOf(report({ queue }))).toMatchObject({ crmjira_jobs_waiting: 7, crmjira_dead_letters: 3 });
  expect(columnsOf(report({ queue: null }))).not.toHaveProperty('crmjira_dead_letters');
});

describe('the connection row tells of each side on its own (R-1102, R-1501)', () => {
  const away = {
    ok: false,
    says: 'Jira is not available just now (503); it is tried again.',
    code: 'jira-unavailable',
  };

  test('in words and by code, since when, and when it last did well', () => {
    const columns = columnsOf(report({ jira: away, budgetSource: away, gateway: { ok: true } }));
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
    const shown = {
      states: new Map([
        [dependencyRowId(FIRST, 'jira'), { health: Health.Down, since }],
        [dependencyRowId(FIRST, 'dataverse'), { health: Health.Healthy, since }],
      ]),
    };
    expect(columnsOf(report({ jira: away }), shown)).not.toHaveProperty('crmjira_jira_since');
    expect(columnsOf(report(), shown)).toMatchObject({
      crmjira_jira_since: '2025-01-15T15:00:00Z',
      crmjira_jira_reason: null,
      crmjira_jira_reason_code: null,
    });
  });

  test('a Dataverse that was out of reach in between does well since now', () => {
    const since = '2025-01-14T08:00:00Z';
    const shown = { states: new Map([[dependencyRowId(FIRST, 'dataverse'), { health: Health.Healthy, since }]]) };
    expect(columnsOf(report(), shown)).not.toHaveProperty('crmjira_dataverse_since');
    expect(columnsOf(report(), shown, true)).toHaveProperty('crmjira_dataverse_since', '2025-01-15T15:00:00Z');
  });

  test.each([
    ['asks to slow down', { jira: { ok: false, says: 'Slow.', code: 'jira-rate-limit' } }, 'jira', Health.Degraded],
    ['takes the row though its probe failed', { dataverse: { ok: false, says: 'No.' } }, 'dataverse', Health.Degraded],
    ['is not on the way', { gateway: 'none' }, 'gateway', Health.NotUsed],
    ['may be to blame, or Jira behind it', { gateway: 'unknown' }, 'gateway', Health.Unknown],
    ['is not known yet', { budgetSource: 'unknown' }, 'budget_source', Health.Unknown],
  ] as const)('a side that %s', (_what, over, name, health) => {
    expect(columnsOf(report(over))).toHaveProperty(`crmjira_${name}_health`, health);
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
    expect(columnsOf(report({ queue, thresholds: limits }))).toMatchObject({
      crmjira_jira_limit_ms: 2_500,
      crmjira_oldest_waiting_s: 190,
    });
    const none = { ...queue, pending: 0, oldestDueAgeMs: null };
    expect(columnsOf(report({ queue: none }))).toHaveProperty('crmjira_oldest_waiting_s', 0);
    expect(columnsOf(report({ queue: null }))).toHaveProperty('crmjira_oldest_waiting_s', null);
  });

  test('kind, rate and delay of the budget source (R-507, R-513, R-1110)', () => {
    const source = { kind: 'computed', rate: money(12_550, 'CAD') } as const;
    const written = (of: SourceFigures) => columnsOf(report({ processingSeconds: 14.6 }), {}, false, of);
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
    expect(columnsOf(report())).toMatchObject({
      crmjira_budget_source_kind: null,
      crmjira_budget_source_rate: null,
      crmjira_budget_source_delay_s: null,
    });
  });

  const expiring = (alert: string, of: string): SpeakingAlert => ({
    alert,
    of,
    connection: null,
    value: 28,
    limit: 30,
    unit: 'days',
    severity: 'warning',
    setting: null,
  });

  test('a side that does well needs attention once something of it ends soon; its test was good all the same (R-1106)', () => {
    const alerts = [expiring('CrmJiraCertificateExpires', 'gateway'), expiring('CrmJiraTokenExpires', 'METRICS_TOKEN')];
    expect(columnsOf(report({ gateway: { ok: true }, alerts }))).toMatchObject({
      crmjira_gateway_health: Health.Degraded,
      crmjira_gateway_reason_code: 'expires-soon',
      crmjira_gateway_last_good_on: '2025-01-15T15:00:00Z',
      crmjira_jira_health: Health.Healthy,
      crmjira_dataverse_health: Health.Healthy,
    });
  });

  test('a Jira that answers needs attention while its webhooks do not arrive; its own trouble is told first (F-502)', () => {
    const webhooks = { ok: false, says: 'Webhooks do not arrive.', code: 'webhooks-silent' };
    expect(columnsOf(report({ webhooks }))).toMatchObject({
      crmjira_jira_health: Health.Degraded,
      crmjira_jira_reason: 'Webhooks do not arrive.',
      crmjira_jira_reason_code: 'webhooks-silent',
    });
    const away = { ok: false, says: 'No.', code: 'jira-unavailable' };
    expect(columnsOf(report({ webhooks, jira: away }))).toMatchObject({
      crmjira_jira_reason_code: 'jira-unavailable',
    });
  });

  test('what is wrong is told before what will be', () => {
    const away = { ok: false, says: 'No.', code: 'jira-unavailable' };
    const alerts = [expiring('CrmJiraTokenExpires', 'jira')];
    expect(columnsOf(report({ jira: away, alerts }))).toMatchObject({
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
    expect(columnsOf(told)).toMatchObject({
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
    expect(columnsOf(told)).toMatchObject({
      crmjira_jira_response_ms: null,
      crmjira_jira_days_left: null,
      crmjira_dataverse_response_ms: null,
      crmjira_budget_source_response_ms: null,
      crmjira_gateway_calls_per_minute: null,
      crmjira_gateway_days_left: null,
    });
  });
});

test('R-1102 a further connection has rows of its own, and nothing of the whole', () => {
  const [first] = report().connections;
  if (first === undefined) throw new Error('there is no connection');
  const away = { ok: false, says: 'No.', code: 'jira-unavailable' };
  const second = { ...first, id: SECOND, name: 'Jira of Europe', jira: away, budgetSource: 'unknown' as const };
  const told = report({ status: 'degraded', connections: [first, { ...second, waiting: 5, deadLetters: 0 }] });
  const shown = columnsOf(told, {}, false, { kind: 'computed', rate: money(12_550, 'CAD') }, SECOND);
  expect(shown).toMatchObject({
    crmjira_health: Health.Down,
    crmjira_last_test_ok: false,
    crmjira_budget_source_rate: 125.5,
    crmjira_jira_health: Health.Down,
    crmjira_jira_reason_code: 'jira-unavailable',
    crmjira_jira_waiting: 5,
    crmjira_jira_dead_letters: 0,
    crmjira_budget_source_health: Health.Unknown,
  });
  // Dataverse and gateway are the service's own, and the queue is one.
  for (const name of ['crmjira_dataverse_health', 'crmjira_gateway_health', 'crmjira_jobs_waiting'])
    expect(shown).not.toHaveProperty(name);
  expect(columnsOf(told)).toMatchObject({ crmjira_health: Health.Degraded, crmjira_jira_health: Health.Healthy });
});

test('nothing is said of a sync that was not', () => {
  expect(columnsOf(report({ lastSyncOn: null }))).not.toHaveProperty('crmjira_last_sync_on');
});

test('a newer sync that another replica has shown is not taken back', () => {
  const newer = columnsOf(report(), { lastSyncOn: new Date('2025-01-15T14:59:30Z') });
  expect(newer).not.toHaveProperty('crmjira_last_sync_on');
  const older = columnsOf(report(), { lastSyncOn: new Date('2025-01-15T14:58:00Z') });
  expect(older).toHaveProperty('crmjira_last_sync_on', '2025-01-15T14:59:00.000Z');
});

test('health is written by the service itself, and read back by the next one (R-1102)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z');
  const { config } = world;
  await world.stopProxy();
  const asService = createDataverseClient({
    url: config.dataverse.url,
    timeoutMs: 5_000,
    tokens: createTokenSource(config.dataverse, 5_000),
  });
  const told = report();
  const connections = told.connections.map((one) => ({ ...one, id: config.connectionId }));
  const context = { connectionId: config.connectionId, report: async () => ({ ...told, connections }) };
  const later = new Date('2025-01-15T16:00:00Z');
  expect(await showHealth({ ...context, now: () => now, dataverse: asService })).toEqual({ ok: true });
  const before = await world.rows('crmjira_integration_healths');
  expect(await showHealth({ ...context, now: () => later, dataverse: asService })).toEqual({ ok: true });
  expect(await world.one('crmjira_integrations', config.connectionId)).toMatchObject({
    crmjira_health: Health.Healthy,
    crmjira_last_test_ok: true,
    crmjira_last_test_on: later,
    // What a row of its own carries.
    crmjira_jira_response_ms: null,
  });
  const after = await world.rows('crmjira_integration_healths');
  // The same rows, whichever replica writes them: a state that stands keeps its beginning.
  expect(after).toHaveLength(before.length);
  expect(after.find((row) => row['crmjira_dependency'] === 'jira')).toMatchObject({
    _crmjira_integration_id_value: config.connectionId,
    crmjira_health: Health.Healthy,
    crmjira_since: before.find((row) => row['crmjira_dependency'] === 'jira')?.['crmjira_since'],
    crmjira_last_good_on: later,
    crmjira_waiting: 2,
    crmjira_dead_letters: 1,
  });
  expect(await readLastSync(asService, config.connectionId)).toEqual(new Date('2025-01-15T14:59:00Z'));
  // Somebody without the privilege is told so.
  const reader = { ...context, now: () => later, dataverse: world.standIns.as('opportunity.owner@company.com') };
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
  const rows = await world.rows('crmjira_integration_healths');
  expect(rows.find((row) => row['crmjira_dependency'] === 'jira')).toMatchObject({ crmjira_limit_ms: 5_000 });
  expect(await world.one('crmjira_integrations', world.config.connectionId)).toMatchObject({
    crmjira_oldest_waiting_s: expect.any(Number),
    crmjira_budget_source_kind: BudgetSource.ComputedWorklogsRate,
    crmjira_budget_source_rate: expect.any(Number),
    crmjira_budget_source_rate_currency: 'CAD',
  });
});
