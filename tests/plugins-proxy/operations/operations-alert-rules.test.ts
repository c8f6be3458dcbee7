import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type AlertRule, alertRules, limitOf, speaks } from '../../../plugins-proxy/src/operations/metrics/alert-rules';
import { createFailureWindow } from '../../../plugins-proxy/src/operations/metrics/failure-window';
import { defaultThresholds, type Thresholds } from '../../../plugins-proxy/src/platform/config/thresholds';
import { createMetrics } from '../../../plugins-proxy/src/operations/metrics/create-metrics';

const folder = join(__dirname, '..', '..', '..', 'plugins-proxy', 'operations');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

const prometheus = z
  .object({
    groups: z.array(
      z.object({
        name: z.string(),
        rules: z.array(
          z.object({
            alert: z.string(),
            expr: z.string(),
            labels: z.object({ severity: z.string(), team: z.string() }),
            annotations: z.object({ summary: z.string(), action: z.string() }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(read('prometheus-alerts.yaml')));
const prometheusRules = prometheus.groups.flatMap((group) => group.rules);

const azure = z
  .object({
    parameters: z.record(z.string(), z.unknown()),
    resources: z.array(
      z.object({
        type: z.literal('Microsoft.Insights/scheduledQueryRules'),
        name: z.string(),
        tags: z.object({ team: z.string() }),
        properties: z.object({
          severity: z.number(),
          windowSize: z.string(),
          criteria: z.object({
            allOf: z.tuple([
              z.object({
                query: z.string(),
                operator: z.string(),
                threshold: z.number(),
                timeAggregation: z.string(),
                metricMeasureColumn: z.string().optional(),
              }),
            ]),
          }),
          actions: z.object({ actionGroups: z.tuple([z.string()]) }),
        }),
      }),
    ),
  })
  .parse(JSON.parse(read('azure-alerts.json')));

/** What a rule compares: with a setting of the solution, of whose standard the rule knows the number, or with a number. */
type Comparison = Pick<AlertRule, 'when' | 'threshold'> & { readonly standard: number };

const settingOf = (name: string): keyof Thresholds => {
  const found = Object.keys(defaultThresholds).find((one) => one === name);
  if (found === undefined) throw new Error(`${name} is no threshold`);
  // Found among the keys.
  return found as keyof Thresholds;
};

/** The comparison at the end of a Prometheus expression. */
function inPrometheus(expression: string): Comparison {
  const [, when, limit = ''] = /(>=|<=|>|<) (scalar\(.*\)|[\d.]+)$/.exec(expression) ?? [];
  if (when === undefined) throw new Error(`no comparison at the end of ${expression}`);
  const pattern = /^scalar\((?:(\d+) \* \()?max\(crmjira_threshold\{setting="(\w+)"\}\) or vector\((\d+)\)\)?\)$/;
  const [, times = '1', setting, standard] = pattern.exec(limit) ?? [];
  // One of the four that the expression above lets through.
  const as = when as AlertRule['when'];
  return setting === undefined
    ? { when: as, threshold: { fixed: Number(limit) }, standard: Number(limit) }
    : {
        when: as,
        threshold: { setting: settingOf(setting), times: Number(times) },
        standard: Number(standard) * Number(times),
      };
}

/** The comparison inside an Azure query, which then speaks above nothing; or the threshold of the rule itself. */
function inAzure(name: string): Comparison {
  const [criterion] = azureRule(name)?.properties.criteria.allOf ?? [];
  const query = criterion?.query ?? '';
  const [, compared] = /iff\(value (>=|<=|>|<) limit, 1, 0\)/.exec(query) ?? [];
  if (compared === undefined) {
    expect(criterion?.operator).toBe('LessThan');
    const fixed = criterion?.threshold ?? NaN;
    return { when: '<', threshold: { fixed }, standard: fixed };
  }
  expect(criterion).toMatchObject({ operator: 'GreaterThan', threshold: 0, metricMeasureColumn: 'speaks' });
  const said =
    /limit = coalesce\((?:todouble\(|toscalar\(said \| project todouble\()line\.thresholds\.(\w+)\)+, (\d+)\.0\)(?: \* (\d+))?/;
  const [, setting = '', standard, times = '1'] = said.exec(query) ?? [];
  return {
    // As above.
    when: compared as AlertRule['when'],
    threshold: { setting: settingOf(setting), times: Number(times) },
    standard: Number(standard) * Number(times),
  };
}

const prometheusRule = (name: string) => prometheusRules.find((rule) => rule.alert === name);
const azureRule = (name: string) => azure.resources.find((rule) => rule.name === name);

describe.each(alertRules.map((rule) => [rule.name, rule] as const))('alert %s', (name, rule: AlertRule) => {
  const wanted = { when: rule.when, threshold: rule.threshold, standard: limitOf(rule) };

  test('stands in the Prometheus file with the same setting, standard, severity and team (R-1103, R-1106, R-1218)', () => {
    const found = prometheusRule(name);
    expect(inPrometheus(found?.expr ?? '')).toEqual(wanted);
    expect(found?.labels).toEqual({ severity: rule.severity, team: rule.team });
  });

  test('stands in the Azure Monitor file with the same setting, standard, severity and team (R-1103, R-1106, R-1218)', () => {
    const found = azureRule(name);
    expect(inAzure(name)).toEqual(wanted);
    expect(found?.properties.severity).toBe(rule.severity === 'critical' ? 0 : 2);
    expect(found?.tags.team).toBe(rule.team);
    const [group] = found?.properties.actions.actionGroups ?? [];
    expect(Object.keys(azure.parameters)).toContain(/'(\w+)'/.exec(group ?? '')?.[1]);
  });
});

test('R-1103 Azure counts failures within the minutes that are set, and sees the longest window there can be', () => {
  const rule = azureRule('CrmJiraIntegrationFailures');
  expect(rule?.properties.windowSize).toBe('P1D');
  expect(rule?.properties.criteria.allOf[0].query).toContain(
    'coalesce(toscalar(said | project todouble(line.thresholds.LogRateWindowMinutes)), 15.0)',
  );
});

test('R-1111 R-1106 Azure takes the service’s own verdict on the days before, which its queries could not look back to', () => {
  const [criterion] = azureRule('CrmJiraPerformanceDegraded')?.properties.criteria.allOf ?? [];
  expect(criterion?.query).toContain("where tostring(alert) == 'CrmJiraPerformanceDegraded'");
  expect(criterion).toMatchObject({ operator: 'GreaterThan', threshold: 0, metricMeasureColumn: 'speaks' });
});

/** T4, T6: value, and whether somebody is called. */
const cases: [AlertRule['name'], number, boolean][] = [
  ['CrmJiraIntegrationFailures', 5, false],
  ['CrmJiraIntegrationFailures', 6, true],
  ['CrmJiraSlowJira', 5.0, false],
  ['CrmJiraSlowJira', 5.01, true],
  ['CrmJiraConnectionLost', 1, false],
  ['CrmJiraConnectionLost', 0, true],
  ['CrmJiraWebhookDelay', 300, false],
  ['CrmJiraWebhookDelay', 301, true],
  ['CrmJiraTokenExpires', 7.1, false],
  ['CrmJiraTokenExpires', 7, true],
  ['CrmJiraCertificateExpires', 30.1, false],
  ['CrmJiraCertificateExpires', 30, true],
  ['CrmJiraTokenDue', 59.9, false],
  ['CrmJiraTokenDue', 60, true],
  ['CrmJiraTokenTooOld', 89.9, false],
  ['CrmJiraTokenTooOld', 90, true],
];

test.each(cases)('%s at %d: %s, in code, in Prometheus and in Azure Monitor (T4, T6)', (name, value, loud) => {
  const rule = alertRules.find((one) => one.name === name);
  expect(rule === undefined ? null : speaks(rule.when, value, limitOf(rule))).toBe(loud);
  for (const { when, standard } of [inPrometheus(prometheusRule(name)?.expr ?? ''), inAzure(name)])
    expect(speaks(when, value, standard)).toBe(loud);
});

test('Prometheus expressions use only metrics that the service has, with balanced brackets', async () => {
  const names = new Set<string>();
  for (const { name, type } of await createMetrics().registry.getMetricsAsJSON()) {
    names.add(name);
    if (String(type) === 'histogram') for (const end of ['bucket', 'sum', 'count']) names.add(`${name}_${end}`);
  }
  for (const { alert, expr } of prometheusRules) {
    const used = [...expr.matchAll(/\bcrmjira_\w+/g)].map((match) => match[0]);
    expect({ alert, unknown: used.filter((name) => !names.has(name)) }).toEqual({ alert, unknown: [] });
    expect(expr.split('(')).toHaveLength(expr.split(')').length);
    expect(expr.split('{')).toHaveLength(expr.split('}').length);
  }
});

test('every action leads to a chapter of docs/operations.md', () => {
  const chapters = readFileSync(join(folder, '..', '..', 'docs', 'operations.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('## '))
    .map((line) => line.slice(3).toLowerCase().replaceAll(' ', '-'));
  const wanted = prometheusRules.map((rule) => rule.annotations.action.split('#')[1]);
  expect(wanted.filter((chapter) => !chapters.includes(chapter ?? ''))).toEqual([]);
});

test('the dashboard has the four widgets, no rate without rows, and the errors newest first, at most ten (R-1104, R-1105)', () => {
  const { items } = z
    .object({ items: z.array(z.object({ name: z.string(), content: z.object({ query: z.string() }) })) })
    .parse(JSON.parse(read('azure-workbook.json')));
  const query = (name: string): string => items.find((item) => item.name === name)?.content.query ?? '';
  expect(items.map((item) => item.name)).toEqual(['success-rate', 'volume', 'distribution', 'recent-errors']);
  expect(query('success-rate')).toContain("iff(All == 0, 'no data', tostring(round(100.0 * Success / All, 2)))");
  expect(query('success-rate')).toContain('PendingAndRetry');
  expect(query('recent-errors')).toMatch(/IntegrationStatus_d == 3[\s\S]*order by TimeGenerated desc\n\| take 10$/);
  for (const { content } of items) expect(content.query).toMatch(/^CrmJiraIntegrationLog_CL\n/);
});

test('R-1103 a failure is counted once a streak and leaves the window that is set, which may change', () => {
  let now = 0;
  let minutes = 15;
  const window = createFailureWindow(
    () => now,
    () => minutes * 60_000,
  );
  window.add('opportunity jira-refused 1');
  window.add('opportunity jira-refused 1');
  now = 60_000;
  window.add('opportunity jira-refused 2');
  expect(window.count()).toBe(2);
  now = 15 * 60_000;
  expect(window.count()).toBe(2);
  now += 1;
  expect(window.count()).toBe(1);
  minutes = 5;
  expect(window.count()).toBe(0);
  minutes = 30;
  expect(window.count()).toBe(2);
});
