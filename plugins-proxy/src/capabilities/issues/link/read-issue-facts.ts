import {
  type FoundIssue,
  type Guid,
  isQuiet,
  type IssueFacts,
  type IssuePolicy,
  mayMoveStatus,
  readFrom,
  remoteLink,
  type RemoteLink,
} from '@crmjira/domain';
import { findCreated, readCreated, readProjectState } from '../../../clients/jira/issues/find-created';
import { isMarked } from '../../../clients/jira/issues/mark-issue';
import { type LinkedIssue, readLinkedIssue, readTransitions } from '../../../clients/jira/issues/read-linked-issue';
import type { JiraSite } from '../../../clients/jira/jira-site';
import { asMirrored } from '../mirror/mirror-columns';
import type { LinkRows } from './link-parts';

/** What a run knows beyond what its rows say. */
export interface RunMemory {
  /** The answer of its create has named the issue. */
  issueId: string | null;
  /** Fields without which Jira has refused it. */
  missing: readonly string[];
  /** The issue as read in an earlier round, after which the run has written to Dataverse only; null: it is read anew. */
  issue: LinkedIssue | null;
}

export interface IssueReading {
  readonly site: JiraSite;
  readonly policy: IssuePolicy;
  /** ISO 8601. */
  readonly now: string;
  /** The remote link as it should be; null: no address of the record is known */
  readonly remote: RemoteLink | null;
  readonly memory: RunMemory;
}

/** Jira's side as the plan sees it, and as it came. */
export interface ReadIssue {
  readonly facts: IssueFacts;
  readonly issue: LinkedIssue | null;
}

async function readKnown(
  { row, document, record, mirror }: LinkRows,
  issueId: string,
  { site, policy, remote, memory }: IssueReading,
): Promise<ReadIssue> {
  const { stored } = document;
  const known = memory.issue?.shown.issueId === issueId ? memory.issue : null;
  const issue =
    known ??
    (await readLinkedIssue(site, issueId, row.id, {
      // Linking begins with what stands: only the newest entry counts then.
      cursor: stored.stage === 'asked' ? null : readFrom(stored),
      known: mirror?.issue ?? null,
    }));
  memory.issue = issue;
  if (issue === null) return { facts: { kind: 'gone', deletionTold: mirror?.deleted === true }, issue: null };
  const { statusId, priorityId, changelog, editable, property } = issue;
  const isMoving = record !== null && mayMoveStatus(record.facts, statusId, policy);
  const unlinks = stored.stage === 'unlinking';
  return {
    issue,
    facts: {
      kind: 'there',
      shown: asMirrored(issue.shown, mirror?.issue ?? null),
      statusId,
      priorityId,
      changelog,
      editable,
      transitions: isMoving && !unlinks ? await readTransitions(site, issueId) : [],
      // An unlink takes back whatever stands; otherwise all of it has to.
      marked: unlinks ? property !== null : remote === null || isMarked(property, remote),
    },
  };
}

/** An issue that has no id yet: wanted, or perhaps created. */
async function readUnknown(
  { row, document, project }: LinkRows,
  { site, policy, now, memory }: IssueReading,
): Promise<ReadIssue> {
  const { stage, sentOn, low } = document.stored;
  const unknown = (canSee: boolean, highest: number, found: FoundIssue | null): ReadIssue => ({
    facts: { kind: 'unknown', canSee, highest, found, missing: memory.missing },
    issue: null,
  });
  if (memory.issueId !== null) return unknown(true, 0, await readCreated(site, memory.issueId, row.id));
  const wasSent = stage === 'sent' || (stage === 'unlinking' && sentOn !== null);
  // Until nothing of the create can land any more, a look would tell nothing; before it there is nothing to look for.
  if ((wasSent && !isQuiet([sentOn], policy, now)) || (stage === 'unlinking' && !wasSent))
    return unknown(true, 0, null);
  if (project === null) return unknown(false, 0, null);
  const state = await readProjectState(site, project.projectId);
  if (!wasSent) return unknown(state.key !== null, state.highest, null);
  const found = await findCreated(site, state, low ?? 0, row.id);
  return unknown(found !== undefined, state.highest, found ?? null);
}

export function readIssueFacts(rows: LinkRows, reading: IssueReading): Promise<ReadIssue> {
  const { issueId } = rows.document.stored;
  return issueId === null ? readUnknown(rows, reading) : readKnown(rows, issueId, reading);
}

const KINDS = { incident: 'case', opportunity: 'opportunity', account: 'account', product: 'product' } as const;

/** The link by which an issue shows its record (R-1709). */
export function remoteLinkOf(
  { row, record }: LinkRows,
  url: string | null,
  organization: Guid,
  language: Parameters<typeof remoteLink>[2],
): RemoteLink | null {
  if (record === null || url === null) return null;
  const { number, title, facts } = record;
  return remoteLink(
    { kind: KINDS[row.table], number, title, url, closed: facts.closed },
    { organization, link: row.id },
    language,
  );
}
