import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type AlertRule, alertRules, speaks } from '../../plugins-proxy/src/metrics/alert-rules';
import { createFailureWindow } from '../../plugins-proxy/src/metrics/failure-window';
import { createMetrics } from '../../plugins-proxy/src/metrics/create-metrics';

const folder = join(__dirname, '..', '..', 'plugins-proxy', 'operations');
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
              z.object({ query: z.string(), operator: z.string(), threshold: z.number(), timeAggregation: z.string() }),
            ]),
          }),
          actions: z.object({ actionGroups: z.tuple([z.string()]) }),
        }),
      }),
    ),
  })
  .parse(JSON.parse(read('azure-alerts.json')));

const operators: Readonly<Record<string, AlertRule['when']>> = {
  GreaterThan: '>',
  LessThan: '<',
  LessThanOrEqual: '<=',
};

/** The comparison at the end of an expression. */
function comparison(expression: string): { when: AlertRule['when']; threshold: number } {
  const [, when, threshold] = /(>|<=|<)\s*([\d.]+)\s*$/.exec(expression) ?? [];
  if (when === undefined) throw new Error(`no comparison at the end of ${expression}`);
  // One of the three that the expression above lets through.
  return { when: when as AlertRule['when'], threshold: Number(threshold) };
}

const prometheusRule = (name: string) => prometheusRules.find((rule) => rule.alert === name);
const azureRule = (name: string) => azure.resources.find((rule) => rule.name === name);

describe.each(alertRules.map((rule) => [rule.name, rule] as const))('alert %s', (name, rule: AlertRule) => {
  test('stands in the Prometheus file with the same threshold, severity and team (R-1103, R-1106)', () => {
    const found = prometheusRule(name);
    expect(comparison(found?.expr ?? '')).toEqual({ when: rule.when, threshold: rule.threshold });
    expect(found?.labels).toEqual({ severity: rule.severity, team: rule.team });
  });

  test('stands in the Azure Monitor file with the same threshold, severity, window and team', () => {
    const found = azureRule(name);
    const [criterion] = found?.properties.criteria.allOf ?? [];
    expect(operators[criterion?.operator ?? '']).toBe(rule.when);
    expect(criterion?.threshold).toBe(rule.threshold);
    expect(found?.properties.severity).toBe(rule.severity === 'critical' ? 0 : 2);
    expect(found?.tags.team).toBe(rule.team);
    if (rule.windowMinutes > 0) expect(found?.properties.windowSize).toBe(`PT${rule.windowMinutes}M`);
    const [group] = found?.properties.actions.actionGroups ?? [];
    expect(Object.keys(azure.parameters)).toContain(/'(\w+)'/.exec(group ?? '')?.[1]);
  });
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
];

test.each(cases)('%s at %d: %s, in code, in Prometheus and in Azure Monitor (T4, T6)', (name, value, loud) => {
  const rule = alertRules.find((one) => one.name === name);
  const inPrometheus = comparison(prometheusRule(name)?.expr ?? '');
  const [criterion] = azureRule(name)?.properties.criteria.allOf ?? [];
  const inAzure = { when: operators[criterion?.operator ?? ''] ?? '>', threshold: criterion?.threshold ?? NaN };
  expect(rule === undefined ? null : speaks(rule, value)).toBe(loud);
  expect(speaks(inPrometheus, value)).toBe(loud);
  expect(speaks(inAzure, value)).toBe(loud);
});

test('Prometheus expressions use only metrics that the service has, with balanced brackets', async () => {
  const names = new Set<string>();
  for (const { name, type } of await createMetrics(() => 0).registry.getMetricsAsJSON()) {
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

test('a failure is counted once a streak and leaves the window after 15 minutes (R-1103)', () => {
  let now = 0;
  const window = createFailureWindow(() => now);
  window.add('opportunity jira-refused 1');
  window.add('opportunity jira-refused 1');
  now = 60_000;
  window.add('opportunity jira-refused 2');
  expect(window.count()).toBe(2);
  now = 15 * 60_000;
  expect(window.count()).toBe(2);
  now += 1;
  expect(window.count()).toBe(1);
});
