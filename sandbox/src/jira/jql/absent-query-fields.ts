import type { QueryField } from './query-field';

const nothing = () => [];
const set = (name: string): QueryField => ({
  kind: 'set',
  name,
  read: nothing,
  resolve: (text) => [text],
  sort: () => null,
});
const none = (name: string): QueryField => ({ kind: 'number', name, read: () => [0], sort: () => 0 });

/** What Jira lets a query ask for and this site's issues never have: sprints, votes, watchers, attachments, links. */
export const absentQueryFields: readonly (readonly [names: readonly string[], field: QueryField])[] = [
  [['sprint'], set('Sprint')],
  [['watcher'], set('watcher')],
  [['watchers'], none('watchers')],
  [['voter'], set('voter')],
  [['votes'], none('votes')],
  [['attachments'], set('attachments')],
  [['issuelinktype', 'workitemlinktype'], set('issueLinkType')],
  [['level'], set('level')],
  [['lastviewed', 'viewed'], { kind: 'moment', name: 'lastViewed', read: nothing, sort: () => null }],
];

/** Functions that name sprints and issues by what this site does not keep: they name none. */
export const ABSENT_FUNCTIONS: ReadonlySet<string> = new Set([
  'opensprints',
  'closedsprints',
  'futuresprints',
  'issuehistory',
  'votedissues',
  'watchedissues',
  'linkedissues',
  'issueswithremotelinksbyglobalid',
]);
