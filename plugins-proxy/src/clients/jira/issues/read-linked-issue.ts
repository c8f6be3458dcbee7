import {
  type ChangelogEntry,
  type Guid,
  type IssueThere,
  type JiraField,
  markKey,
  readWriteMark,
  type ShownIssue,
  type Transition,
} from '@crmjira/domain';
import { path } from '../../../platform/http-client/path';
import type { JiraSite } from '../jira-site';
import { projectAnswer } from '../wire/answers';
import {
  changelogPageAnswer,
  type HistoryAnswer,
  linkedFields,
  type LinkedIssueAnswer,
  linkedIssueAnswer,
  transitionsAnswer,
} from './answers';

/** An issue as Jira has just given it: its values and its changelog stand in one answer. */
export interface LinkedIssue extends Omit<IssueThere, 'kind' | 'transitions' | 'marked'> {
  readonly project: { readonly id: string; readonly key: string; readonly name: string };
  /** Value of the property that marks it for this link; null: it has none. */
  readonly property: unknown;
  readonly dates: { readonly created: string | null; readonly updated: string | null; readonly dueOn: string | null };
}

const JIRA_FIELDS: readonly JiraField[] = ['status', 'priority', 'summary', 'labels'];
/** Entries a page of Cloud's changelog. */
const pageSize = 100;
/** Jira Cloud keeps 10,000 entries an issue at most. */
const mostPages = 100;

const instantOf = (text: string): string => new Date(text).toISOString();
const instantOrNull = (text: string | null | undefined): string | null => (text == null ? null : instantOf(text));

/** Pure. */
export function toEntry({ id, author, created, historyMetadata, items }: HistoryAnswer): ChangelogEntry {
  return {
    id,
    on: instantOf(created),
    by: author?.displayName ?? null,
    mark: readWriteMark(historyMetadata),
    items: items.flatMap((item) => {
      // A custom field may have the name of one of Jira's.
      const field = JIRA_FIELDS.find((one) => one === item.field && (item.fieldtype ?? 'jira') === 'jira');
      if (field === undefined) return [];
      const byId = field === 'status' || field === 'priority';
      const { fromString, toString } = item;
      return [
        {
          field,
          from: (byId ? item.from : fromString) ?? null,
          to: (byId ? item.to : toString) ?? null,
          fromText: fromString ?? null,
          toText: toString ?? null,
        },
      ];
    }),
  };
}

/**
 * Entries from `cursor` on, oldest first. What came with the issue is all where the oldest of it is not newer than the cursor; else
 * Cloud's older pages are read, the newest first, and nothing that is newer than the issue as it was read.
 */
async function entriesOf(site: JiraSite, issue: LinkedIssueAnswer, cursor: number): Promise<readonly HistoryAnswer[]> {
  const { histories, total } = issue.changelog ?? { histories: [], total: 0 };
  const known = new Map(histories.map((entry) => [entry.id, entry]));
  const newest = Math.max(0, ...known.keys());
  let end = total - histories.length;
  for (let page = 0; page < mostPages && end > 0 && Math.min(...known.keys()) > cursor; page += 1) {
    const startAt = Math.max(0, end - pageSize);
    const { values } = await site.http.call({
      method: 'GET',
      path: site.profile.api + path`/issue/${issue.id}/changelog`,
      query: { startAt, maxResults: end - startAt },
      schema: changelogPageAnswer,
    });
    for (const entry of values) if (entry.id <= newest) known.set(entry.id, entry);
    if (values.length === 0) break;
    end = startAt;
  }
  return [...known.values()].filter(({ id }) => id > cursor).sort((one, other) => one.id - other.id);
}

/** Who gave the issue the resolution that it has; undefined: that is not among these entries. */
const resolverOf = (entries: readonly HistoryAnswer[]): string | undefined =>
  entries
    .filter(({ items }) => items.some(({ field, to }) => field === 'resolution' && to != null))
    .reduce<HistoryAnswer | null>((last, one) => (last === null || one.id > last.id ? one : last), null)?.author
    ?.displayName;

