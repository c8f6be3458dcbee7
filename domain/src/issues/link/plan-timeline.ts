import { derivedId } from '../../hash/derived-id';
import type { IssueAction, TimelinePost } from '../actions';
import type { IssueLinkFacts, IssueThere, RecordFacts } from '../facts';
import { rowOfJira } from '../maps/value-map';
import type { IssuePolicy } from '../policy';
import { guardOf } from './stored-link';

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
    .flatMap(({ id, by, on, items }) =>
      items
        .filter(({ field }) => field === 'status')
        .map(({ from, to, fromText, toText }): TimelinePost => ({
          id: derivedId(link.id, 'timeline', String(id)),
          event: resolves(from) && !resolves(to) ? 'reopened' : 'status-changed',
          key: issue.shown.key,
          from: fromText ?? from,
          to: toText ?? to,
          by,
          on,
        })),
    );
  if (posts.length === 0) return null;
  const toldUpTo = issue.changelog.at(-1)?.id ?? 0;
  return { kind: 'tell', posts, guard: guardOf(link, record), stored: { ...link.stored, toldUpTo } };
}
