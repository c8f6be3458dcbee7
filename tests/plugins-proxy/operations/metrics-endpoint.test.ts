import { healthRoutes } from '../../../plugins-proxy/src/operations/health/health-routes';
import type { HealthReport } from '../../../plugins-proxy/src/operations/health/health-report';
import Fastify from 'fastify';
import { createMetrics } from '../../../plugins-proxy/src/operations/metrics/create-metrics';
import { metricsRoutes } from '../../../plugins-proxy/src/operations/metrics/metrics-routes';
import { eventually } from '../eventually';
import { startWorld, stopWorlds } from '../world';
import { defaultThresholds } from '../../../plugins-proxy/src/platform/config/thresholds';

afterEach(stopWorlds);

const token = 'metrics-token-of-the-tests';

async function endpoint(...given: string[]) {
  const app = Fastify();
  const metrics = createMetrics();
  await app.register(metricsRoutes, { metrics, tokens: () => given, refresh: async () => undefined });
  const status = async (headers: Record<string, string>, remoteAddress = '127.0.0.1'): Promise<number> =>
    (await app.inject({ url: '/metrics', headers, remoteAddress })).statusCode;
  return { status, metrics };
}

describe('who may read /metrics', () => {
  test.each([
    [{ authorization: `Bearer ${token}` }, 200],
    [{ authorization: `bearer ${token}` }, 200],
    [{ authorization: 'Bearer something-else-entirely' }, 401],
    [{ authorization: `Basic ${token}` }, 401],
    [{}, 401],
  ])('with a token configured, %j gets %d, from anywhere', async (headers, wanted) => {
    const { status } = await endpoint(token);
    expect(await status(headers as Record<string, string>, '203.0.113.9')).toBe(wanted);
    expect(await status(headers as Record<string, string>)).toBe(wanted);
  });

  test.each([
    ['127.0.0.1', {}, 200],
    ['::1', {}, 200],
    ['::ffff:127.0.0.1', {}, 200],
    ['203.0.113.9', {}, 404],
    ['::ffff:203.0.113.9', {}, 404],
    ['127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }, 404],
    ['127.0.0.1', { forwarded: 'for=203.0.113.9' }, 404],
    // F-315: some proxies add nothing but one of these.
    ['127.0.0.1', { 'x-forwarded-proto': 'https' }, 404],
    ['127.0.0.1', { 'x-client-ip': '203.0.113.9' }, 404],
    ['127.0.0.1', { 'true-client-ip': '203.0.113.9' }, 404],
    ['127.0.0.1', { 'cf-connecting-ip': '203.0.113.9' }, 404],
    ['127.0.0.1', { via: '1.1 proxy' }, 404],
    ['127.0.0.1', { host: 'proxy.example.com' }, 404],
    ['127.0.0.1', { host: 'localhost.example.com' }, 404],
    ['127.0.0.1', { host: '127.0.0.1:4030' }, 200],
  ])('without one, %s %j gets %d', async (address, headers, wanted) => {
    const { status } = await endpoint();
    expect(await status(headers as Record<string, string>, address)).toBe(wanted);
  });

  test('a refused reader is counted', async () => {
    const { status, metrics } = await endpoint(token);
    await status({});
    expect(await metrics.registry.getSingleMetricAsString('crmjira_security_events_total')).toContain(
      'crmjira_security_events_total{event="metrics.refused"} 1',
    );
  });
});

describe('F-315 who may read what /health tells', () => {
  const everything = { status: 'degraded', secretAgeDays: { JIRA_API_TOKEN: 61 } } as unknown as HealthReport;
  const shown = async (tokens: readonly string[], headers: Record<string, string>, remoteAddress = '127.0.0.1') => {
    const app = Fastify();
    await app.register(healthRoutes, { ready: () => true, report: async () => everything, tokens: () => tokens });
    const answer = await app.inject({ url: '/health', headers, remoteAddress });
    await app.close();
    expect(answer.statusCode).toBe(200);
    return answer.json<unknown>();
  };

  test.each([
    [[], {}, '127.0.0.1', everything],
    [[], { 'x-forwarded-proto': 'https' }, '127.0.0.1', { status: 'degraded' }],
    [[], {}, '203.0.113.9', { status: 'degraded' }],
    [[token], {}, '127.0.0.1', { status: 'degraded' }],
    [[token], { authorization: 'Bearer something-else-entirely' }, '127.0.0.1', { status: 'degraded' }],
    [[token], { authorization: `Bearer ${token}` }, '203.0.113.9', everything],
  ])('%j %j %s', async (tokens, headers, address, wanted) => {
    expect(await shown(tokens, headers as Record<string, string>, address)).toEqual(wanted);
  });
});

test('a run from opportunity to project shows in deliveries, runs, rounds, calls and queue (R-1102, R-1110)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z', { METRICS_TOKEN: token });
  await world.provision();
  await world.newIssue();
  await fetch(`${world.proxyUrl}/webhooks/jira/${world.config.connectionId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature': 'sha256=00' },
    body: '{}',
  });
  await world.settled();
  const text = await eventually(async () => {
    const response = await fetch(`${world.proxyUrl}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/plain');
    return response.text();
  });
  const value = (series: string): number => {
    const line = text.split('\n').find((one) => one.startsWith(`${series} `));
    return line === undefined ? NaN : Number(line.slice(series.length + 1));
  };
  const connection = world.config.connectionId;
  expect(value('crmjira_deliveries_total{source="dataverse",answer="accepted"}')).toBeGreaterThan(0);
  expect(value('crmjira_deliveries_total{source="jira",answer="bad-signature"}')).toBe(1);
  expect(value('crmjira_security_events_total{event="intake.refused"}')).toBe(1);
  expect(value('crmjira_intake_seconds_count{source="dataverse"}')).toBeGreaterThan(0);
  expect(value('crmjira_job_runs_total{kind="opportunity",outcome="done"}')).toBeGreaterThan(0);
  expect(value('crmjira_rounds_per_run_count')).toBeGreaterThan(0);
  expect(value('crmjira_processing_seconds_count')).toBeGreaterThan(0);
  expect(value('crmjira_record_seconds_count{kind="opportunity"}')).toBeGreaterThan(0);
  expect(value(`crmjira_outgoing_seconds_count{side="jira",status="2xx",connection="${connection}"}`)).toBeGreaterThan(
    5,
  );
  expect(value('crmjira_outgoing_seconds_count{side="dataverse",status="2xx"}')).toBeGreaterThan(5);
  expect(value('crmjira_outgoing_seconds_count{side="token",status="2xx"}')).toBeGreaterThan(0);
  expect(value(`crmjira_connection_up{side="jira",connection="${connection}"}`)).toBe(1);
  expect(value('crmjira_queue_jobs{state="pending"}')).toBe(0);
  expect(value('crmjira_queue_oldest_due_seconds')).toBe(0);
  expect(text).not.toContain(token);
});

test('once a minute a line says the figures, for monitors that read logs (R-1102)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z', { JIRA_TOKEN_EXPIRES_ON: '2025-01-22' });
  const line = await eventually(async () => {
    const found = world.lines.find((one) => one.includes('"msg":"figures"'));
    if (found === undefined) throw new Error('no line yet');
    return JSON.parse(found) as Record<string, unknown>;
  });
  expect(line).toMatchObject({
    service: 'crmjira-proxy',
    connected: { store: true, dataverse: true, jira: true },
    recentFailures: 0,
    thresholds: defaultThresholds,
    oldestDueSeconds: expect.any(Number),
  });
});

test('a figure of a turn that another replica has now is told by that one alone', async () => {
  const { metrics } = await endpoint();
  metrics.discrepancies.set(3);
  metrics.discrepancies.remove();
  expect(await metrics.registry.getSingleMetricAsString('crmjira_budget_discrepancies')).not.toMatch(/^crmjira/m);
});
