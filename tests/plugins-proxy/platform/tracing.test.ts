/**
 * Loads all that it needs for itself: the first test looks for a library among what is loaded.
 * @jest-environment node
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import dns from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { secretsOf } from '../../../plugins-proxy/src/platform/config/secrets-of';
import { startTracing } from '../../../plugins-proxy/src/platform/tracing/start-tracing';
import { inSpan, inTrace, traceHeaders } from '../../../plugins-proxy/src/platform/tracing/spans';
import { correlationOfTraceparent, traceOf } from '../../../plugins-proxy/src/platform/tracing/trace-of';
import { crmjira } from '../cli-terminal';
import { basic } from '../relay-world';
import { testConfig } from '../test-config';
import { startCollector } from '../trace-collector';
import { isApprovalMail, opportunityId, startWorld, stopLater, stopWorlds } from '../world';

afterEach(stopWorlds);

/** Requests as their receivers got them: Node tells of each when it comes in, whoever listens. */
function watchArrivals(port: string) {
  const arrived: { readonly url: string; readonly headers: IncomingMessage['headers'] }[] = [];
  const listener = (message: unknown): void => {
    // The channel's message is documented by Node, but untyped.
    const { request } = message as { request: IncomingMessage };
    if (String(request.headers.host).endsWith(`:${port}`))
      arrived.push({ url: request.url ?? '', headers: request.headers });
  };
  subscribe('http.server.request.start', listener);
  stopLater(async () => void unsubscribe('http.server.request.start', listener));
  return arrived;
}

// First of all: whatever traces would have loaded the libraries for this one too.
test('R-1109 without a collector nothing is traced and no library is loaded', async () => {
  expect(testConfig().tracing).toBeNull();
  expect(await inTrace('any-correlation', 'job', {}, () => inSpan('read', {}, async () => traceHeaders()))).toEqual({});
  const loaded = Object.keys(require.cache).filter((file) => file.includes('sdk-trace-node'));
  expect(loaded).toEqual([]);
});

test('R-1109 F-219 one webhook is one trace, from its intake to every call that leaves, and its id stands in row, call and mail', async () => {
  const collector = await startCollector();
  stopLater(collector.close);
  const world = await startWorld('2025-01-16T14:00:00Z', {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=collector-key-of-the-tests',
  });
  const toJira = watchArrivals(new URL(world.standIns.jiraUrl).port);
  const mapping = await world.provision();
  await world.approve();
  // 85 % of the budget: a log row, an alert, a task and a mail.
  await world.logHours(await world.newIssue(), 1_700);
  await world.settledAt(mapping, [212_500, 37_500, 85, 3]);

  const mail = (await world.rows('emails')).find(({ subject }) => !isApprovalMail(subject));
  const correlationId = /Reference \/ Référence : ([\w-]+)</.exec(String(mail?.['description']))?.[1] ?? '';
  const [row] = await world.rows('crmjira_integration_logs', `crmjira_correlation_id eq '${correlationId}'`);
  expect(row).toMatchObject({ crmjira_integration_status: 2 });
  // F-219: so do the alert and the inbound event of the run, and its lines from the intake to the end.
  const carrying = (collection: string) => world.rows(collection, `crmjira_correlation_id eq '${correlationId}'`);
  expect(await carrying('crmjira_budget_alerts')).toMatchObject([{ crmjira_alert_level: 1 }]);
  expect(await carrying('crmjira_inbound_events')).toHaveLength(1);
  const said = world.lines.filter((line) => line.includes(correlationId)).map((line) => JSON.parse(line).msg);
  expect(said).toEqual(expect.arrayContaining(['delivery received', 'resolved', 'applied', 'reconciled']));
  const calls = toJira.filter(({ headers }) => headers['x-correlation-id'] === correlationId);
  expect(calls.length).toBeGreaterThan(0);

  await world.stopProxy();
  const { traceId } = traceOf(correlationId);
  const spans = collector.spans().filter((span) => span.traceId === traceId);
  const names = new Set(spans.map(({ name }) => name));
  expect([...names]).toEqual(
    expect.arrayContaining(['intake', 'job', 'read', 'plan', 'apply', 'jira GET', 'dataverse GET', 'dataverse POST']),
  );
  for (const span of spans) expect(span.attributes['crmjira.correlation_id']).toBe(correlationId);
  for (const { headers } of calls)
    expect(headers['traceparent']).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));

  // Every span hangs on another of its trace; the intake alone is the first.
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const [first, ...others] = spans.filter(({ parentSpanId }) => (parentSpanId ?? '') === '');
  expect(first?.name).toBe('intake');
  expect(others).toEqual([]);
  expect(spans.filter(({ parentSpanId }) => (parentSpanId ?? '') !== '' && !ids.has(parentSpanId ?? ''))).toEqual([]);
  const parentOf = (name: string) => {
    const id = spans.find((span) => span.name === name)?.parentSpanId;
    return spans.find(({ spanId }) => spanId === id)?.name;
  };
  expect(['job', 'read', 'apply'].map(parentOf)).toEqual(['intake', 'job', 'job']);
  expect(collector.seen[0]?.headers['x-api-key']).toBe('collector-key-of-the-tests');
});

