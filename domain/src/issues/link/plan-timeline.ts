import { derivedId } from '../../hash/derived-id';
import type { IssueAction, TimelinePost } from '../actions';
import type { IssueLinkFacts, IssueThere, LinkFacts, RecordFacts, ShownIssue } from '../facts';
import { rowOfJira } from '../maps/value-map';
import type { IssuePolicy } from '../policy';
import { guardOf, seenOf } from './stored-link';

/** What others did to the status in Jira, told once each on the record's timeline; reopening an issue reopens no record. */
export function planTimeline(
  { link }: IssueLinkFacts,
  record: RecordFacts,
  issue: IssueThere,
  policy: IssuePolicy,
): IssueAction | null {
  const resolves = (id: string | null): boolean => rowOfJira(policy.statuses, id)?.resolves === true;
  const posts = issue.changelog
    .filter(({ id, mark }) => id > link.stored.toldUpTo && mark?.link !== link.id)
    .flatMap(({ id, by, items }) =>
      items
        .filter(({ field }) => field === 'status')
        .map(({ from, to, fromText, toText }): TimelinePost => ({
          id: derivedId(link.id, 'timeline', String(id)),
          event: resolves(from) && !resolves(to) ? 'reopened' : 'status-changed',
          key: issue.shown.key,
          from: fromText ?? from,
          to: toText ?? to,
          by,
        })),
    );
  const told = [...posts, ...ofRecord(link, record, issue.shown.key)];
  const seen = seenOf(record);
  const isSeen = seen.owner === link.stored.seen.owner && seen.active === link.stored.seen.active;
  if (posts.length === 0 && isSeen) return null;
  const toldUpTo = posts.length === 0 ? link.stored.toldUpTo : (issue.changelog.at(-1)?.id ?? 0);
  return { kind: 'tell', posts: told, guard: guardOf(link, record), stored: { ...link.stored, toldUpTo, seen } };
}

/** Reassigning or deactivating the record changes nothing in Jira: it is told here, so that nobody waits for it. */
function ofRecord(link: LinkFacts, record: RecordFacts, key: string): readonly TimelinePost[] {
  const { seen } = link.stored;
  const post = (event: TimelinePost['event'], to: string | null): TimelinePost => ({
    id: derivedId(link.id, event, String(record.version)),
    event,
    key,
    from: null,
    to,
    by: null,
  });
  return [
    ...(record.owner && record.owner.id !== seen.owner ? [post('record-reassigned', record.owner.name)] : []),
    ...(record.cancelled === true && seen.active ? [post('record-deactivated', null)] : []),
  ];
}

/** What the mirror shows differently that people should know: the type, and an assignee whose account was closed. */
export function ofMirror(linkId: string, before: ShownIssue | null, now: ShownIssue): readonly TimelinePost[] {
  if (before === null) return [];
  const post = (event: TimelinePost['event'], from: string | null, to: string | null): TimelinePost => ({
    id: derivedId(linkId, event, from ?? '', to ?? '', before.key),
    event,
    key: now.key,
    from,
    to,
    by: null,
  });
  const hasLeft = !now.assigneeActive && (before.assigneeActive || before.assignee !== now.assignee);
  return [
    ...(before.type === now.type ? [] : [post('type-changed', before.type, now.type)]),
    ...(hasLeft ? [post('assignee-left', null, now.assignee)] : []),
  ];
}