function categoryOf(key: string | undefined): ShownIssue['statusCategory'] {
  return key === 'new' || key === 'indeterminate' || key === 'done' ? key : 'undefined';
}

/** An issue that can be edited nowhere may stand in a project that was archived. */
async function isArchived(site: JiraSite, { fields, editmeta }: LinkedIssueAnswer): Promise<boolean> {
  if (fields.archiveddate != null) return true;
  if (Object.keys(editmeta?.fields ?? {}).length > 0) return false;
  const project = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/project/${fields.project.id}`,
    schema: projectAnswer,
  });
  return project?.archived === true;
}

/**
 * Reads an issue by its id, which a move does not change, with its changelog from `cursor` on.
 * @param known who resolved it, as last known
 * @returns null: it is not there, not to be seen, or kept from others by a security level
 */
export async function readLinkedIssue(
  site: JiraSite,
  issueId: string,
  link: Guid,
  { cursor, known }: { readonly cursor: number; readonly known: Pick<ShownIssue, 'resolvedOn' | 'resolvedBy'> | null },
): Promise<LinkedIssue | null> {
  const issue = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/issue/${issueId}`,
    query: { fields: linkedFields.join(','), expand: 'changelog,editmeta', properties: markKey(link) },
    schema: linkedIssueAnswer,
  });
  if (issue === null || issue.fields.security != null) return null;
  const [entries, archived] = await Promise.all([entriesOf(site, issue, cursor), isArchived(site, issue)]);
  const { fields } = issue;
  const resolvedOn = instantOrNull(fields.resolutiondate);
  // A row keeps whole seconds.
  const isKnown = known?.resolvedOn?.slice(0, 19) === resolvedOn?.slice(0, 19);
  return {
    shown: {
      issueId: issue.id,
      key: issue.key,
      projectId: fields.project.id,
      summary: fields.summary ?? '',
      type: fields.issuetype.name,
      status: fields.status.name,
      statusCategory: categoryOf(fields.status.statusCategory?.key),
      priority: fields.priority?.name ?? null,
      assignee: fields.assignee?.displayName ?? null,
      assigneeActive: fields.assignee?.active ?? true,
      labels: fields.labels ?? [],
      resolution: fields.resolution?.name ?? null,
      resolvedOn,
      resolvedBy:
        fields.resolution == null
          ? null
          : (resolverOf([...entries, ...(issue.changelog?.histories ?? [])]) ?? (isKnown ? known!.resolvedBy : null)),
      archived,
    },
    statusId: fields.status.id,
    priorityId: fields.priority?.id ?? null,
    changelog: entries.map(toEntry),
    editable: JIRA_FIELDS.filter((field) => Object.hasOwn(issue.editmeta?.fields ?? {}, field)),
    project: fields.project,
    property: issue.properties?.[markKey(link)] ?? null,
    dates: {
      created: instantOrNull(fields.created),
      updated: instantOrNull(fields.updated),
      dueOn: fields.duedate?.slice(0, 10) ?? null,
    },
  };
}

/** Steps that Jira offers for an issue as it stands, with the fields of their screens. */
export async function readTransitions(site: JiraSite, issueId: string): Promise<readonly Transition[]> {
  const { transitions } = await site.http.call({
    method: 'GET',
    path: site.profile.api + path`/issue/${issueId}/transitions`,
    query: { expand: 'transitions.fields' },
    schema: transitionsAnswer,
  });
  return transitions.map(({ id, name, to, fields = {} }) => ({
    id,
    name,
    to: to.id,
    fields: Object.entries(fields).map(([field, { name: shown, required, hasDefaultValue }]) => ({
      id: field,
      name: shown ?? field,
      required: required === true,
      hasDefault: hasDefaultValue === true,
    })),
  }));
}
