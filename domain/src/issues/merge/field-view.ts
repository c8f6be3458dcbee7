import { cleanName } from '../../text/clean-name';
import { cutText } from '../../text/fit-text';
import type { RecordChange } from '../actions';
import type { ChangelogEntry, FieldName, FieldValue, IssueThere, JiraField, RecordFacts } from '../facts';
import { classOf, rowOfClass, rowOfCrm, rowOfJira } from '../maps/value-map';
import type { IssuePolicy } from '../policy';
import type { FieldChange } from './walk-changelog';

/** One field as both sides have it, in the values that are compared. */
export interface FieldView {
  readonly name: FieldName;
  readonly record: FieldValue;
  readonly recordText: string | null;
  /** What stands in Jira now; undefined: a value that the map does not know and that changes nothing. */
  readonly jira: FieldValue | undefined;
  readonly jiraText: string | null;
  readonly changes: readonly FieldChange[];
}

const labelOf = (name: FieldName): string => name.slice('label:'.length);
export const jiraFieldOf = (name: FieldName): JiraField =>
  name === 'status' || name === 'priority' || name === 'summary' ? name : 'labels';

/** What both sides can hold of a title, in one line. */
export const comparedTitle = (title: string, policy: IssuePolicy): string =>
  cutText(cleanName(title), Math.min(policy.titleLength, 255));

function compared(
  name: FieldName,
  raw: string | null,
  policy: IssuePolicy,
  closed: boolean,
  own: boolean,
): FieldValue | undefined {
  switch (name) {
    case 'summary':
      return raw === null ? null : comparedTitle(raw, policy);
    case 'priority': {
      const row = rowOfJira(policy.priorities, raw);
      return raw === null ? null : row && classOf(row);
    }
    case 'status': {
      const row = rowOfJira(policy.statuses, raw);
      // Resolving an open record is the rule's business: until then an issue that is done changes nothing here.
      return row === undefined || (row.resolves === true && !closed && !own) ? undefined : classOf(row);
    }
    default:
      return (raw ?? '').split(' ').includes(labelOf(name)) ? 'set' : null;
  }
}

/** A write of ours whose value Jira changed at once counts as two: ours, then Jira's own. */
function changesOf(
  name: FieldName,
  entry: ChangelogEntry,
  linkId: string,
  policy: IssuePolicy,
  closed: boolean,
): readonly FieldChange[] {
  const field = jiraFieldOf(name);
  const item = entry.items.find((one) => one.field === field);
  if (item === undefined) return [];
  const { id, by, on, mark } = entry;
  const change = (value: FieldValue | undefined, text: string | null, ownVersion: number | null): FieldChange[] =>
    value === undefined ? [] : [{ id, value, text, by, on, ownVersion }];
  const text = item.toText ?? item.to;
  if (
    field === 'labels' &&
    compared(name, item.from, policy, closed, true) === compared(name, item.to, policy, closed, true)
  )
    return [];
  if (mark?.link !== linkId) return change(compared(name, item.to, policy, closed, false), text, null);
  const became = compared(name, item.to, policy, closed, true);
  const wrote = mark.wrote?.field === field ? compared(name, mark.wrote.value, policy, closed, true) : became;
  return wrote === became || field === 'labels'
    ? change(became, text, mark.version)
    : [
        ...change(wrote, mark.wrote?.value ?? null, mark.version),
        ...change(compared(name, item.to, policy, closed, false), text, null),
      ];
}

/** As compared; undefined: the record does not have it, or the map does not know its value. */
export function recordValue(
  name: FieldName,
  record: Pick<RecordFacts, 'status' | 'priority' | 'summary' | 'labels'>,
  policy: IssuePolicy,
): FieldValue | undefined {
  switch (name) {
    case 'summary':
      return typeof record.summary === 'string' ? comparedTitle(record.summary, policy) : record.summary;
    case 'priority':
    case 'status': {
      const raw = record[name];
      const row = rowOfCrm(name === 'status' ? policy.statuses : policy.priorities, raw);
      return raw === null && name === 'priority' ? null : row && classOf(row);
    }
    default:
      return record.labels === undefined ? undefined : record.labels.includes(labelOf(name)) ? 'set' : null;
  }
}

function rawOfRecord(name: FieldName, record: RecordFacts): string | null {
  if (name === 'status' || name === 'priority' || name === 'summary') return record[name] ?? null;
  return record.labels?.includes(labelOf(name)) === true ? labelOf(name) : null;
}

/** A value that a create left in Jira, as compared. */
export const jiraValue = (
  name: 'status' | 'priority' | 'summary',
  { statusId, priorityId, summary }: { statusId: string; priorityId: string | null; summary: string },
  policy: IssuePolicy,
): FieldValue | undefined =>
  compared(name, name === 'status' ? statusId : name === 'priority' ? priorityId : summary, policy, false, true);

/** null: not synced, because the record does not have it or the map does not know its value. */
export function fieldView(
  name: FieldName,
  record: RecordFacts,
  issue: IssueThere,
  linkId: string,
  policy: IssuePolicy,
): FieldView | null {
  const value = recordValue(name, record, policy);
  if (value === undefined) return null;
  const { shown } = issue;
  const [raw, text] =
    name === 'status'
      ? [issue.statusId, shown.status]
      : name === 'priority'
        ? [issue.priorityId, shown.priority]
        : name === 'summary'
          ? [shown.summary, shown.summary]
          : [shown.labels.join(' '), shown.labels.includes(labelOf(name)) ? labelOf(name) : null];
  return {
    name,
    record: value,
    recordText: rawOfRecord(name, record),
    jira: compared(name, raw, policy, record.closed, false),
    jiraText: text,
    changes: issue.changelog.flatMap((entry) => changesOf(name, entry, linkId, policy, record.closed)),
  };
}

/** Fields that both sides may change; labels that anybody has or had since the cursor. */
export function fieldNames(record: RecordFacts, issue: IssueThere, stored: readonly FieldName[]): readonly FieldName[] {
  const labels =
    record.labels === undefined
      ? []
      : [
          ...record.labels,
          ...issue.shown.labels,
          ...issue.changelog.flatMap(({ items }) =>
            items
              .filter(({ field }) => field === 'labels')
              .flatMap(({ from, to }) => `${from ?? ''} ${to ?? ''}`.split(' ').filter(Boolean)),
          ),
        ];
  return [
    ...new Set<FieldName>([
      'status',
      'priority',
      'summary',
      ...[...labels].sort().map((label): FieldName => `label:${label}`),
      ...(record.labels === undefined ? [] : stored.filter((name) => name.startsWith('label:'))),
    ]),
  ];
}

/** The record with Jira's value, raw; a status or priority by the first value of its row. */
export function recordChange(
  name: FieldName,
  value: FieldValue,
  text: string | null,
  record: RecordFacts,
  policy: IssuePolicy,
): RecordChange {
  switch (name) {
    case 'summary':
      return { summary: text === null ? null : comparedTitle(text, policy) };
    case 'status':
      return { status: rowOfClass(policy.statuses, value)?.crm[0] ?? null };
    case 'priority':
      return { priority: rowOfClass(policy.priorities, value)?.crm[0] ?? null };
    default: {
      const others = (record.labels ?? []).filter((label) => label !== labelOf(name));
      return { labels: value === null ? others : [...others, labelOf(name)] };
    }
  }
}

export { labelOf };
