import { z } from 'zod';
import { minutesBack } from '../../clients/jira/minutes-back';
import type { Followed } from './followed';
import { polledChange } from './poll-worklogs';
import type { JiraPollContext } from './jira-poll-context';

const stamped = z.object({
  updated: z.string(),
  project: z.object({ id: z.union([z.string(), z.number()]).transform(String) }),
});

/** Asks for all issues changed lately and queues what is followed of them. @returns how many changes were new */
export async function pollIssues(context: JiraPollContext, followed: Pick<Followed, 'keysOf'>): Promise<number> {
  const { store, site, connectionId } = context;
  const cursorName = `jira.issues/${connectionId}`;
  const now = context.now().getTime();
  const cursor = await store.readCursor(cursorName);
  const jql = `updated >= -${minutesBack(cursor === null ? null : Number(cursor), now)}m ORDER BY updated ASC`;
  let stored = 0;
  for await (const issue of site.profile.search(site.http, jql, ['updated', 'project'])) {
    const { updated, project } = stamped.parse(issue.fields);
    const keys = followed.keysOf({ id: issue.id, projectId: project.id });
    if (keys.length === 0) continue;
    // An issue that moved between projects is a change of both: the one it left is found by the slow turn.
    const delivery = polledChange('issue_updated', `${connectionId}:${issue.id}:${project.id}:${updated}`, keys, now);
    if ((await store.receive(delivery)) === 'stored') stored += 1;
  }
  await store.writeCursor(cursorName, String(now));
  return stored;
}
