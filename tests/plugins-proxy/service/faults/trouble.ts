import { z } from 'zod';
import { addWorklog } from '../../../../sandbox/src/jira/operations/worklogs';
import { eventually } from '../../eventually';
import type { World } from '../../world';

/** Switches of the stand-ins: how they shall misbehave, and everything well again. */
export function troubleOf({ standIns }: Pick<World, 'standIns'>) {
  const dataverseUrl = standIns.config.dataverse.url;
  const tell = async (url: string, method: string, body?: unknown): Promise<void> => {
    const options = { method, headers: { 'content-type': 'application/json' } };
    const answer = await fetch(
      `${url}/sandbox/faults`,
      body === undefined ? { method } : { ...options, body: JSON.stringify(body) },
    );
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  };
  return {
    jira: (...rules: Record<string, unknown>[]): Promise<void> => tell(standIns.jiraUrl, 'PUT', { rules }),
    dataverse: (fault: Record<string, unknown>): Promise<void> => tell(dataverseUrl, 'POST', fault),
    over: async (): Promise<void> => {
      await tell(standIns.jiraUrl, 'DELETE');
      await tell(dataverseUrl, 'DELETE');
    },
  };
}

const health = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  store: z.object({ ok: z.boolean() }),
  jira: z.object({ ok: z.boolean(), says: z.string().optional() }),
  dataverse: z.object({ ok: z.boolean(), says: z.string().optional() }),
  queue: z
    .object({ pending: z.number(), dead: z.number(), retrying: z.number(), failing: z.record(z.string(), z.number()) })
    .nullable(),
});

/** What the service says of itself, with the statuses of both answers. */
export async function tellsOfItself(proxyUrl: string) {
  const [answer, ready] = await Promise.all([fetch(`${proxyUrl}/health`), fetch(`${proxyUrl}/ready`)]);
  return { ...health.parse(await answer.json()), healthStatus: answer.status, readyStatus: ready.status };
}

/** Work logged in Jira by a person, also while Jira answers nobody: its webhook leaves as ever. */
export function logWork({ standIns }: Pick<World, 'standIns'>, issueId: string, hours: number): void {
  const { site } = standIns.jira;
  const issue = site.issues.get(issueId);
  const [actor] = site.users.all();
  if (issue === undefined || actor === undefined) throw new Error(`Jira has no issue ${issueId}`);
  const worklog = { timeSpentSeconds: hours * 3_600, started: '2025-01-17T09:00:00.000+0000' };
  addWorklog({ site, edition: 'cloud', version: 3 }, actor, issue, worklog);
}

/** Waits until the service has acknowledged everything that Jira sent, at the first or at a later try. */
export async function allAcknowledged({ standIns }: Pick<World, 'standIns'>): Promise<void> {
  await eventually(async () => {
    await standIns.jira.deliveriesSettled();
    const open = standIns.jira.site.deliveries.all().filter(({ state }) => state !== 'delivered');
    expect(open.map(({ event, state }) => ({ event, state }))).toEqual([]);
  });
}
