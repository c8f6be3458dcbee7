import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import Fastify, { type FastifyBaseLogger } from 'fastify';
import { parse } from 'yaml';
import { z } from 'zod';
import { refusals } from '../../../plugins-proxy/src/inbound/connector/refusals';
import type { HealthReport } from '../../../plugins-proxy/src/operations/health/health-report';
import { answerRefusals } from '../../../plugins-proxy/src/inbound/webhooks/answer-refusals';
import { intakeAnswers } from '../../../plugins-proxy/src/inbound/webhooks/answers';
import { IntakeRefusal } from '../../../plugins-proxy/src/inbound/webhooks/intake-refusal';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { limitLines } from '../../../plugins-proxy/src/platform/log/limit-lines';
import { figuresLine } from '../../../plugins-proxy/src/operations/metrics/figures-line';
import { createRefuser } from '../../../plugins-proxy/src/inbound/relay/refuse';
import { relayAnswers } from '../../../plugins-proxy/src/inbound/relay/relay-answers';
import { RelayRefusal } from '../../../plugins-proxy/src/inbound/relay/relay-refusal';
import { credentialEvents } from '../../../plugins-proxy/src/connections/credentials/credential-records';
import type { Store } from '../../../plugins-proxy/src/queue/store/store';
import { kustoProblems } from '../kusto-problems';
import { keepLines } from '../log-lines';

const folder = join(__dirname, '..', '..', '..', 'plugins-proxy', 'operations');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

const prometheus = z
  .object({ groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })) })
  .parse(parse(read('prometheus-alerts.yaml')));

/** Places at which Prometheus' own grammar finds no meaning. */
function promqlProblems(expression: string): readonly string[] {
  const problems: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) problems.push(`${from}: ${expression.slice(from, Math.max(to, from + 20))}`);
    },
  });
  return problems;
}

test.each(prometheus.groups.flatMap(({ rules }) => rules.map((rule) => [rule.alert, rule.expr] as const)))(
  'R-1103 R-1106 %s is PromQL',
  (_name, expression) => {
    expect(promqlProblems(expression)).toEqual([]);
    expect(promqlProblems(expression.replace('(', ''))).not.toEqual([]);
  },
);

const promtool =
  process.env['PROMTOOL'] ?? ['/usr/bin/promtool', '/usr/local/bin/promtool'].find((path) => existsSync(path));

