import { z } from 'zod';
import { signBody } from '../../../../../plugins-proxy/src/inbound/webhooks/verify-signature';
import { type Row, startWorld, type World } from '../../../world';

export const reference = 'CRM-202501-A1B2C3D4';
export const projectKey = 'CRMWYVLZZJ';

/** E4: hours a month, at 125.00 an hour: 1,910 h, 238,750.00. */
const MONTHS: readonly (readonly [string, number])[] = [
  ['2025-01-20', 380],
  ['2025-02-14', 400],
  ['2025-03-14', 450],
  ['2025-04-14', 330],
  ['2025-05-14', 230],
  ['2025-06-13', 120],
];

/** E4: what the final report says. */
export const finalFigures = {
  crmjira_duration_days: 151,
  crmjira_approved: 250_000,
  crmjira_actual: 238_750,
  crmjira_variance: -11_250,
  crmjira_variance_percentage: -4.5,
  crmjira_performance: 1,
  crmjira_total_hours: 1_910,
  crmjira_average_hourly_rate: 125,
  crmjira_avg_daily_hours: 12.6,
  crmjira_peak_month: 'March 2025',
  crmjira_efficiency_rating: 1,
} as const;

/** Logs the hours of E4, each month's in its month. */
export async function workThrough(world: World, mapping: string, issue: string): Promise<void> {
  for (const [day, hours] of MONTHS) {
    world.setClock(`${day}T17:00:00Z`);
    await world.logHours(issue, hours, `${day}T09:00:00.000+0000`);
    // Snapshots are by day of reading: each month's hours are read in their month.
    await world.settled();
  }
  await world.settledAt(mapping, [238_750, 11_250, 95.5, 3]);
}

/** A call to Jira or its budget module. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** The world of an example with the budget module, and every call that Jira gets, oldest first. */
export async function startExample(
  start: string,
  settings: Record<string, string> = { crmjira_BudgetSource: 'budget-module' },
): Promise<{ readonly world: World; readonly calls: readonly Call[] }> {
  const calls: Call[] = [];
  const world = await startWorld(start, {}, settings, ({ jira }) => {
    jira.app.addHook('preHandler', async ({ method, url, body }) => void calls.push({ method, path: url, body }));
  });
  return { world, calls };
}

/** Hands the proxy a signed delivery; a text goes as it is. @returns status, and milliseconds until the answer */
export async function tell(
  { proxyUrl, config }: World,
  payload: unknown,
  { identifier, secret }: { readonly identifier?: string; readonly secret?: string } = {},
): Promise<{ readonly status: number; readonly ms: number }> {
  const body = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const startedAt = performance.now();
  const { status } = await fetch(`${proxyUrl}/webhooks/jira/${config.connectionId}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-hub-signature': signBody(body, secret ?? config.jira.webhookSecrets[0]),
      ...(identifier === undefined ? {} : { 'x-atlassian-webhook-identifier': identifier }),
    },
  });
  return { status, ms: performance.now() - startedAt };
}

/** Jira tells nobody any more: what happens then is told by the test, in the words of the example. */
export function silence({ standIns }: World): void {
  for (const webhook of standIns.jira.site.webhooks.all()) standIns.jira.site.webhooks.delete(webhook.id);
}

const rootIssueAnswer = z.object({
  fields: z.object({
    customfield_10100: z.string().nullable(),
    customfield_10101: z.string().nullable(),
    customfield_10102: z.object({ value: z.string() }).nullable(),
    customfield_10103: z.number().nullable(),
  }),
});

/** The four values on the root issue, as Jira shows them: opportunity, account, budget status, approved amount. */
export async function rootIssue({ standIns, jira }: World): Promise<readonly unknown[]> {
  const [issue] = standIns.jira.site.issues.all();
  const { fields } = rootIssueAnswer.parse(await jira('GET', `/issue/${issue?.id}`));
  const { customfield_10100: opportunity, customfield_10101: account, customfield_10102: status } = fields;
  return [opportunity, account, status?.value ?? null, fields.customfield_10103];
}

/** Seconds from one instant to another. */
export function secondsAfter(instant: unknown, since: string): number {
  return (Date.parse(String(instant)) - Date.parse(since)) / 1_000;
}

/** Rows that are not among `before`. */
export function fresh(rows: readonly Row[], before: readonly Row[], id: string): Row[] {
  const known = new Set(before.map((row) => row[id]));
  return rows.filter((row) => !known.has(row[id]));
}
