import type { QueryField } from './query-field';

const nothing = () => [];
const set = (name: string): QueryField => ({
  kind: 'set',
  name,
  read: nothing,
  resolve: (text) => [text],
  sort: () => null,
});

/** What Jira lets a query ask for and this site's issues never have: sprints, votes. */
export const absentQueryFields: readonly (readonly [names: readonly string[], field: QueryField])[] = [
  [['sprint'], set('Sprint')],
  [['voter'], set('voter')],
  [['votes'], { kind: 'number', name: 'votes', read: () => [0], sort: () => 0 }],
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
]);
