import { path } from '../../platform/http-client/path';
import type { JiraSite } from './jira-site';
import { type WorklogAnswer, worklogPageAnswer } from './wire/answers';

/** Worklogs asked for per page. */
const pageSize = 1_000;

/** All worklogs of an issue with their properties; an issue's own answer holds at most 20. */
export async function readWorklogs(site: JiraSite, issueId: string): Promise<readonly WorklogAnswer[]> {
  const all: WorklogAnswer[] = [];
  for (;;) {
    const page = await site.http.find({
      method: 'GET',
      path: site.profile.api + path`/issue/${issueId}/worklog`,
      query: { startAt: all.length, maxResults: pageSize, expand: 'properties' },
      schema: worklogPageAnswer,
    });
    // Deleted between the search and this call: its cost leaves the figures.
    if (page === null) return [];
    all.push(...page.worklogs);
    if (page.worklogs.length === 0 || all.length >= page.total) return all;
  }
}