test('R-1109 a command line and a relayed call are each one trace, whose correlation id Jira gets too', async () => {
  const collector = await startCollector();
  stopLater(collector.close);
  const world = await startWorld('2025-01-16T14:00:00Z', {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    RELAY_ENABLED: 'true',
    RELAY_BASIC_USER: 'jira-gateway',
    RELAY_BASIC_PASSWORD: 'gateway-password-of-the-tests',
  });
  const toJira = watchArrivals(new URL(world.standIns.jiraUrl).port);
  await world.provision();
  const correlationId = '0af76519-16cd-43dd-8448-eb211c80319c';
  const relayed = await fetch(`${world.proxyUrl}/relay/jira/rest/api/3/myself`, {
    headers: { authorization: basic, 'x-correlation-id': correlationId },
  });
  expect(relayed.status).toBe(200);
  await world.stopProxy();
  const [span] = collector.spans().filter(({ name }) => name === 'relay');
  expect(span).toMatchObject({
    traceId: traceOf(correlationId).traceId,
    attributes: { 'http.route': '/relay/jira/*', 'http.response.status_code': 200 },
  });
  expect(toJira.filter(({ headers }) => headers['x-correlation-id'] === correlationId)).toHaveLength(1);

  const over = { ...world.standIns.environment, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  expect(await crmjira(over, ['drift', '--opportunity', opportunityId], world.clock)).toMatchObject({ err: '' });
  const [command] = collector.spans().filter(({ name }) => name === 'cli');
  const calls = collector.spans().filter(({ traceId }) => traceId === command?.traceId);
  expect(new Set(calls.map(({ name }) => name))).toEqual(
    new Set(['cli', 'read', 'plan', 'token POST', 'dataverse GET', 'dataverse POST', 'jira GET']),
  );
  const id = String(command?.attributes['crmjira.correlation_id']);
  expect(toJira.filter(({ headers }) => headers['x-correlation-id'] === id).length).toBeGreaterThan(0);

  await collector.close();
  const unheard = await crmjira(over, ['drift', '--opportunity', opportunityId], world.clock);
  expect(unheard.code).toBe(0);
}, 120_000);

test('R-1220 no span of a whole project carries a secret, an amount or a name', async () => {
  const collector = await startCollector();
  stopLater(collector.close);
  const world = await startWorld('2025-01-16T14:00:00Z', { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const mapping = await world.provision();
  await world.approve();
  await world.logHours(await world.newIssue(), 2_080);
  await world.settledAt(mapping, [260_000, -10_000, 104, 4]);
  await world.stopProxy();

  const spans = collector.spans();
  expect(spans.length).toBeGreaterThan(100);
  const written = JSON.stringify(spans.map(({ name, attributes, status }) => ({ name, attributes, status })));
  expect(written).toContain(opportunityId);
  for (const secret of secretsOf(world.config)) expect(written).not.toContain(secret);
  expect(written).not.toMatch(/Acme|Digital Transformation|Olivia|Owens|@company\.com/);
  // Identifiers aside, in which any digits may follow each other.
  const figures = written.replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, '');
  expect(figures).not.toMatch(/260[,.]?000|250[,.]?000|275[,.]?000|10[,.]?000/);
});

test('R-1109 a correlation id and its trace are made from each other', () => {
  const id = '0af76519-16cd-43dd-8448-eb211c80319c';
  expect(traceOf(id).traceId).toBe('0af7651916cd43dd8448eb211c80319c');
  expect(traceOf('daily-sync-1').traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(traceOf('daily-sync-1')).toEqual(traceOf('daily-sync-1'));
  expect(correlationOfTraceparent(`00-${traceOf(id).traceId}-b7ad6b7169203331-01`)).toBe(id);
  for (const wrong of [undefined, '', 'x', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`])
    expect(correlationOfTraceparent(wrong)).toBeUndefined();
});

test('R-1109 what is wrong with the settings of traces is said, the key of the collector is not', () => {
  const over = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318', OTEL_EXPORTER_OTLP_HEADERS: 'hunter2hunter2' };
  expect(() => testConfig(over)).toThrow(
    'OTEL_EXPORTER_OTLP_HEADERS: expected name=value pairs separated by commas, got a value that is not shown',
  );
  expect(() => testConfig({ OTEL_TRACES_SAMPLER_ARG: '2' })).toThrow('expected a share between 0 and 1, got "2"');
});

test('R-1212 R-1225 traces go to no name that leads to the keys of the machine', async () => {
  const collector = await startCollector();
  stopLater(collector.close);
  let addresses = ['127.0.0.1'];
  const spy = jest.spyOn(dns, 'lookup').mockImplementation(((
    _host: string,
    _options: unknown,
    callback: (error: null, found: { address: string; family: number }[]) => void,
  ) =>
    setImmediate(() =>
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      ),
    )) as never);
  stopLater(async () => void spy.mockRestore());
  const endpoint = collector.url.replace(/\/\/[^:]+/, '//collector.example');
  const trace = async (): Promise<void> => {
    const stop = await startTracing({ endpoint, headers: {}, serviceName: 'tests', ratio: 1 }, { url: endpoint });
    await inTrace('any-correlation', 'job', {}, async () => undefined);
    await stop();
  };
  await trace();
  expect(collector.seen).toHaveLength(1);
  addresses = ['127.0.0.1', '169.254.169.254'];
  await expect(trace()).rejects.toThrow(/of OTEL_EXPORTER_OTLP_ENDPOINT is not called: 169\.254\.169\.254/);
  expect(collector.seen).toHaveLength(1);
});
