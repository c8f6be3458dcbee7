import { z } from 'zod';
import type { JiraSite } from '../../clients/jira/jira-site';

/** A worklog that was written or deleted, and when (milliseconds, Jira's clock). */
export interface ChangedWorklog {
  readonly worklogId: string;
  readonly updatedTime: number;
}

/** What changed since a moment and the moment up to which that is all. */
export interface WorklogChanges {
  readonly changed: readonly ChangedWorklog[];
  readonly until: number;
}

const id = z.union([z.string(), z.number()]).transform(String);
const feedAnswer = z.object({
  values: z.array(z.object({ worklogId: id, updatedTime: z.number() })),
  until: z.number(),
  lastPage: z.boolean().default(true),
});
const worklogIssues = z.array(z.object({ id, issueId: id }));

/** Worklogs Jira takes in one `worklog/list`. */
const idsPerCall = 1_000;

/**
 * Follows `worklog/updated` or `worklog/deleted` to its last page.
 * @param since milliseconds
 */
export async function readWorklogFeed(
  site: JiraSite,
  feed: 'updated' | 'deleted',
  since: number,
): Promise<WorklogChanges> {
  const changed: ChangedWorklog[] = [];
  let from = since;
  for (;;) {
    const page = await site.http.call({
      method: 'GET',
      path: `${site.profile.api}/worklog/${feed}`,
      query: { since: from },
      schema: feedAnswer,
    });
    changed.push(...page.values);
    // A page that does not move on would be read for ever.
    if (page.lastPage || page.until < from) return { changed, until: Math.max(page.until, from) };
    from = page.until + 1;
  }
}

/** The issue of each worklog; one that was deleted meanwhile is left out. */
export async function issuesOfWorklogs(site: JiraSite, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const issues = new Map<string, string>();
  for (let start = 0; start < ids.length; start += idsPerCall) {
    const found = await site.http.call({
      method: 'POST',
      path: `${site.profile.api}/worklog/list`,
      body: { ids: ids.slice(start, start + idsPerCall).map(Number) },
      schema: worklogIssues,
      reads: true,
      repeatable: true,
    });
    for (const worklog of found) issues.set(worklog.id, worklog.issueId);
  }
  return issues;
}
