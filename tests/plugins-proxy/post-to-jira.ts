import { z } from 'zod';
import type { StandIns } from './stand-ins';

/** Creates things in the Jira stand-in with the service's own account, past the proxy; gives the id of what was created. */
export function postToJira({ environment, jiraUrl }: StandIns): (path: string, body: unknown) => Promise<string> {
  const { JIRA_EMAIL, JIRA_API_TOKEN } = environment;
  const authorization = `Basic ${Buffer.from(`${JIRA_EMAIL}:${JIRA_API_TOKEN}`).toString('base64')}`;
  return async (path, body) => {
    const response = await fetch(`${jiraUrl}/rest/api/2${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.status !== 201) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return z.object({ id: z.string() }).parse(await response.json()).id;
  };
}
