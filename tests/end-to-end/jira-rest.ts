import { createHmac, randomUUID } from 'node:crypto';
import { request } from 'undici';
import { z } from 'zod';
import type { Endpoints } from '../../sandbox/src/form-host/index';
import { CONNECTION_ID } from '../../sandbox/src/run/directory';

const issues = z.object({ issues: z.array(z.object({ id: z.string(), key: z.string() })) });
const projects = z.object({ values: z.array(z.object({ id: z.string(), key: z.string(), name: z.string() })) });
const spent = z.object({ fields: z.object({ timespent: z.number().nullable() }) });
const worklogs = z.object({
  total: z.number(),
  worklogs: z.array(
    z.object({ id: z.string(), started: z.string(), timeSpentSeconds: z.number(), comment: z.unknown().optional() }),
  ),
});
const myself = z.object({ accountId: z.string() });
const delivered = z.object({
  total: z.number(),
  deliveries: z.array(z.object({ id: z.string(), event: z.string(), body: z.string(), state: z.string() })),
});
export type Delivery = z.infer<typeof delivered>['deliveries'][number];

/** Jira's own REST API as the service account uses it, and the stand-in's switches. */
export function jiraRest({ jira, proxy }: Endpoints) {
  async function call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    const answer = await request(`${jira.url}${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${jira.email}:${jira.apiToken}`).toString('base64')}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  return {
    /** A project as somebody makes it in Jira, led by the account, in the category that is offered for linking. */
    createProject: async (key: string, name: string): Promise<void> => {
      const { accountId: leadAccountId } = myself.parse(await call('GET', '/rest/api/3/myself'));
      await call('POST', '/rest/api/3/project', {
        key,
        name,
        projectTypeKey: 'software',
        leadAccountId,
        categoryId: 10_000,
      });
    },

    projectsNamed: async (text: string) =>
      projects.parse(await call('GET', `/rest/api/3/project/search?query=${encodeURIComponent(text)}`)).values,

    /** Newest issues of a project. */
    issuesOf: async (projectKey: string) =>
      issues.parse(
        await call('POST', '/rest/api/3/search/jql', {
          jql: `project = "${projectKey}" ORDER BY created DESC`,
          fields: ['summary'],
          maxResults: 50,
        }),
      ).issues,

    /** What was logged on an issue, and Jira's own sum of it, in seconds. */
    workOn: async (issueKey: string) => {
      const { fields } = spent.parse(await call('GET', `/rest/api/3/issue/${issueKey}?fields=timespent`));
      const all = worklogs.parse(await call('GET', `/rest/api/3/issue/${issueKey}/worklog?maxResults=5000`));
      if (all.total !== all.worklogs.length) throw new Error(`${all.worklogs.length} of ${all.total} were shown.`);
      return { timespent: fields.timespent ?? 0, worklogs: all.worklogs };
    },

    /** Logs work at a rate of its own (R-507). Resolves when Jira has answered 201. */
    logWork: async (issueKey: string, hours: number, rate: number, currency: string): Promise<void> => {
      await call('POST', `/rest/api/3/issue/${issueKey}/worklog`, {
        started: new Date().toISOString().replace('Z', '+0000'),
        timeSpentSeconds: Math.round(hours * 3_600),
        properties: [{ key: 'crmjira.billing', value: { rate, currency } }],
      });
    },

    /** Webhooks that the stand-in sent, oldest first. */
    deliveries: async (): Promise<readonly Delivery[]> => {
      const { total, deliveries } = delivered.parse(await call('GET', '/sandbox/deliveries?limit=100000'));
      if (total !== deliveries.length) throw new Error(`${deliveries.length} of ${total} deliveries were shown.`);
      return [...deliveries].reverse();
    },

    /** Makes Jira misbehave until `behave`. */
    misbehave: (settings: unknown) => call('POST', '/sandbox/faults', settings),
    behave: () => call('DELETE', '/sandbox/faults'),

    /** Sends a signed delivery to the proxy, as Jira does. @returns the status, null when nobody answered */
    deliver: async (body: string, id: string = randomUUID()): Promise<number | null> => {
      try {
        const answer = await request(`${proxy.url}/webhooks/jira/${CONNECTION_ID}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'x-atlassian-webhook-identifier': id,
            'x-hub-signature': `sha256=${createHmac('sha256', jira.webhookSecret).update(body).digest('hex')}`,
          },
          body,
        });
        await answer.body.dump();
        return answer.statusCode;
      } catch {
        // nobody listens, or the connection broke before an answer: not acknowledged
        return null;
      }
    },
  };
}
