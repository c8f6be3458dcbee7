import type { FieldIds } from './resolve-fields';
import type { JiraSite } from './jira-site';
import { minutesBack } from './minutes-back';
import type { IssueAnswer } from './wire/answers';

const fields = ['status', 'project', 'issuetype', 'timeoriginalestimate', 'timeestimate', 'timespent', 'updated'];

/** The custom fields that the root issue carries. */
export function rootIssueFields(ids: FieldIds): readonly string[] {
  return [ids.opportunityId, ids.accountId, ids.budgetStatus, ids.approvedAmount];
}

/** All issues of a project, and which of them Jira has just shown; the others are as they were remembered. */
export interface ReadIssues {
  readonly all: readonly IssueAnswer[];
  readonly shown: ReadonlyMap<string, IssueAnswer>;
}

const byId = (issues: readonly IssueAnswer[]): ReadonlyMap<string, IssueAnswer> =>
  new Map(issues.map((issue) => [issue.id, issue]));

/**
 * Every issue of a project, with what counts, estimates and the root issue are read from. Asked for by the project's id, which
 * no rename changes. Of a large project that is remembered only those are asked for that have changed since; when Jira counts other
 * issues than are then known, one was deleted, moved or missed, and all are read, page by page.
 * @param exactId an issue that must be shown as it is now, whatever the index says (Cloud)
 * @param whole nothing is taken from memory
 */
export async function readIssues(
  site: JiraSite,
  projectId: string,
  ids: FieldIds,
  { exactId = null, whole = false }: { readonly exactId?: string | null; readonly whole?: boolean } = {},
): Promise<ReadIssues> {
  const { issues: memory, now = Date.now } = site;
  const readAt = now();
  const project = `project = ${Number(projectId)}`;
  const search = async (jql: string): Promise<IssueAnswer[]> => {
    const found: IssueAnswer[] = [];
    const order = ' ORDER BY created ASC';
    for await (const issue of site.profile.search(
      site.http,
      jql + order,
      [...fields, ...rootIssueFields(ids)],
      exactId,
    ))
      found.push(issue);
    return found;
  };
  const known = whole ? null : (memory?.get(projectId) ?? null);
  if (known !== null) {
    const [changed, count] = await Promise.all([
      search(`${project} AND updated >= -${minutesBack(known.readAt, readAt)}m`),
      site.profile.count(site.http, project),
    ]);
    const shown = byId(changed);
    const all = new Map([...known.issues, ...shown]);
    if (count === all.size) {
      memory?.set(projectId, all.values(), { readAt, wholeAt: known.wholeAt });
      return { all: [...all.values()], shown };
    }
  }
  const all = await search(project);
  memory?.set(projectId, all, { readAt, wholeAt: readAt });
  return { all, shown: byId(all) };
}

/**
 * Those whose work, estimates and state count.
 * @param types names of issue types, in any case; null = all
 */
export function countedIssues(issues: readonly IssueAnswer[], types: readonly string[] | null): readonly IssueAnswer[] {
  if (types === null) return issues;
  const counted = new Set(types.map((name) => name.toLowerCase()));
  return issues.filter(({ fields: { issuetype } }) => counted.has(issuetype?.name.toLowerCase() ?? ''));
}

/** Whether an issue's status is of Jira's category "done". */
export function isDone(issue: IssueAnswer): boolean {
  return issue.fields.status?.statusCategory?.key === 'done';
}
