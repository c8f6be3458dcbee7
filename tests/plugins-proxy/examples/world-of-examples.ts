import { z } from 'zod';
import { signBody } from '../../../plugins-proxy/src/intake/verify-signature';
import { type Row, startWorld, type World } from '../world';

export const reference = 'CRM-202501-A1B2C3D4';
export const projectKey = 'CRMWYVLZZJ';

/** A call to Jira or its budget module. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** The world of an example with the specification's budget module, and every call that Jira gets, oldest first. */
export async function startExample(
  start: string,
  settings: Record<string, string> = { crmjira_BudgetSource: 's0' },
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
