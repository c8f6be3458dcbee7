import type { FieldIds } from './resolve-fields';
import type { JiraSite } from './jira-site';
import type { IssueAnswer } from './wire/answers';

const fields = [
  'summary',
  'status',
  'project',
  'issuetype',
  'timeoriginalestimate',
  'timeestimate',
  'timespent',
  'updated',
];

/** The custom fields that the root issue carries. */
export function rootIssueFields(ids: FieldIds): readonly string[] {
  return [ids.opportunityId, ids.accountId, ids.budgetStatus, ids.approvedAmount];
}

/**
 * Every issue of a project, page by page, with what counts, estimates and the root issue are read from. Asked for by the
 * project's id, which no rename changes.
 * @param exactId an issue that must be shown as it is now, whatever the index says (Cloud)
 */
export async function readIssues(
  site: JiraSite,
  projectId: string,
  ids: FieldIds,
  exactId: string | null = null,
): Promise<readonly IssueAnswer[]> {
  const issues: IssueAnswer[] = [];
  const jql = `project = ${Number(projectId)} ORDER BY created ASC`;
  for await (const issue of site.profile.search(site.http, jql, [...fields, ...rootIssueFields(ids)], exactId))
    issues.push(issue);
  return issues;
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
