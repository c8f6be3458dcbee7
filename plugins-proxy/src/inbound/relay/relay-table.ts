/** What a value in a path or in a query may look like. Everything else about a request is written by the relay itself. */
const shapes = {
  version: /[23]/,
  project: /[1-9]\d{0,18}|[A-Z][A-Z0-9_]{1,254}/,
  issue: /[1-9]\d{0,18}|[A-Z][A-Z0-9_]{1,254}-[1-9]\d{0,9}/,
  budget: /[A-Za-z0-9][A-Za-z0-9_-]{0,99}/,
  /** Free text of a search box, and a key that is still to be judged. */
  text: /\P{Cc}{1,255}/u,
  jql: /\P{Cc}{1,4000}/u,
  count: /\d{1,5}/,
  instant: /\d{1,16}/,
  day: /\d{4}-\d{2}-\d{2}/,
  flag: /true|false/,
  names: /[A-Za-z0-9_.*+:,-]{1,1000}/,
  pageToken: /[A-Za-z0-9_=+/.:-]{1,2000}/,
} as const satisfies Record<string, RegExp>;

/** Names of shapes. A placeholder `{project}` of a path has the shape of its name. */
export type ShapeName = keyof typeof shapes;

/** One thing that may be asked of Jira through the relay. */
export interface RelayOperation {
  /** As the custom connector calls it; stands in the access log. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: `/rest/${string}`;
  /** Query keys; a `!` behind the shape cursors one that must be there. */
  readonly query: Readonly<Record<string, ShapeName | `${ShapeName}!`>>;
}

const page = { startAt: 'count', maxResults: 'count' } as const;
const issueFields = { fields: 'names', expand: 'names', properties: 'names' } as const;

/**
 * Everything that the relay lets through (R-902, D-7.3): the operations of the custom connector and the project picker.
 * A line here is a decision about security; `tests/plugins-proxy/inbound/relay/relay-table.test.ts` keeps a copy.
 */
export const relayOperations: readonly RelayOperation[] = [
  { name: 'GetMyself', method: 'GET', path: '/rest/api/{version}/myself', query: {} },
  { name: 'GetServerInfo', method: 'GET', path: '/rest/api/{version}/serverInfo', query: {} },
  {
    name: 'SearchProjects',
    method: 'GET',
    path: '/rest/api/{version}/project/search',
    query: { ...page, query: 'text', orderBy: 'names', keys: 'names', status: 'names', expand: 'names' },
  },
  // Data Center has no project/search; its picker lists and filters.
  { name: 'ListProjects', method: 'GET', path: '/rest/api/2/project', query: { recent: 'count', expand: 'names' } },
  {
    name: 'GetProject',
    method: 'GET',
    path: '/rest/api/{version}/project/{project}',
    query: { expand: 'names', properties: 'names' },
  },
  { name: 'CreateProject', method: 'POST', path: '/rest/api/{version}/project', query: {} },
  {
    name: 'ValidateProjectKey',
    method: 'GET',
    path: '/rest/api/{version}/projectvalidate/key',
    query: { key: 'text!' },
  },
  { name: 'CreateIssue', method: 'POST', path: '/rest/api/{version}/issue', query: {} },
  { name: 'GetIssue', method: 'GET', path: '/rest/api/{version}/issue/{issue}', query: issueFields },
  {
    name: 'UpdateIssue',
    method: 'PUT',
    path: '/rest/api/{version}/issue/{issue}',
    query: { notifyUsers: 'flag', returnIssue: 'flag' },
  },
  {
    name: 'ListIssueWorklogs',
    method: 'GET',
    path: '/rest/api/{version}/issue/{issue}/worklog',
    query: { ...page, startedAfter: 'instant', startedBefore: 'instant', expand: 'names' },
  },
  {
    name: 'AddWorklog',
    method: 'POST',
    path: '/rest/api/{version}/issue/{issue}/worklog',
    query: { notifyUsers: 'flag', expand: 'names' },
  },
  { name: 'ListWorklogs', method: 'POST', path: '/rest/api/{version}/worklog/list', query: { expand: 'names' } },
  {
    name: 'SearchIssues',
    method: 'GET',
    path: '/rest/api/3/search/jql',
    query: { ...issueFields, jql: 'jql!', nextPageToken: 'pageToken', maxResults: 'count', fieldsByKeys: 'flag' },
  },
  {
    name: 'SearchIssuesDataCenter',
    method: 'GET',
    path: '/rest/api/2/search',
    query: { ...page, jql: 'jql!', fields: 'names', expand: 'names' },
  },
  { name: 'GetBudgets', method: 'GET', path: '/rest/tempo-budgets/1/budget', query: { projectKey: 'project!' } },
  { name: 'CreateBudget', method: 'POST', path: '/rest/tempo-budgets/1/budget', query: {} },
  { name: 'GetBudget', method: 'GET', path: '/rest/tempo-budgets/1/budget/{budget}', query: {} },
  { name: 'UpdateBudget', method: 'PUT', path: '/rest/tempo-budgets/1/budget/{budget}', query: {} },
  { name: 'GetBudgetSpending', method: 'GET', path: '/rest/tempo-budgets/1/budget/{budget}/spending', query: {} },
  {
    name: 'GetProjectWorklogs',
    method: 'GET',
    path: '/rest/tempo-timesheets/4/worklogs/project/{project}',
    query: { from: 'day', to: 'day' },
  },
];

/** The shape as a source for a larger expression. */
export function shapeSource(name: ShapeName): string {
  return `(?:${shapes[name].source})`;
}

const whole = new Map(
  Object.keys(shapes).map((name) => [name, new RegExp(`^${shapeSource(name as ShapeName)}$`, 'u')]),
);

/** Whether a decoded query value has the shape, from its first character to its last. */
export function hasShape(name: ShapeName, value: string): boolean {
  return whole.get(name)?.test(value) === true;
}

/** Names of all shapes, for reading placeholders. */
export function isShapeName(name: string): name is ShapeName {
  return Object.hasOwn(shapes, name);
}
