import { derivedId } from '../../hash/derived-id';
import type { IssueAction, TimelinePost } from '../actions';
import type {
  FieldBase,
  FieldName,
  FieldValue,
  FoundIssue,
  Guid,
  Instant,
  IssueLinkFacts,
  IssueThere,
  LinkStage,
  StoredLink,
  Trouble,
} from '../facts';
import { jiraValue, recordValue } from '../merge/field-view';
import type { IssuePolicy } from '../policy';
import { guardOf } from './stored-link';

/** From then on nothing that was sent before can reach Jira any more. */
export const quietFrom = (since: Instant, policy: IssuePolicy): Instant =>
  new Date(Date.parse(since) + policy.wireMs).toISOString();

/** Nobody wants a link of a deleted record, nor a second one of the case that another was merged into. */
const wantsLink = ({ link, record }: IssueLinkFacts): boolean =>
  link.wanted === 'linked' && record !== null && record.mergedInto?.hasLink !== true;

/** When a plan that waits has to be made again; null: it waits for an event, or for nothing. */
export function lookAgainAt(facts: IssueLinkFacts, policy: IssuePolicy, now: Instant): Instant | null {
  const { wishedOn, stored } = facts.link;
  const waits =
    stored.stage === 'sent' ? [stored.sentOn] : stored.stage === 'unlinking' ? [wishedOn, stored.sentOn] : [wishedOn];
  const times = waits.filter((one) => one !== null).map((since) => quietFrom(since, policy));
  return (
    times
      .filter((at) => Date.parse(at) > Date.parse(now))
      .sort()
      .at(-1) ?? null
  );
}

export const isQuiet = (since: readonly (Instant | null)[], policy: IssuePolicy, now: Instant): boolean =>
  since.every((one) => one === null || Date.parse(now) >= Date.parse(quietFrom(one, policy)));

/**
 * Creating, adopting, losing and unlinking an issue. null: record and issue are linked and there.
 *
 * A create has no key that would make it idempotent: the row says first that one may be on its way, and before another attempt the
 * run waits until nothing of the first can land any more, then looks. Hidden is not deleted, and nothing is ever made anew.
 */
export function planLife(facts: IssueLinkFacts, policy: IssuePolicy, now: Instant): readonly IssueAction[] | null {
  const { link, issue, record } = facts;
  const { stored } = link;
  const guard = guardOf(link, record);
  const to = (
    stage: LinkStage,
    changed: Partial<StoredLink> = {},
    posts: readonly TimelinePost[] = [],
  ): readonly IssueAction[] => [
    { kind: 'stage', guard, stored: { ...stored, trouble: null, ...changed, stage }, posts },
  ];
  if (stored.stage === 'unlinked') {
    if (!wantsLink(facts)) return [];
    return stored.issueId === null ? to('asked') : to('linked', {}, told(facts, 'linked'));
  }
  if (stored.stage === 'unlinking') return planUnlinking(facts, policy, now);
  if (!wantsLink(facts)) {
    // Nothing was ever sent for it: a run that has read it earlier cannot announce a create any more, its guard does not hold.
    const isUnsent = stored.stage === 'asked' && stored.sentOn === null;
    return isUnsent
      ? [{ kind: 'confirm', guard, stored: { ...stored, stage: 'unlinked', trouble: null }, posts: [] }]
      : to('unlinking');
  }
  if (record?.mergedInto) return regard(facts, record.mergedInto.id);

  switch (stored.stage) {
    case 'asked':
      if (stored.issueId === null) return planCreate(facts, now);
      return issue.kind === 'there'
        ? to(
            'linked',
            { cursor: newestOf(issue), toldUpTo: newestOf(issue), since: newestOf(issue) },
            told(facts, 'linked'),
          )
        : to('hidden', { trouble: lost('issue-hidden') });
    case 'sent':
      if (issue.kind !== 'unknown') return [];
      // At most one create is on its way at a time: what is found is it.
      if (issue.found !== null)
        return [{ kind: 'adopt', guard, stored: adopted(stored, issue.found, policy), posts: told(facts, 'created') }];
      if (!isQuiet([stored.sentOn], policy, now)) return [];
      return issue.canSee ? planCreate(facts, now) : noteOnce(facts, lost('issue-hidden'));
    case 'linked':
    case 'hidden':
      if (issue.kind === 'there') return stored.stage === 'linked' ? null : to('linked');
      if (issue.kind === 'gone' && issue.deletionTold) {
        if (facts.mirror !== null && !facts.mirror.deleted)
          return [{ kind: 'mirror', issue: facts.mirror.issue, deleted: true, posts: [] }];
        return to('broken', { trouble: lost('issue-deleted') });
      }
      return stored.stage === 'hidden' ? [] : to('hidden', { trouble: lost('issue-hidden') });
    case 'broken':
      return [];
  }
}

