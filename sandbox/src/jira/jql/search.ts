import type { IssueRow } from '../site/rows';
import { compileQuery } from './compile-query';
import type { CompiledQuery, QueryContext } from './compile-query';

/** Issues that a compiled query finds, in its order. Issues of deleted and archived projects are not searched. */
export function runQuery(context: QueryContext, query: CompiledQuery): IssueRow[] {
  const { site } = context.view;
  const searchable = ({ projectId }: IssueRow): boolean => {
    const project = site.projects.get(projectId);
    return project?.deletedOn === null && project.archivedOn === null;
  };
  const issues = query.projectId === null ? site.issues.all() : site.issues.where('project', query.projectId);
  const mayBrowse = ({ projectId }: IssueRow): boolean => site.may(context.user, 'browse', projectId);
  return issues.filter((issue) => searchable(issue) && mayBrowse(issue) && query.matches(issue)).sort(query.compare);
}

/** @throws JiraError 400 for a query that does not compile */
export function search(context: QueryContext, jql: string): IssueRow[] {
  return runQuery(context, compileQuery(jql, context));
}
