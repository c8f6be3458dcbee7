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
import { readShownIssue, type SeenIssue, shownFieldNames } from './shown-issue';
import {
  changelogPageAnswer,
  type HistoryAnswer,
  type LinkedIssueAnswer,
  linkedIssueAnswer,
  transitionsAnswer,
} from './answers';

/** An issue as Jira has just given it: its values and its changelog stand in one answer. */
export interface LinkedIssue
  extends Omit<IssueThere, 'kind' | 'transitions' | 'marked'>, Pick<SeenIssue, 'created' | 'updated' | 'dueOn'> {
  readonly project: { readonly id: string; readonly key: string; readonly name: string };
  /** Value of the property that marks it for this link; null: it has none. */
  readonly property: unknown;
}

const JIRA_FIELDS: readonly JiraField[] = ['status', 'priority', 'summary', 'labels'];
/** Entries a page of Cloud's changelog. */
const pageSize = 100;
/** Jira Cloud keeps 10,000 entries an issue at most. */
const mostPages = 100;

/** Pure. */
export function toEntry({ id, author, created, historyMetadata, items }: HistoryAnswer): ChangelogEntry {
  return {
    id,
    on: new Date(created).toISOString(),
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
 * Entries from `cursor` on, oldest first; of no cursor the newest alone. What came with the issue is all where the oldest of it is not newer than the cursor; else
 * Cloud's older pages are read, the newest first, and nothing that is newer than the issue as it was read.
 */
async function entriesOf(
  site: JiraSite,
  issue: LinkedIssueAnswer,
  cursor: number | null,
): Promise<readonly HistoryAnswer[]> {
  const { histories, total } = issue.changelog ?? { histories: [], total: 0 };
  const sorted = (entries: Iterable<HistoryAnswer>): HistoryAnswer[] =>
    [...entries].sort((one, other) => one.id - other.id);
  if (cursor === null) return sorted(histories).slice(-1);
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
  return sorted(known.values()).filter(({ id }) => id > cursor);
}

/** Who gave the issue the resolution that it has; undefined: that is not among these entries. */
const resolverOf = (entries: readonly HistoryAnswer[]): string | undefined =>
  entries
    .filter(({ items }) => items.some(({ field, to }) => field === 'resolution' && to != null))
    .reduce<HistoryAnswer | null>((last, one) => (last === null || one.id > last.id ? one : last), null)?.author
    ?.displayName;

/** An issue that can be edited nowhere may stand in a project that was archived. */
async function isArchived(site: JiraSite, { fields, editmeta }: LinkedIssueAnswer): Promise<boolean> {
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
 * @param cursor null: only the newest entry counts @param known who resolved it, as last known
 * @returns null: it is not there, not to be seen, or kept from others by a security level
 */
export async function readLinkedIssue(
  site: JiraSite,
  issueId: string,
  link: Guid,
  {
    cursor,
    known,
  }: { readonly cursor: number | null; readonly known: Pick<ShownIssue, 'resolvedOn' | 'resolvedBy'> | null },
): Promise<LinkedIssue | null> {
  const issue = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/issue/${issueId}`,
    query: { fields: shownFieldNames.join(','), expand: 'changelog,editmeta', properties: markKey(link) },
    schema: linkedIssueAnswer,
  });
  if (issue === null) return null;
  const { isRestricted, shown, ...dates } = readShownIssue(issue);
  if (isRestricted) return null;
  const [entries, archived] = await Promise.all([
    entriesOf(site, issue, cursor),
    shown.archived || isArchived(site, issue),
  ]);
  const { fields } = issue;
  const resolver = resolverOf([...entries, ...(issue.changelog?.histories ?? [])]);
  const wasResolvedBy = known?.resolvedOn === shown.resolvedOn ? known.resolvedBy : null;
  return {
    ...dates,
    shown: { ...shown, archived, resolvedBy: shown.resolution === null ? null : (resolver ?? wasResolvedBy) },
    statusId: fields.status.id,
    priorityId: fields.priority?.id ?? null,
    changelog: entries.map(toEntry),
    editable: JIRA_FIELDS.filter((field) => Object.hasOwn(issue.editmeta?.fields ?? {}, field)),
    project: fields.project,
    property: issue.properties?.[markKey(link)] ?? null,
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
