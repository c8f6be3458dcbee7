import { issueTypes, priorities, resolutions, statuses } from '../site/defaults';
import { plainText } from '../site/rich-text';
import type { ChangeItem, IssueRow } from '../site/rows';
import type { Site } from '../site/site';

type Shown = readonly [id: string | null, label: string | null];

const nameIn = (rows: readonly { id: string; name: string }[], id: string | null): Shown => [
  id,
  rows.find((row) => row.id === id)?.name ?? null,
];
const plain = (value: string | number | null): Shown => [null, value === null ? null : String(value)];
const seconds = (value: number | null): Shown => (value === null ? [null, null] : [String(value), String(value)]);

/** Fields the history speaks of: name in the history, id of the field, and how a value is shown. */
const tracked: readonly { field: string; fieldId: string; show: (site: Site, issue: IssueRow) => Shown }[] = [
  { field: 'summary', fieldId: 'summary', show: (_site, issue) => plain(issue.summary) },
  { field: 'description', fieldId: 'description', show: (_site, issue) => plain(plainText(issue.description)) },
  { field: 'environment', fieldId: 'environment', show: (_site, issue) => plain(plainText(issue.environment)) },
  { field: 'issuetype', fieldId: 'issuetype', show: (_site, issue) => nameIn(issueTypes, issue.typeId) },
  { field: 'resolution', fieldId: 'resolution', show: (_site, issue) => nameIn(resolutions, issue.resolutionId) },
  { field: 'status', fieldId: 'status', show: (_site, issue) => nameIn(statuses, issue.statusId) },
  { field: 'priority', fieldId: 'priority', show: (_site, issue) => nameIn(priorities, issue.priorityId) },
  { field: 'assignee', fieldId: 'assignee', show: (site, issue) => user(site, issue.assigneeId) },
  { field: 'reporter', fieldId: 'reporter', show: (site, issue) => user(site, issue.reporterId) },
  { field: 'labels', fieldId: 'labels', show: (_site, issue) => plain(issue.labels.join(' ')) },
  {
    field: 'Parent',
    fieldId: 'parent',
    show: (site, issue) => [issue.parentId, site.issues.get(issue.parentId ?? '')?.key ?? null],
  },
  {
    field: 'Fix Version',
    fieldId: 'fixVersions',
    show: (site, issue) => rows(issue.fixVersionIds, (id) => site.versions.get(id)?.name),
  },
  {
    field: 'Version',
    fieldId: 'versions',
    show: (site, issue) => rows(issue.versionIds, (id) => site.versions.get(id)?.name),
  },
  {
    field: 'Component',
    fieldId: 'components',
    show: (site, issue) => rows(issue.componentIds, (id) => site.components.get(id)?.name),
  },
  {
    field: 'duedate',
    fieldId: 'duedate',
    show: (_site, issue) => [issue.dueDate, issue.dueDate && `${issue.dueDate} 00:00:00.0`],
  },
  {
    field: 'timeoriginalestimate',
    fieldId: 'timeoriginalestimate',
    show: (_site, issue) => seconds(issue.originalEstimate),
  },
  { field: 'timeestimate', fieldId: 'timeestimate', show: (_site, issue) => seconds(issue.remainingEstimate) },
];

function user(site: Site, id: string | null): Shown {
  return [id, id === null ? null : (site.users.get(id)?.displayName ?? null)];
}

function rows(ids: readonly string[], nameOf: (id: string) => string | undefined): Shown {
  return ids.length === 0 ? [null, null] : [ids.join(', '), ids.map((id) => nameOf(id) ?? id).join(', ')];
}

function custom(site: Site, fieldId: string, issue: IssueRow): Shown {
  const value = issue.custom[fieldId] ?? null;
  const option = site.customFields.get(fieldId)?.options.find((candidate) => candidate.id === value);
  return option ? [option.id, option.value] : plain(value);
}

/** What the history says about going from one state of an issue to the next. */
export function describeChange(site: Site, before: IssueRow, after: IssueRow): ChangeItem[] {
  const item = (field: string, fieldId: string, isCustom: boolean, from: Shown, to: Shown): ChangeItem[] =>
    from[0] === to[0] && from[1] === to[1]
      ? []
      : [{ field, fieldId, custom: isCustom, from: from[0], fromString: from[1], to: to[0], toString: to[1] }];
  const customIds = new Set([...Object.keys(before.custom), ...Object.keys(after.custom)]);
  return [
    ...tracked.flatMap(({ field, fieldId, show }) =>
      item(field, fieldId, false, show(site, before), show(site, after)),
    ),
    ...[...customIds].flatMap((fieldId) =>
      item(
        site.customFields.get(fieldId)?.name ?? fieldId,
        fieldId,
        true,
        custom(site, fieldId, before),
        custom(site, fieldId, after),
      ),
    ),
  ];
}
