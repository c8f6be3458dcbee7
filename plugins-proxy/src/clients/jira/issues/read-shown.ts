import { z } from 'zod';
import { path } from '../../../platform/http-client/path';
import type { JiraSite } from '../jira-site';
import { jiraId } from '../wire/jira-payload';
import { readShownIssue, type SeenIssue, shownFieldNames } from './shown-issue';

const answer = z.object({ id: jiraId, key: z.string(), fields: z.unknown() });

/** An issue by its id or key, as lists show it; null: it is not there, or not to be seen. */
export async function readShown(site: JiraSite, idOrKey: string): Promise<SeenIssue | null> {
  const found = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/issue/${idOrKey}`,
    query: { fields: shownFieldNames.join(',') },
    schema: answer,
  });
  return found === null ? null : readShownIssue(found);
}

/**
 * Clause of a query for issues with the words of a text in their summary; null: there is no word in it. The beginning of a word is enough,
 * and no sign of the query's language gets in.
 */
export function summaryClause(text: string): string | null {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 0 ? null : `summary ~ "${words.map((word) => `${word}*`).join(' ')}"`;
}

/** The first issues that a query finds, without those that have a level of security. */
export async function searchShown(site: JiraSite, jql: string, most: number): Promise<readonly SeenIssue[]> {
  const found: SeenIssue[] = [];
  for await (const issue of site.profile.search(site.http, jql, shownFieldNames)) {
    const seen = readShownIssue(issue);
    if (!seen.isRestricted) found.push(seen);
    if (found.length >= most) break;
  }
  return found;
}
