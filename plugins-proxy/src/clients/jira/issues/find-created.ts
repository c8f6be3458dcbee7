import { type FoundIssue, type Guid, markKey, readCreateMark } from '@crmjira/domain';
import { inParallel } from '../../../platform/http-client/in-parallel';
import { path } from '../../../platform/http-client/path';
import type { JiraSite } from '../jira-site';
import { projectAnswer } from '../wire/answers';
import { markedIssueAnswer } from './answers';
import { readLinkedIssue } from './read-linked-issue';

/** Keys looked at together. */
const atOnce = 10;
/** Keys in a row without an issue, behind the highest known: numbers of issues that were moved or deleted are not given again. */
const longestGap = 30;
/** Keys looked at in one search. */
const mostKeys = 5_000;

const numberOf = (key: string): number => Number(key.slice(key.lastIndexOf('-') + 1));

/** What can be said of a project in which an issue is wanted. */
export interface ProjectState {
  /** null: it is not there, or not to be seen; what is read of its issues then says nothing */
  readonly key: string | null;
  /** Highest number of an issue that the search knows; 0: none. Its index may lag behind. */
  readonly highest: number;
}

export async function readProjectState(site: JiraSite, projectId: string): Promise<ProjectState> {
  const project = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/project/${projectId}`,
    schema: projectAnswer,
  });
  if (project === null) return { key: null, highest: 0 };
  for await (const { key } of site.profile.search(site.http, `project = ${Number(projectId)} ORDER BY key DESC`, [
    'project',
  ]))
    return { key: project.key, highest: numberOf(key) };
  return { key: project.key, highest: 0 };
}

/** The issue that an answered create has made, as the plan takes it over; null: it carries no mark of this link. */
export async function readCreated(site: JiraSite, issueId: string, link: Guid): Promise<FoundIssue | null> {
  const issue = await readLinkedIssue(site, issueId, link, { cursor: 0, known: null });
  const marked = readCreateMark(link, issue?.property);
  if (issue === null || marked === null) return null;
  /** Its value before the first change of it. */
  const first = (field: 'status' | 'priority' | 'summary' | 'labels'): string | null | undefined =>
    issue.changelog.flatMap(({ items }) => items.filter((item) => item.field === field))[0]?.from;
  const before = (field: 'status' | 'priority' | 'summary' | 'labels', now: string | null): string | null => {
    const from = first(field);
    return from === undefined ? now : from;
  };
  return {
    issueId,
    key: issue.shown.key,
    ...marked,
    created: {
      statusId: before('status', issue.statusId) ?? issue.statusId,
      priorityId: before('priority', issue.priorityId),
      summary: before('summary', issue.shown.summary) ?? '',
      labels: (before('labels', issue.shown.labels.join(' ')) ?? '').split(' ').filter(Boolean),
    },
  };
}

/**
 * The issue of a create whose answer was lost: the keys behind `low` are read one by one, because reading by key does not go through the
 * index of the search, which lags behind.
 * @returns null: there is none; undefined: too many keys to tell
 */
export async function findCreated(
  site: JiraSite,
  { key, highest }: ProjectState,
  low: number,
  link: Guid,
): Promise<FoundIssue | null | undefined> {
  if (key === null) return undefined;
  let last = Math.max(low, highest);
  for (let next = low + 1; next <= last + longestGap; next += atOnce) {
    if (next - low > mostKeys) return undefined;
    const numbers = Array.from({ length: atOnce }, (_, at) => next + at);
    const issues = await inParallel(numbers, atOnce, (number) =>
      site.http.find({
        method: 'GET',
        path: site.profile.api + path`/issue/${`${key}-${number}`}`,
        query: { fields: 'project', properties: markKey(link) },
        schema: markedIssueAnswer,
      }),
    );
    const ours = issues.find((issue) => readCreateMark(link, issue?.properties?.[markKey(link)]) !== null);
    if (ours != null) return readCreated(site, ours.id, link);
    issues.forEach((issue, at) => {
      if (issue !== null) last = Math.max(last, next + at);
    });
  }
  return null;
}
