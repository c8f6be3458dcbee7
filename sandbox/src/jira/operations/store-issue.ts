import { DEFAULT_PRIORITY, INITIAL_STATUS } from '../site/defaults';
import type { ChangeItem, ChangeRow, IssueRow, ProjectRow, UserRow } from '../site/rows';
import type { Site } from '../site/site';
import { issueTypeById } from '../views/catalogue-views';
import { describeChange } from './describe-change';
import type { IssuePatch } from './read-issue-fields';

export const ARCHIVED = 'The project is archived. Its issues cannot be changed.';

/** What a request may say of its change, which its entry of the history then keeps. */
export type HistoryMetadata = NonNullable<ChangeRow['historyMetadata']>;

export function projectOf(site: Site, issue: IssueRow): ProjectRow {
  const project = site.projects.get(issue.projectId);
  if (!project) throw new Error(`Issue ${issue.key} has no project.`);
  return project;
}

/** Why an issue cannot stand under a parent: it must be exactly one level below. */
export function hierarchyProblem(site: Site, level: number, parentId: string | null): string | null {
  if (parentId === null) return null;
  const parent = site.issues.get(parentId);
  if (parent && issueTypeById(parent.typeId).level === level + 1) return null;
  return 'Given parent work item does not belong to appropriate hierarchy.';
}

/** Stores a new issue under the project's next number. */
export function insertIssue(
  site: Site,
  actor: UserRow,
  project: ProjectRow,
  values: IssuePatch & { readonly summary: string; readonly typeId: string },
): IssueRow {
  const now = values.createdOn ?? site.now();
  // read afresh: bulk creation counts on from the row that the issue before it wrote
  const number = (site.projects.get(project.id)?.lastIssueNumber ?? 0) + 1;
  const issue = site.together(() => {
    site.projects.put<ProjectRow>({ ...(site.projects.get(project.id) ?? project), lastIssueNumber: number });
    return site.issues.put<IssueRow>({
      description: null,
      environment: null,
      statusId: INITIAL_STATUS,
      statusChangedOn: now,
      priorityId: DEFAULT_PRIORITY,
      resolutionId: null,
      resolvedOn: null,
      assigneeId: project.assigneeType === 'PROJECT_LEAD' ? project.leadId : null,
      reporterId: actor.id,
      creatorId: actor.id,
      labels: [],
      parentId: null,
      fixVersionIds: [],
      versionIds: [],
      componentIds: [],
      dueDate: null,
      originalEstimate: null,
      remainingEstimate: null,
      createdOn: now,
      updatedOn: now,
      custom: {},
      ...values,
      id: site.nextId('issue'),
      key: `${project.key}-${number}`,
      projectId: project.id,
    });
  });
  site.emit({ on: now, actorId: actor.id, kind: 'issue', event: 'created', issue });
  return issue;
}

/** Stores a changed issue with its history entry, and tells nobody. */
export function recordChange(
  site: Site,
  actor: UserRow,
  before: IssueRow,
  values: IssuePatch,
  items: readonly ChangeItem[],
  historyMetadata?: HistoryMetadata,
): { readonly issue: IssueRow; readonly change: ChangeRow } {
  const now = site.now();
  return site.together(() => ({
    issue: site.issues.put<IssueRow>({ ...before, ...values, updatedOn: now }),
    change: site.changes.put<ChangeRow>({
      id: site.nextId('change'),
      issueId: before.id,
      authorId: actor.id,
      createdOn: now,
      items,
      ...(historyMetadata === undefined ? {} : { historyMetadata }),
    }),
  }));
}

/** Changes an issue and tells of it; a change of nothing leaves no trace. */
export function changeIssue(
  site: Site,
  actor: UserRow,
  before: IssueRow,
  values: IssuePatch,
  type = 'issue_updated',
  more: readonly ChangeItem[] = [],
  historyMetadata?: HistoryMetadata,
): IssueRow {
  const items = [...describeChange(site, before, { ...before, ...values }), ...more];
  if (items.length === 0) return before;
  const { issue, change } = recordChange(site, actor, before, values, items, historyMetadata);
  site.emit({ on: change.createdOn, actorId: actor.id, kind: 'issue', event: 'updated', issue, change, type });
  return issue;
}
