import { JiraError } from '../jira-error';
import { issueTypes } from '../site/defaults';
import type { IssueRow, ProjectRow, UserRow } from '../site/rows';
import type { View } from '../views/view';
import { asRecord } from './as-record';
import { readIssueFields } from './read-issue-fields';
import { storeProperties } from './request-extras';
import { ARCHIVED, hierarchyProblem, insertIssue } from './store-issue';

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
  const { summary } = patch;
  const issue = insertIssue(site, actor, project, { ...patch, summary, typeId: type.id });
  storeProperties(site, issue, body);
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
