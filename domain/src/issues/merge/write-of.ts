import type { JiraWrite } from '../actions';
import type { IssueThere, Trouble } from '../facts';
import { rowOfClass } from '../maps/value-map';
import type { IssuePolicy } from '../policy';
import { type FieldView, jiraFieldOf, labelOf } from './field-view';

/**
 * How the record's value reaches Jira: a status only through a step that Jira offers and that asks for nothing we lack, anything else
 * through the edit screen. Otherwise why not.
 */
export function writeOf(view: FieldView, issue: IssueThere, policy: IssuePolicy): JiraWrite | Trouble {
  const { name, record, recordText, jiraText } = view;
  const field = jiraFieldOf(name);
  const trouble = (code: Trouble['code'], named: string | null = field): Trouble => ({
    code,
    field: named,
    from: jiraText,
    to: recordText,
  });
  if (issue.shown.archived) return trouble('issue-archived');
  if (name === 'status') return transitionTo(view, issue, policy, trouble);
  if (!issue.editable.includes(field)) return trouble('not-on-screen');
  switch (name) {
    case 'priority': {
      const value = rowOfClass(policy.priorities, record)?.jira[0];
      return value === undefined ? trouble('not-in-map') : { field, value };
    }
    case 'summary':
      return record === null || record === '' ? trouble('not-in-map') : { field, value: record };
    default:
      return { field, value: null, label: { name: labelOf(name), add: record !== null } };
  }
}

function transitionTo(
  { record }: FieldView,
  { transitions }: IssueThere,
  policy: IssuePolicy,
  trouble: (code: Trouble['code'], field?: string | null) => Trouble,
): JiraWrite | Trouble {
  const wanted = rowOfClass(policy.statuses, record)?.jira ?? [];
  const offered = wanted.flatMap((status) => transitions.filter(({ to }) => to === status));
  const missing = (fields: (typeof offered)[number]['fields']): string | undefined =>
    fields.find(({ required, hasDefault }) => required && !hasDefault)?.name;
  const free = offered.find(({ fields }) => missing(fields) === undefined);
  if (free !== undefined) return { field: 'status', value: free.to, transition: free.id };
  const [first] = offered;
  return first === undefined
    ? trouble('no-transition', 'status')
    : trouble('transition-needs-field', missing(first.fields) ?? null);
}
