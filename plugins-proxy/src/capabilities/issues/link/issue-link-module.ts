import { type IssueAction, lookAgainAt, planIssueLink, SyncPreference } from '@crmjira/domain';
import type { Run, Session, SyncModule } from '../../../reconciler/sync-module';
import { timelineLanguage } from '../timeline/timeline-language';
import { applyLinkAction, type LinkApplying } from './apply-action';
import { explainLink } from './explain-link';
import { linkFailureRows, recoverLink } from './failure-rows';
import type { LinkParts, LinkRows, LinkSides } from './link-parts';
import { readContact, withoutContactOf } from './read-contact';
import { type CreateMemory, readIssueFacts, remoteLinkOf } from './read-issue-facts';
import { recordAddress } from './read-record';
import { readLinkRows, readSiblings } from './read-rows';
import { linkFactsOf } from './stored-row';

/** Stands before the colon of the job keys of links. */
export const linkKind = 'issue-link';

/** Looks at a link again once what it waits for has passed. */
export const laterKind = 'issue-link-later';

const nothing: LinkSides = { rows: null, facts: null, policy: null, issue: null, connection: null, language: 1033 };

type LinkRun = Run<LinkSides, IssueAction>;
type Context = Omit<LinkApplying, 'log'>;

/** A link that names neither an issue nor what one is made from, as a row made by hand may. */
const isEmpty = ({ document, project }: LinkRows): boolean =>
  document.stored.issueId === null &&
  document.stored.stage === 'asked' &&
  !document.unlinkWanted &&
  (document.create === null || project === null);

function openSession(parts: LinkParts, run: LinkRun): Session<LinkSides, IssueAction> {
  const { dataverse, environmentSettings, jira } = parts;
  const memory: CreateMemory = { issueId: null, missing: [] };
  const refused = new Set<string>();
  let context: Context | null = null;

  /** First Dataverse, then Jira: in the other order a person's change between both would be overwritten. */
  async function read(tell: (sides: LinkSides) => void): Promise<LinkSides> {
    context = null;
    const reader = dataverse.batched;
    const now = parts.now().toISOString();
    const found = await readLinkRows(reader, run.id);
    if (found === null) return nothing;
    tell({ ...nothing, rows: found });
    const { row, document } = found;
    const connectionId = found.mirror?.connectionId ?? found.project?.connectionId ?? null;
    const connection = connectionId === null || isEmpty(found) ? null : await jira.of(connectionId);
    // Another service works with that site, or nobody knows which one it is.
    if (connection === null) return { ...nothing, rows: found };
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
    const { facts: issueFacts, issue } = await readIssueFacts(rows, {
      site: connection.site,
      policy,
      now,
      remote,
      memory,
    });
    context = { dataverse, connection, rows, issue, remote, organization: organizationId, language, memory, now };
    const master = record?.masterId ?? null;
    const { mirror } = rows;
    return {
      rows,
      policy,
      issue,
      connection,
      language,
      facts: {
        link: linkFactsOf(row, document, siblings.follows),
        record: record && {
          ...record.facts,
          // Our own write says nothing of who made the value.
          ...(record.changedById === userId ? { changedBy: null, changedOn: null } : {}),
          mergedInto: master === null ? null : { id: master, hasLink: siblings.records.has(master) },
        },
        issue: issueFacts,
        // A row that the service has not written is written anew.
        mirror: mirror?.issue ? { issue: mirror.issue, deleted: mirror.deleted } : null,
        decisions: document.decisions,
      },
    };
  }

  return {
    read,
    plan: async ({ facts, policy }) =>
      facts === null || policy === null || context === null ? [] : planIssueLink(facts, policy, context.now),
    apply: async (action, _sides, log) => {
      if (context === null) throw new Error('A run applies what it has read.');
      await applyLinkAction(action, { ...context, log }, refused);
    },
  };
}

const describe = (action: IssueAction): string => {
  switch (action.kind) {
    case 'write':
      return `${action.kind}: ${action.write.field}`;
    case 'stage':
    case 'confirm':
      return `${action.kind}: ${action.stored.stage}`;
    default:
      return 'field' in action ? `${action.kind}: ${action.field}` : action.kind;
  }
};

/** When a link that waits is to be looked at again; null: an event tells of whatever it waits for. Pure. */
export function waitsUntil({ facts, policy }: LinkSides, now: string): string | null {
  if (facts === null || policy === null) return null;
  const { stored, preference, wishedOn } = facts.link;
  const waits =
    stored.stage === 'sent' ||
    stored.stage === 'unlinking' ||
    (preference === SyncPreference.Off && stored.offConfirmed !== wishedOn);
  return waits ? lookAgainAt(facts, policy, now) : null;
}

/** The link of a record with a Jira issue: what people change on either side comes into agreement. */
export function issueLinkModule(parts: LinkParts): SyncModule<LinkSides, IssueAction> {
  return {
    kind: linkKind,
    table: 'crmjira_issue_link',
    open: (run) => openSession(parts, run),
    describe,
    report: linkFailureRows,
    recover: recoverLink,
    explain: explainLink,
    versionOf: ({ rows }) => rows?.row.version ?? undefined,
    again: (sides, now) => {
      const at = waitsUntil(sides, now);
      const id = sides.rows?.row.id;
      return at === null || id === undefined
        ? null
        : { keys: [`${laterKind}:${id}`], urgent: false, delayMs: Math.max(0, Date.parse(at) - Date.parse(now)) };
    },
  };
}
