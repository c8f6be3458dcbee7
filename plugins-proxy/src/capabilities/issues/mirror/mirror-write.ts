import { isDeepStrictEqual } from 'node:util';
import { jiraIssueRowId, tables } from '@crmjira/domain';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import type { SeenIssue } from '../../../clients/jira/issues/shown-issue';
import { asMirrored, type IssuePlace, mirrorColumns, type MirrorRow } from './mirror-columns';

const { entitySet } = tables.crmjira_jira_issue;

/** What a look at an issue means for its row. */
export interface MirrorWrite {
  readonly write: PlainWrite;
  /** `removed`: nothing of the issue is shown any more. */
  readonly what: 'changed' | 'removed';
}

/** A row that says nothing of its issue any more but its key; retention takes away those that no link stands on. */
const withoutContent = {
  crmjira_summary: null,
  crmjira_issue_type: null,
  crmjira_status: null,
  crmjira_status_category: null,
  crmjira_priority: null,
  crmjira_assignee: null,
  crmjira_labels: null,
  crmjira_resolution: null,
  crmjira_resolved_on: null,
  crmjira_resolved_by: null,
  crmjira_created: null,
  crmjira_updated: null,
  crmjira_due_on: null,
  crmjira_raw: null,
  crmjira_is_deleted: true,
};

/** Takes an issue out of the mirror: it has got a security level, or its project is not offered. Null: it is out. Pure. */
export function leaveWrite(stored: MirrorRow | undefined): MirrorWrite | null {
  if (stored === undefined || (stored.issue === null && stored.deleted)) return null;
  const { key } = stored.issue ?? { key: null };
  const columns = { ...withoutContent, ...(key === null ? {} : { crmjira_name: key }) };
  return { what: 'removed', write: { op: 'update', collection: entitySet, id: stored.id, columns } };
}

/** Marks an issue that Jira does not have any more, or does not show to the account. Null: it is marked. Pure. */
export function goneWrite(stored: MirrorRow | undefined): MirrorWrite | null {
  if (stored === undefined || stored.deleted) return null;
  const columns = { crmjira_is_deleted: true };
  return { what: 'removed', write: { op: 'update', collection: entitySet, id: stored.id, columns } };
}

/**
 * What the row of an issue lacks to agree with Jira; null: nothing. Pure.
 * @param stored undefined: there is no row yet
 */
export function mirrorWrite(seen: SeenIssue, stored: MirrorRow | undefined, place: IssuePlace): MirrorWrite | null {
  if (seen.isRestricted) return leaveWrite(stored);
  const { created, updated, dueOn } = seen;
  const known = stored?.issue ?? null;
  const shown = asMirrored(seen.shown, known);
  // A search does not say who resolved an issue; the changelog of a linked one did.
  const resolvedBy = known !== null && known.resolvedOn === shown.resolvedOn ? known.resolvedBy : shown.resolvedBy;
  const issue = { ...shown, resolvedBy };
  const isSame =
    stored !== undefined &&
    !stored.deleted &&
    stored.projectRowId === place.projectRowId &&
    isDeepStrictEqual([known, stored.created, stored.updated, stored.dueOn], [issue, created, updated, dueOn]);
  if (isSame) return null;
  const id = stored?.id ?? jiraIssueRowId(place.connectionId, issue.issueId);
  const columns = mirrorColumns(issue, place, { dates: { created, updated, dueOn } });
  return {
    what: 'changed',
    write: { op: stored === undefined ? 'upsert' : 'update', collection: entitySet, id, columns },
  };
}