/** Versions of the other case say nothing about this base: what stands on both sides then is merged anew. */
function regard({ link, record, mirror, issue }: IssueLinkFacts, master: Guid): readonly IssueAction[] {
  const { stored } = link;
  const key = mirror?.issue.key ?? '';
  const post = { id: derivedId(link.id, 'record-merged', master), key, from: null, to: null, by: null };
  return [
    {
      kind: 'regard',
      to: master,
      posts: [{ ...post, event: 'record-merged' }],
      guard: guardOf(link, record),
      stored: {
        ...stored,
        fields: {},
        since: Math.max(
          stored.since ?? 0,
          stored.cursor,
          stored.toldUpTo,
          issue.kind === 'there' ? newestOf(issue) : 0,
        ),
      },
    },
  ];
}

const newestOf = ({ changelog }: IssueThere): number => changelog.at(-1)?.id ?? 0;

/** What has become of the link itself, told once for each wish. A record that was deleted has no timeline. */
function told(
  { link, record, issue, mirror }: IssueLinkFacts,
  event: 'created' | 'linked' | 'unlinked',
): TimelinePost[] {
  const found = issue.kind === 'there' ? issue.shown : issue.kind === 'unknown' ? issue.found : null;
  const key = found?.key ?? mirror?.issue.key;
  if (record === null || key === undefined) return [];
  return [{ id: derivedId(link.id, event, link.wishedOn), event, key, from: null, to: null, by: null }];
}

const lost = (code: 'issue-hidden' | 'issue-deleted'): Trouble => ({ code, field: null, from: null, to: null });

export const sameTrouble = (one: Trouble | null, other: Trouble | null): boolean =>
  one?.code === other?.code && one?.field === other?.field && one?.from === other?.from && one?.to === other?.to;

function noteOnce({ link, record }: IssueLinkFacts, trouble: Trouble): readonly IssueAction[] {
  return sameTrouble(link.stored.trouble, trouble)
    ? []
    : [{ kind: 'note', guard: guardOf(link, record), trouble, stored: { ...link.stored, trouble } }];
}

function planCreate(facts: IssueLinkFacts, now: Instant): readonly IssueAction[] {
  const { link, issue, record } = facts;
  if (issue.kind !== 'unknown' || record === null) return [];
  const [field] = issue.missing;
  if (field !== undefined) return noteOnce(facts, { code: 'create-needs-field', field, from: null, to: null });
  const low = link.stored.stage === 'sent' ? link.stored.low : issue.highest;
  return [
    {
      kind: 'begin',
      guard: guardOf(link, record),
      stored: { ...link.stored, stage: 'sent', low, sentOn: now, trouble: null },
    },
    { kind: 'create', mark: { link: link.id, version: record.version } },
  ];
}

function planUnlinking(facts: IssueLinkFacts, policy: IssuePolicy, now: Instant): readonly IssueAction[] {
  const { link, issue, record } = facts;
  const { stored } = link;
  const cannotTell = stored.issueId === null && (issue.kind !== 'unknown' || (!issue.canSee && issue.found === null));
  if (cannotTell || !isQuiet([link.wishedOn, stored.sentOn], policy, now)) return [];
  if (issue.kind === 'there' && issue.marked) return [{ kind: 'unmark', issueId: issue.shown.issueId }];
  const issueId = stored.issueId ?? (issue.kind === 'unknown' ? (issue.found?.issueId ?? null) : null);
  return [
    {
      kind: 'confirm',
      guard: guardOf(link, record),
      stored: { ...stored, issueId, stage: 'unlinked', trouble: null },
      posts: record?.mergedInto?.hasLink === true ? [] : told(facts, 'unlinked'),
    },
  ];
}

/** The base: what the create sent, and what Jira made of it. Where they differ, the record's value is owed. */
function adopted(stored: StoredLink, found: FoundIssue, policy: IssuePolicy): StoredLink {
  const { sent, created, mark } = found;
  const fields: Partial<Record<FieldName, FieldBase>> = {};
  const add = (name: FieldName, crm: FieldValue | undefined, jira: FieldValue | undefined): void => {
    if (crm !== undefined)
      fields[name] = { crm, jira: jira ?? null, version: mark.version, cursor: 0, entered: [], conflict: null };
  };
  for (const name of ['status', 'priority', 'summary'] as const)
    add(name, recordValue(name, sent, policy), jiraValue(name, created, policy));
  for (const label of sent.labels ?? []) add(`label:${label}`, 'set', created.labels.includes(label) ? 'set' : null);
  return { ...stored, stage: 'linked', issueId: found.issueId, cursor: 0, toldUpTo: 0, fields, trouble: null };
}
