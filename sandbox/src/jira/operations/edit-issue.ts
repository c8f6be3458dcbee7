import { JiraError } from '../jira-error';
import type { IssueRow, UserRow } from '../site/rows';
import { issueTypeById } from '../views/catalogue-views';
import { readIssueField } from '../views/issue-fields';
import type { View } from '../views/view';
import { asRecord } from './as-record';
import { readIssueFields } from './read-issue-fields';
import { historyMetadataOf, storeProperties } from './request-extras';
import { ARCHIVED, changeIssue, hierarchyProblem, projectOf } from './store-issue';

/** What an `update` adds beside the fields; read by the routes. */
const EXTRAS = new Set(['comment', 'worklog', 'issuelinks']);

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
    if (!EXTRAS.has(field))
      values[field] = applyOperations(view, issue, field, Array.isArray(operations) ? operations : []);
  }
  const patch = readIssueFields(values, { view, project, userId: actor.id }, errors, issue.custom);
  const level = issueTypeById(patch.typeId ?? issue.typeId).level;
  const trouble = patch.parentId !== undefined ? hierarchyProblem(site, level, patch.parentId) : null;
  if (trouble) errors['parent'] ??= trouble;
  if (Object.keys(errors).length > 0) throw new JiraError(400, [], errors);
  const assigned = Object.keys(values).length === 1 && 'assignee' in values;
  const type = assigned ? 'issue_assigned' : 'issue_updated';
  const changed = changeIssue(site, actor, issue, patch, type, [], historyMetadataOf(body));
  storeProperties(site, issue, body);
  return changed;
}
