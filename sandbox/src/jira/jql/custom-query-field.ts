import type { CustomFieldRow, IssueRow } from '../site/rows';
import { byName, some } from './query-field';
import type { QueryField } from './query-field';

/** A custom field as JQL sees it, by its kind. */
export function customQueryField(field: CustomFieldRow): QueryField {
  const value = (issue: IssueRow) => issue.custom[field.id] ?? null;
  const label = (issue: IssueRow) => field.options.find((option) => option.id === value(issue))?.value ?? value(issue);
  const common = { name: field.name, sort: label };
  const texts = (issue: IssueRow) => some(value(issue)).map(String);
  switch (field.type) {
    case 'select':
      return {
        ...common,
        kind: 'set',
        read: texts,
        resolve: byName(field.options.map((option) => ({ id: option.id, name: option.value }))),
        history: field.id,
      };
    case 'float':
      return { ...common, kind: 'number', read: (issue) => some(value(issue)).map(Number) };
    case 'datepicker':
      return { ...common, kind: 'day', read: texts };
    default:
      return { ...common, kind: 'text', read: texts };
  }
}
