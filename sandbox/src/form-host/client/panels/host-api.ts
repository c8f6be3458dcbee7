import { z } from 'zod';
import type { JiraLogChoices } from '../../contract';

const refusal = z.object({ error: z.object({ message: z.string() }) });

/** Calls the page's own server. @throws Error with its sentence when it refuses */
export async function callHost(path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const parsed: unknown = text === '' ? null : JSON.parse(text);
  if (answer.ok) return parsed;
  const known = refusal.safeParse(parsed);
  throw new Error(known.success ? known.data.error.message : `The page's server answered ${answer.status}.`);
}

const choices = z.object({
  issues: z.array(z.object({ key: z.string(), summary: z.string() })),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  defaultRate: z.number(),
});

/** @param projectUrl address of the project, which tells its site */
export async function readLogChoices(projectKey: string, projectUrl: string): Promise<JiraLogChoices> {
  const site = encodeURIComponent(projectUrl);
  return choices.parse(await callHost(`/host/jira/${encodeURIComponent(projectKey)}?site=${site}`));
}
