import {
  type IssueAction,
  type IssueFacts,
  type IssueLinkFacts,
  lookAgainAt,
  planIssueLink,
  SyncPreference,
} from '@crmjira/domain';
import type { Run, Session, SyncModule } from '../../../reconciler/sync-module';
import { timelineLanguage } from '../timeline/timeline-language';
import { applyLinkAction, type LinkApplying } from './apply-action';
import { explainLink } from './explain-link';
import { linkFailureRows, recoverLink } from './failure-rows';
import type { LinkParts, LinkRows, LinkSides } from './link-parts';
import { readContact, withoutContactOf } from './read-contact';
import { readIssueFacts, remoteLinkOf, type RunMemory } from './read-issue-facts';
import { recordAddress } from './read-record';
import { readLinkRows, readSiblings } from './read-rows';
import { linkFactsOf } from './stored-row';

/** Stands before the colon of the job keys of links. */
export const linkKind = 'issue-link';

/** Looks at a link again once what it waits for has passed. */
export const laterKind = 'issue-link-later';

const unread = { facts: null, policy: null, issue: null, connection: null, language: 1033 } as const;

type LinkRun = Run<LinkSides, IssueAction>;
type Context = Omit<LinkApplying, 'log'>;

/** A link that names neither an issue nor what one is made from, as a row made by hand may. */
const isEmpty = ({ document, project }: LinkRows): boolean =>
  document.stored.issueId === null &&
  document.stored.stage === 'asked' &&
  !document.unlinkWanted &&
  (document.create === null || project === null);

/** Whether it changes something in Jira; all others are one change set, for the versions that were read. */
const isOfJira = ({ kind }: IssueAction): boolean =>
  kind === 'create' || kind === 'write' || kind === 'mark' || kind === 'unmark';

/**
 * Whether it holds only for a reading of Jira behind that of Dataverse: it changes Jira, or accounts for the record's value. The model of
 * the protocol shows which do not (`FREE` in tests/sync-model/link.pml).
 */
const needsFreshIssue = (action: IssueAction): boolean =>
  isOfJira(action) ||
  ['take', 'keep', 'decided'].includes(action.kind) ||
  (action.kind === 'agree' && action.guard.record !== null);

function openSession(parts: LinkParts, run: LinkRun): Session<LinkSides, IssueAction> {
  const { dataverse, environmentSettings, jira } = parts;
  const memory: RunMemory = { issueId: null, missing: [], issue: null };
  const refused = new Set<string>();
  let context: Context | null = null;

  /**
   * First Dataverse, then Jira: in the other order a person's change between both would be overwritten. After a write to Dataverse alone the
   * issue is not read again, until a step needs what stands there now: limits a second count each look (R-1307).
   */
  async function read(tell: (sides: LinkSides) => void): Promise<LinkSides> {
    context = null;
    const reader = dataverse.batched;
    const now = parts.now().toISOString();
    const found = await readLinkRows(reader, run.id);
    const nothing: LinkSides = { ...unread, rows: found, at: now };
    if (found === null) return nothing;
    tell(nothing);
    const { row, document } = found;
    const connectionId = found.mirror?.connectionId ?? found.project?.connectionId ?? null;
    const connection = connectionId === null || isEmpty(found) ? null : await jira.of(connectionId);
    // Another service works with that site, or nobody knows which one it is.
    if (connection === null) return nothing;
    const [siblings, policy, { organizationId, userId }, settings, language, contact] = await Promise.all([
      readSiblings(reader, row),
      parts.policyOf(connection, row.table),
      environmentSettings.whoAmI(),
      environmentSettings.settings(),
      timelineLanguage(environmentSettings, found.record?.ownerUserId ?? null),
      readContact(reader, found.record?.contactId ?? null),
    ]);
    const isNamed = settings.issuePersonalData || found.record === null;
    const rows = isNamed ? found : { ...found, record: withoutContactOf(found.record, contact, language) };
    const { record } = rows;
    const url = recordAddress(settings.policy.recordUrl, row.table, row.recordId);
    const remote = remoteLinkOf(rows, url, organizationId, language);
    await connection.site.requireDeployment?.();
    const reading = { site: connection.site, policy, now, remote, memory };
    const wasRead = memory.issue !== null;
    const master = record?.masterId ?? null;
    const { mirror } = rows;
    const factsWith = (issue: IssueFacts): IssueLinkFacts => ({
      link: linkFactsOf(row, document, siblings.follows),
      record: record && {
        ...record.facts,
        // Our own write says nothing of who made the value.
        ...(record.changedById === userId ? { changedBy: null, changedOn: null } : {}),
        mergedInto: master === null ? null : { id: master, hasLink: siblings.records.has(master) },
      },
      issue,
      // A row that the service has not written is written anew.
      mirror: mirror?.issue ? { issue: mirror.issue, deleted: mirror.deleted } : null,
      decisions: document.decisions,
    });
    let read = await readIssueFacts(rows, reading);
    // What was read before Dataverse would take a value that somebody has put back for what both sides have.
    if (wasRead && planIssueLink(factsWith(read.facts), policy, now).some(needsFreshIssue)) {
      memory.issue = null;
      read = await readIssueFacts(rows, reading);
    }
    const { issue } = read;
    context = { dataverse, connection, rows, issue, remote, organization: organizationId, language, memory, now };
    return { rows, policy, issue, connection, language, facts: factsWith(read.facts), at: now };
  }

  return {
    read,
    plan: async ({ facts, policy, at }) =>
      facts === null || policy === null || context === null ? [] : planIssueLink(facts, policy, at),
    apply: async (action, _sides, log) => {
      if (context === null) throw new Error('A run applies what it has read.');
      const seen = memory.issue;
      memory.issue = null;
      await applyLinkAction(action, { ...context, log }, refused);
      if (!isOfJira(action)) memory.issue = seen;
    },
  };
}

function aboutOf(action: IssueAction): string | null {
  switch (action.kind) {
    case 'write':
      return action.write.field;
    case 'stage':
    case 'confirm':
      return action.stored.stage;
    default:
      return 'field' in action ? action.field : null;
  }
}

/**
 * When a link that waits is to be looked at again; null: an event tells of whatever it waits for. Told by the moment of the plan: what the
 * plan has waited for may have passed since, and nobody else would look. Pure.
 */
export function waitsUntil({ facts, policy, at }: Pick<LinkSides, 'facts' | 'policy' | 'at'>): string | null {
  if (facts === null || policy === null) return null;
  const { stored, preference, wishedOn } = facts.link;
  const waits =
    stored.stage === 'sent' ||
    stored.stage === 'unlinking' ||
    (preference === SyncPreference.Off && stored.offConfirmed !== wishedOn);
  return waits ? lookAgainAt(facts, policy, at) : null;
}

/** The link of a record with a Jira issue: what people change on either side comes into agreement. */
export function issueLinkModule(parts: LinkParts): SyncModule<LinkSides, IssueAction> {
  return {
    kind: linkKind,
    table: 'crmjira_issue_link',
    open: (run) => openSession(parts, run),
    stepOf: (action) => ({ kind: action.kind, about: aboutOf(action) }),
    report: linkFailureRows,
    recover: recoverLink,
    explain: explainLink,
    versionOf: ({ rows }) => rows?.row.version ?? undefined,
    again: (sides, now) => {
      const at = waitsUntil(sides);
      const id = sides.rows?.row.id;
      return at === null || id === undefined
        ? null
        : { keys: [`${laterKind}:${id}`], urgent: false, delayMs: Math.max(0, Date.parse(at) - Date.parse(now)) };
    },
  };
}
