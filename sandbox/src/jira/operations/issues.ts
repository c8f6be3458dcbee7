import { JiraError } from '../jira-error';
import { DEFAULT_PRIORITY, DONE_RESOLUTION, INITIAL_STATUS, issueTypes, transitions } from '../site/defaults';
import type { ChangeItem, ChangeRow, IssueRow, ProjectRow, UserRow } from '../site/rows';
import type { Site } from '../site/site';
import { issueTypeById, statusById } from '../views/catalogue-views';
import { readIssueField } from '../views/issue-fields';
import type { View } from '../views/view';
import { describeChange } from './describe-change';
import { forgetIssue } from './projects';
import { readIssueFields } from './read-issue-fields';
import type { IssuePatch } from './read-issue-fields';

export const ARCHIVED = 'The project is archived. Its issues cannot be changed.';

function asRecord(value: unknown): Record<string, unknown> {
  // an object from JSON: any of its properties may be anything
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function findTargetProject(view: View, fields: Readonly<Record<string, unknown>>): ProjectRow | undefined {
  const { id, key } = asRecord(fields['project']);
  const wanted = id ?? key;
  return typeof wanted === 'string' || typeof wanted === 'number' ? view.site.findProject(String(wanted)) : undefined;
}

/**
 * Makes an issue as `POST /issue` does.
 * @throws JiraError 400 with all problems keyed by field
 */
export function createIssue(view: View, actor: UserRow, input: unknown): IssueRow {
  const { site, edition } = view;
  const body = asRecord(input);
  const fields = { ...asRecord(body['fields']), ...setOperations(asRecord(body['update'])) };
  const project = findTargetProject(view, fields);
  if (!project)
    throw JiraError.field(
      'project',
      edition === 'cloud' ? 'Specify a valid project ID or key' : 'valid project is required',
    );
  if (project.archivedOn !== null) throw new JiraError(400, [ARCHIVED]);
  const errors: Record<string, string> = {};
  const { project: _project, ...rest } = fields;
  const patch = readIssueFields(rest, { view, project, userId: actor.id }, errors);
  if (fields['summary'] === undefined) errors['summary'] = 'You must specify a summary of the issue.';
  if (fields['issuetype'] === undefined)
    errors['issuetype'] = edition === 'cloud' ? 'Specify an issue type' : 'issue type is required';
  const type = issueTypes.find((candidate) => candidate.id === patch.typeId);
  if (type?.level === -1 && !patch.parentId && !errors['parent'])
    errors['issuetype'] = 'Issue type is a sub-task but parent issue key or id not specified.';
  const parentProblem = type ? hierarchyProblem(site, type.level, patch.parentId ?? null) : null;
  if (parentProblem) errors['parent'] ??= parentProblem;
  if (Object.keys(errors).length > 0 || !type || patch.summary === undefined) throw new JiraError(400, [], errors);
  return insertIssue(site, actor, project, { ...patch, summary: patch.summary, typeId: type.id });
}

function hierarchyProblem(site: Site, level: number, parentId: string | null): string | null {
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

/** `update: {labels: [{set: […]}]}` says the same as `fields: {labels: […]}`. */
function setOperations(update: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(update).flatMap(([field, operations]) => {
      const set = Array.isArray(operations)
        ? operations.map(asRecord).find((operation) => 'set' in operation)
        : undefined;
      return set ? [[field, set['set']]] : [];
    }),
  );
}

/** Works out the value a field has after `add`, `remove`, `set` and `edit`. */
function applyOperations(view: View, issue: IssueRow, field: string, operations: readonly unknown[]): unknown {
  let value: unknown = readIssueField(view, issue, field);
  const same = (left: unknown, right: unknown) => {
    if (typeof left === 'string' || typeof right === 'string') return left === right;
    const [a, b] = [asRecord(left), asRecord(right)];
    return b['id'] !== undefined ? String(a['id']) === String(b['id']) : a['name'] === b['name'];
  };
  for (const operation of operations.map(asRecord)) {
    const items = Array.isArray(value) ? value : [];
    if ('set' in operation) value = operation['set'];
    if ('add' in operation) value = [...items, operation['add']];
    if ('remove' in operation) value = items.filter((item) => !same(item, operation['remove']));
    if ('edit' in operation) value = operation['edit'];
  }
  return value;
}

/** Stores a changed issue with its history entry; a change of nothing leaves no trace. */
export function changeIssue(
  site: Site,
  actor: UserRow,
  before: IssueRow,
  values: IssuePatch,
  type = 'issue_updated',
  more: readonly ChangeItem[] = [],
): IssueRow {
  const after: IssueRow = { ...before, ...values };
  const items = [...describeChange(site, before, after), ...more];
  if (items.length === 0) return before;
  const now = site.now();
  const [issue, change] = site.together(() => [
    site.issues.put<IssueRow>({ ...after, updatedOn: now }),
    site.changes.put<ChangeRow>({
      id: site.nextId('change'),
      issueId: before.id,
      authorId: actor.id,
      createdOn: now,
      items,
    }),
  ]);
  site.emit({ on: now, actorId: actor.id, kind: 'issue', event: 'updated', issue, change, type });
  return issue;
}

export function projectOf(site: Site, issue: IssueRow): ProjectRow {
  const project = site.projects.get(issue.projectId);
  if (!project) throw new Error(`Issue ${issue.key} has no project.`);
  return project;
}

/**
 * Changes an issue as `PUT /issue` does.
 * @throws JiraError 400 with all problems keyed by field
 */
export function editIssue(view: View, actor: UserRow, issue: IssueRow, input: unknown): IssueRow {
  const { site } = view;
  const project = projectOf(site, issue);
  if (project.archivedOn !== null) throw new JiraError(400, [ARCHIVED]);
  const body = asRecord(input);
  const fields = asRecord(body['fields']);
  const update = asRecord(body['update']);
  const errors: Record<string, string> = {};
  const values: Record<string, unknown> = { ...fields };
  for (const [field, operations] of Object.entries(update)) {
    if (field in fields) errors[field] = `Field '${field}' cannot appear in both 'fields' and 'update'`;
    if (field !== 'comment' && field !== 'worklog')
      values[field] = applyOperations(view, issue, field, Array.isArray(operations) ? operations : []);
  }
  const patch = readIssueFields(values, { view, project, userId: actor.id }, errors, issue.custom);
  const level = issueTypeById(patch.typeId ?? issue.typeId).level;
  const trouble = patch.parentId !== undefined ? hierarchyProblem(site, level, patch.parentId) : null;
  if (trouble) errors['parent'] ??= trouble;
  if (Object.keys(errors).length > 0) throw new JiraError(400, [], errors);
  const assigned = Object.keys(values).length === 1 && 'assignee' in values;
  return changeIssue(site, actor, issue, patch, assigned ? 'issue_assigned' : 'issue_updated');
}

/** Moves an issue along the workflow; entering a done status sets the resolution, leaving it clears it. */
export function transitionIssue(
  view: View,
  actor: UserRow,
  issue: IssueRow,
  transitionId: string,
  input: unknown,
): IssueRow {
  const { site } = view;
  const transition = transitions.find((candidate) => candidate.id === transitionId);
  if (!transition)
    throw new JiraError(400, [
      `It seems that you have tried to perform a workflow operation (${transitionId}) that is not valid for the current state of this issue (${issue.key}). The likely cause is that somebody has changed the issue recently, please look at the issue history for details.`,
    ]);
  const project = projectOf(site, issue);
  if (project.archivedOn !== null) throw new JiraError(400, [ARCHIVED]);
  const errors: Record<string, string> = {};
  const patch = readIssueFields(
    asRecord(asRecord(input)['fields']),
    { view, project, userId: actor.id },
    errors,
    issue.custom,
  );
  if (Object.keys(errors).length > 0) throw new JiraError(400, [], errors);
  const now = site.now();
  const done = statusById(transition.toId).categoryKey === 'done';
  const wasDone = statusById(issue.statusId).categoryKey === 'done';
  const moved = transition.toId !== issue.statusId;
  return changeIssue(
    site,
    actor,
    issue,
    {
      ...patch,
      statusId: transition.toId,
      ...(moved ? { statusChangedOn: now } : {}),
      ...(done && !wasDone ? { resolutionId: patch.resolutionId ?? DONE_RESOLUTION, resolvedOn: now } : {}),
      ...(!done ? { resolutionId: null, resolvedOn: null } : {}),
    },
    done && !wasDone ? 'issue_closed' : wasDone && !done ? 'issue_reopened' : 'issue_generic',
  );
}

/** @throws JiraError 400 when there are sub-tasks that were not to go with it */
export function deleteIssue(site: Site, actor: UserRow, issue: IssueRow, withSubtasks: boolean): void {
  const children = site.issues.where('parent', issue.id);
  const subtasks = children.filter((child) => issueTypeById(child.typeId).level === -1);
  if (subtasks.length > 0 && !withSubtasks)
    throw new JiraError(400, [
      `The issue '${issue.key}' has subtasks.  You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.`,
    ]);
  site.together(() => {
    for (const subtask of subtasks) deleteIssue(site, actor, subtask, true);
    for (const child of children.filter((row) => !subtasks.includes(row)))
      site.issues.put<IssueRow>({ ...child, parentId: null });
    // told before it is gone, so that filters still see its project
    site.emit({ on: site.now(), actorId: actor.id, kind: 'issue', event: 'deleted', issue });
    forgetIssue(site, issue.id);
  });
}
