import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { JiraRefusal, createJiraClient } from './jira-client';
import type { JiraAccount, JiraPerson } from './jira-client';

const worklog = z.object({
  /** address of the project's site */
  site: z.string().max(500).default(''),
  person: z.string().max(200),
  issueKey: z.string().regex(/^[A-Z][A-Z0-9_]+-\d+$/),
  /** up to a year of work by one person, so that a budget can be spent in one go */
  hours: z.number().positive().max(2_500),
  comment: z.string().max(2_000),
  rate: z.number().nonnegative().max(10_000).nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

/** Routes of the "log work in Jira" panel: the browser never holds a Jira credential. */
export function jiraRoutes(
  app: FastifyInstance,
  accounts: readonly [JiraAccount, ...JiraAccount[]],
  people: readonly JiraPerson[],
): void {
  const [first] = accounts;
  const clients = new Map(accounts.map((account) => [new URL(account.url).origin, createJiraClient(account, people)]));
  /** Of a project's address; the first site for what has none. */
  const siteOf = (address: string | undefined) =>
    clients.get(URL.canParse(address ?? '') ? new URL(address ?? '').origin : '') ?? createJiraClient(first, people);

  app.get<{ Params: { key: string }; Querystring: { site?: string } }>('/host/jira/:key', async (request, reply) => {
    try {
      return await siteOf(request.query.site).choices(request.params.key);
    } catch (error) {
      return reply.status(502).send(sentence(error));
    }
  });

  app.post('/host/jira/worklogs', async (request, reply) => {
    const input = worklog.safeParse(request.body);
    if (!input.success) return reply.status(400).send(sentence(new Error('The hours, issue or rate are not usable.')));
    try {
      await siteOf(input.data.site).logWork(input.data);
      return await reply.status(201).send({ logged: input.data.hours });
    } catch (error) {
      return reply.status(502).send(sentence(error));
    }
  });
}

function sentence(error: unknown) {
  const code = error instanceof JiraRefusal ? error.code : 'JIRA';
  return { error: { code, message: error instanceof Error ? error.message : 'Jira did not answer.' } };
}
