import type { IssueRow } from '../site/rows';
import { compileQuery } from './compile-query';
import type { CompiledQuery, QueryContext } from './compile-query';

/** Issues that a compiled query finds, in its order. Issues of deleted and archived projects are not searched. */
export function runQuery(context: QueryContext, query: CompiledQuery): IssueRow[] {
  const { site } = context.view;
  const searchable = new Set(
    site.projects
      .all()
      .filter((project) => project.deletedOn === null && project.archivedOn === null)
      .map((project) => project.id),
  );
  return site.issues
    .all()
    .filter((issue) => searchable.has(issue.projectId) && query.matches(issue))
    .sort(query.compare);
}

/** @throws JiraError 400 for a query that does not compile */
export function search(context: QueryContext, jql: string): IssueRow[] {
  return runQuery(context, compileQuery(jql, context));
}