// .ci/run unpacks it; elsewhere: Debian's package prometheus, or PROMTOOL. Named as skipped where it is not there.
(promtool === undefined ? test.skip : test)(
  'R-1103 R-1106 R-1111 the rules speak and are silent as their unit tests say (promtool)',
  () => {
    const run = (...args: string[]): string =>
      execFileSync(promtool ?? '', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    expect(run('check', 'rules', 'prometheus-alerts.yaml')).toContain('SUCCESS');
    expect(run('test', 'rules', 'prometheus-alerts.test.yaml')).toContain('SUCCESS');
  },
  240_000,
);

test('R-1103 R-1106 each rule has a unit test on both sides of its threshold', () => {
  const file = z
    .object({
      tests: z.array(
        z.object({ alert_rule_test: z.array(z.object({ alertname: z.string(), exp_alerts: z.array(z.unknown()) })) }),
      ),
    })
    .parse(parse(read('prometheus-alerts.test.yaml')));
  const cases = file.tests.flatMap((one) => one.alert_rule_test);
  for (const { alert } of prometheus.groups.flatMap(({ rules }) => rules)) {
    const of = cases
      .filter(({ alertname }) => alertname === alert)
      .map(({ exp_alerts: expected }) => expected.length > 0);
    expect({ alert, sides: [of.includes(false), of.includes(true)] }).toEqual({ alert, sides: [true, true] });
  }
});

const workbook = (name: string): [string, string][] =>
  z
    .object({ items: z.array(z.object({ name: z.string(), content: z.object({ query: z.string() }) })) })
    .parse(JSON.parse(read(name)))
    .items.map((item) => [item.name, item.content.query]);
const alerts = z
  .object({
    resources: z.array(
      z.object({
        name: z.string(),
        properties: z.object({
          criteria: z.object({
            allOf: z.tuple([z.object({ query: z.string(), metricMeasureColumn: z.string().optional() })]),
          }),
        }),
      }),
    ),
  })
  .parse(JSON.parse(read('azure-alerts.json')))
  .resources.map(({ name, properties }) => [name, properties.criteria.allOf[0]] as const);

const sentinel = z
  .object({
    resources: z.array(
      z.object({
        type: z.literal('Microsoft.SecurityInsights/alertRules'),
        name: z.guid(),
        kind: z.literal('Scheduled'),
        // What a scheduled rule cannot be without. Source: learn.microsoft.com "Microsoft.SecurityInsights alertRules".
        properties: z.object({
          displayName: z.string(),
          severity: z.enum(['High', 'Medium', 'Low', 'Informational']),
          enabled: z.boolean(),
          query: z.string().max(10_000),
          queryFrequency: z.iso.duration(),
          queryPeriod: z.iso.duration(),
          triggerOperator: z.enum(['GreaterThan', 'LessThan', 'Equal', 'NotEqual']),
          triggerThreshold: z.number(),
          suppressionEnabled: z.boolean(),
          suppressionDuration: z.iso.duration(),
          tactics: z.array(z.string()),
          techniques: z.array(z.string().regex(/^T\d{4}$/)),
        }),
      }),
    ),
  })
  .parse(JSON.parse(read('azure/sentinel-rules.json')))
  .resources.map(({ properties }) => [properties.displayName, properties.query] as const);

const queries: [string, string][] = [
  ...workbook('azure-workbook.json'),
  ...workbook('azure/operations-workbook.json'),
  ...alerts.map(([name, { query }]): [string, string] => [name, query]),
  ...sentinel.map(([name, query]): [string, string] => [name, query]),
];

test.each(queries)('R-1104 R-1105 R-1108 query %s has a meaning on the tables of the workspace', (_name, query) => {
  expect(kustoProblems(query)).toEqual([]);
});

test('R-1105 a query with a column that is not there, or without grammar, is found', () => {
  const [, query] = queries.find(([name]) => name === 'success-rate') ?? ['', ''];
  expect(kustoProblems(query.replace('IntegrationStatus_d', 'IntegrationState_d'))).not.toEqual([]);
  expect(kustoProblems(query.replace('| project', '| projekt'))).not.toEqual([]);
});

test('F-222 rules of Sentinel look for answers, events and fields that the service writes', async () => {
  const { stream, lines } = keepLines();
  const store = { count: async () => undefined };
  const logger: FastifyBaseLogger = createLogger('debug', [], stream);
  const app = Fastify({ loggerInstance: logger });
  answerRefusals(app, store as unknown as Store);
  app.post('/refused', async () => {
    throw new IntakeRefusal('badSignature');
  });
  await app.inject({ method: 'POST', url: '/refused' });
  await app.close();
  const refuse = createRefuser({ store, redact: (text) => text }, logger);
  await refuse(new RelayRefusal('notAllowed'), { correlationId: 'c', method: 'GET', target: '/x', caller: 'someone' });
  const written = lines.map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
  // Of lines that were left out the first one of the next minute tells.
  let now = 0;
  const limited = limitLines(() => now, 1);
  for (let n = 0; n < 2; n += 1) limited('refused');
  now += 60_000;
  const fields = new Set([...written, limited('refused') ?? {}].flatMap((line) => Object.keys(line)));
  const codes = new Set<string>([
    ...Object.values(intakeAnswers).map(({ code }) => code),
    ...Object.values(relayAnswers).map(({ code }) => code),
    ...Object.values(refusals).map(({ code }) => code),
  ]);
  const events = new Set<string>(Object.values(credentialEvents));
  const unknown = sentinel.flatMap(([name, query]) =>
    [
      ...[...query.matchAll(/line\.(\w+)/g)].filter(([, field]) => !fields.has(field ?? '')),
      ...[...query.matchAll(/Answer in \(([^)]+)\)/g)]
        .flatMap(([, list]) => [...(list ?? '').matchAll(/'([^']+)'/g)])
        .filter(([, code]) => !codes.has(code ?? '')),
      ...[...query.matchAll(/EventType_s == '(\w+)'/g)].filter(([, event]) => !events.has(event ?? '')),
    ].map(([found]) => `${name}: ${found}`),
  );
  expect(unknown).toEqual([]);
  expect(sentinel.map(([, query]) => query).join()).toContain("'bad-signature'");
});

test('R-1103 R-1106 what an Azure rule measures is a column that its query ends with', () => {
  for (const [name, { query, metricMeasureColumn }] of alerts) {
    if (metricMeasureColumn === undefined) continue;
    expect({
      name,
      problems: kustoProblems(`${query}\n| project measured = todouble(${metricMeasureColumn})`),
    }).toEqual({
      name,
      problems: [],
    });
  }
});

test('R-1102 processor and throughput of the gateway’s host are collected by the names that the widget asks for', () => {
  const [, query] = workbook('azure/operations-workbook.json').find(([name]) => name === 'gateway-load') ?? ['', ''];
  const rule = z
    .object({
      dataSources: z.object({ performanceCounters: z.tuple([z.object({ counterSpecifiers: z.array(z.string()) })]) }),
      dataFlows: z.tuple([z.object({ streams: z.array(z.string()) })]),
    })
    .parse(
      z
        .object({ resources: z.array(z.object({ type: z.string(), properties: z.unknown().optional() })) })
        .parse(JSON.parse(read('azure/foundation.json')))
        .resources.find(({ type }) => type === 'Microsoft.Insights/dataCollectionRules')?.properties,
    );
  const counters = rule.dataSources.performanceCounters[0].counterSpecifiers.map((counter) =>
    /^\\([^\\(]+)\([^)]+\)\\(.+)$/.exec(counter)?.slice(1),
  );
  expect(counters).toEqual([
    ['Processor', '% Processor Time'],
    ['Network Interface', 'Bytes Total/sec'],
  ]);
  for (const [object, counter] of counters as string[][])
    expect(query).toContain(`ObjectName == '${object}' and CounterName == '${counter}'`);
  expect(rule.dataFlows[0].streams).toContain('Microsoft-Perf');
});

test('R-1108 gateway events are told apart as Connection, Authentication and Data_Transfer, kept for 90 days, fed to Sentinel', () => {
  const [, query] = workbook('azure/operations-workbook.json').find(([name]) => name === 'gateway-audit') ?? ['', ''];
  for (const event of ['Connection', 'Authentication', 'Data_Transfer']) expect(query).toContain(`'${event}'`);
  const foundation = read('azure/foundation.json');
  expect(foundation).toContain('On-premises data gateway service!*[System[(Level=1 or Level=2 or Level=3 or Level=4');
  expect(foundation).toContain('"retentionInDays": 90');
  expect(foundation).toContain('Microsoft.SecurityInsights/onboardingStates');
});

describe('R-1102 every metric that the workspace is asked for has a source, or is said to be unknown', () => {
  const named = {
    'metrics-flow-runs': ['execution_time', 'success_rate', 'error_count'],
    'metrics-jira-api': ['response_time', 'availability', 'error_rate'],
    'metrics-gateway': ['connection_status', 'throughput', 'cpu_usage'],
  };
  const queryOf = (name: string): string =>
    workbook('azure/operations-workbook.json').find(([known]) => known === name)?.[1] ?? '';

  test.each(Object.entries(named))('%s ends with its columns', (name, metrics) => {
    const query = queryOf(name);
    const ends = (columns: readonly string[]): readonly string[] =>
      kustoProblems(`${query}\n| project source, ${columns.join(', ')}`);
    expect(ends(metrics)).toEqual([]);
    expect(ends([...metrics, 'another_metric'])).not.toEqual([]);
  });

  test.each(Object.values(named).flat())('%s says unknown where nothing tells it', (metric) => {
    const [query = ''] = Object.keys(named)
      .map(queryOf)
      .filter((text) => text.includes(`${metric} =`));
    // A count of nothing is 0, which is known.
    if (metric !== 'error_count') expect(query).toMatch(new RegExp(`${metric} = iff\\([^']*'unknown: `));
    expect(query).toContain(metric);
  });

  test('what the queries read of the line of figures stands in it', () => {
    const well = { ok: true } as const;
    const side = { calls: 1, errors: 0, seconds: 0.5 };
    const report = { store: well, dataverse: well, jira: well, connections: [], alerts: [] } as unknown as HealthReport;
    const line = (gateway: HealthReport['gateway']) => figuresLine({ ...report, gateway }, { jira: side });
    expect(line({ ok: false })).toMatchObject({ connected: { jira: true, gateway: false }, outgoing: { jira: side } });
    for (const unknown of ['unknown', 'none'] as const)
      expect(line(unknown).connected).toEqual({ store: true, dataverse: true, jira: true });
    for (const read of [
      'line.connected.jira',
      'line.outgoing.jira.calls',
      'line.outgoing.jira.errors',
      'line.outgoing.jira.seconds',
    ])
      expect(queryOf('metrics-jira-api')).toContain(read);
    expect(queryOf('metrics-gateway')).toContain('line.connected.gateway');
  });
});
