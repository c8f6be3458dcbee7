import type { ChangeItem, ChangeRow, IssueRow, ProjectRow, UserRow } from '../site/rows';
import type { Site } from '../site/site';

const item = (field: string, fieldId: string, values: Pick<ChangeItem, 'from' | 'fromString' | 'to' | 'toString'>) => ({
  field,
  fieldId,
  custom: false,
  ...values,
});

/** Moves an issue to another project, as people do in Jira: it keeps its id and gets the next key there. */
export function moveIssue(site: Site, actor: UserRow, issue: IssueRow, to: ProjectRow): IssueRow {
  if (to.id === issue.projectId) return issue;
  const on = site.now();
  const from = site.projects.get(issue.projectId);
  const number = to.lastIssueNumber + 1;
  const key = `${to.key}-${number}`;
  const { moved, change } = site.together(() => ({
    project: site.projects.put<ProjectRow>({ ...to, lastIssueNumber: number }),
    // Parent and versions belong to the project that it leaves.
    moved: site.issues.put<IssueRow>({
      ...issue,
      projectId: to.id,
      key,
      parentId: null,
      fixVersionIds: [],
      versionIds: [],
      componentIds: [],
      updatedOn: on,
    }),
    change: site.changes.put<ChangeRow>({
      id: site.nextId('change'),
      issueId: issue.id,
      authorId: actor.id,
      createdOn: on,
      items: [
        item('project', 'project', {
          from: issue.projectId,
          fromString: from?.name ?? null,
          to: to.id,
          toString: to.name,
        }),
        item('Key', 'issuekey', { from: null, fromString: issue.key, to: null, toString: key }),
      ],
    }),
  }));
  site.emit({ on, actorId: actor.id, kind: 'issue', event: 'updated', issue: moved, change, type: 'issue_moved' });
  return moved;
}
