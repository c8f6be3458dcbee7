import { SyncPreference } from '../schema/generated/options';
import type { IssueAction } from './actions';
import type { Instant, IssueLinkFacts, ShownIssue } from './facts';
import { isQuiet, planLife, sameTrouble } from './link/plan-life';
import { ofMirror, planTimeline } from './link/plan-timeline';
import { guardOf } from './link/stored-link';
import { planFields } from './merge/plan-fields';
import type { IssuePolicy } from './policy';

/**
 * The next step towards agreement between a record and its Jira issue; empty: nothing is left. Pure. The caller reads Dataverse, then
 * Jira with its changelog, applies the step and asks again; a step list has a second element only where the first announces it.
 * @param now ISO 8601 instant in UTC
 */
export function planIssueLink(facts: IssueLinkFacts, policy: IssuePolicy, now: Instant): readonly IssueAction[] {
  const life = planLife(facts, policy, now);
  if (life !== null) return life;
  const { link, record, issue, mirror } = facts;
  if (record === null || issue.kind !== 'there') return [];

  if (mirror === null || mirror.deleted || !sameIssue(mirror.issue, issue.shown))
    return [
      {
        kind: 'mirror',
        issue: issue.shown,
        deleted: false,
        posts: ofMirror(link.id, mirror?.issue ?? null, issue.shown),
      },
    ];
  const fields = planFields(facts, record, issue, policy);
  if (fields.enter !== null) return [fields.enter];
  if (link.preference === SyncPreference.Off) {
    const isInForce = link.stored.offConfirmed === link.wishedOn;
    if (isInForce || !isQuiet([link.wishedOn], policy, now)) return [];
    const stored = { ...link.stored, offConfirmed: link.wishedOn };
    return [{ kind: 'confirm', guard: guardOf(link, record), stored, posts: [] }];
  }
  if (!issue.marked && !issue.shown.archived) return [{ kind: 'mark', issueId: issue.shown.issueId }];
  const told = planTimeline(facts, record, issue, policy);
  if (told !== null) return [told];
  if (fields.next !== null) return [fields.next];
  const { unclosed, ...stored } = link.stored;
  const isOwed = unclosed !== undefined && sendsStatus(link) && issue.shown.statusCategory !== 'done';
  const trouble = fields.trouble ?? (isOwed ? unclosed : null);
  return sameTrouble(trouble, stored.trouble) && (isOwed || unclosed === undefined)
    ? []
    : [
        {
          ...{ kind: 'note', trouble, guard: guardOf(link, record) },
          stored: { ...stored, trouble, ...(isOwed ? { unclosed } : {}) },
        },
      ];
}

const sendsStatus = ({ preference }: IssueLinkFacts['link']): boolean =>
  preference === SyncPreference.Both || preference === SyncPreference.CrmToJira;

const sameIssue = (one: ShownIssue, other: ShownIssue): boolean =>
  (Object.keys(other) as (keyof ShownIssue)[]).every((name) =>
    name === 'labels' ? one.labels.join(' ') === other.labels.join(' ') : one[name] === other[name],
  );
