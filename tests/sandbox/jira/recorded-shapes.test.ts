import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Jira } from '../../../sandbox/src/jira';
import { call, logWork, makeIssue, makeProject, serviceAccountId } from './call-jira';
import { buildJira, dataCenter, startListener } from './start-jira';

/** Paths of a JSON value with the kind of what stands there; lists are looked at by their first item. */
function shape(value: unknown, path = ''): Map<string, string> {
  if (Array.isArray(value)) return new Map([[path, 'list'], ...(value.length > 0 ? shape(value[0], `${path}[]`) : [])]);
  if (typeof value === 'object' && value !== null)
    return new Map([
      ...(path ? [[path, 'object'] as const] : []),
      ...Object.entries(value).flatMap(([key, item]) => [...shape(item, path ? `${path}.${key}` : key)]),
    ]);
  return new Map([[path, value === null ? 'null' : typeof value]]);
}

/** What the recording has and we have not, or have as another kind; null fits everything. */
function missing(recorded: unknown, ours: unknown, except: readonly RegExp[]): string[] {
  const have = shape(ours);
  return [...shape(recorded)].flatMap(([path, kind]) => {
    if (except.some((pattern) => pattern.test(path))) return [];
    const mine = have.get(path);
    if (mine === kind || mine === 'null' || kind === 'null') return [];
    // below a value that is null or an empty list there is nothing to compare
    if (
      [...have].some(
        ([parent, of]) =>
          (of === 'null' || of === 'list') &&
          !have.has(`${parent}[]`) &&
          path.startsWith(parent) &&
          path !== parent &&
          mine === undefined,
      )
    )
      return [];
    return [`${path}: recorded ${kind}, ours ${mine ?? 'missing'}`];
  });
}

const fixture = (name: string) => JSON.parse(readFileSync(join(__dirname, '../../fixtures/jira', name), 'utf8'));

/** What a site's own configuration adds: fields of its own, apps, security levels. */
const SITE_SPECIFIC = [
  /customfield_/,
  /security/,
  /lastViewed/,
  /entityId/,
  /uuid/,
  /issuerestriction/,
  /statusCategory(?!\.)$/,
];

let jira: Jira;
let listener: Awaited<ReturnType<typeof startListener>>;
const told = (event: string) =>
  listener.received.map(({ body }) => JSON.parse(body)).find((body) => body.webhookEvent === event);

beforeAll(async () => {
  listener = await startListener();
  jira = await buildJira();
  const events = [
    'worklog_created',
    'worklog_updated',
    'worklog_deleted',
    'comment_created',
    'project_created',
    'jira:issue_created',
    'jira:issue_updated',
    'jira:issue_deleted',
  ];
  await call(jira, 'POST', '/rest/webhooks/1.0/webhook', { name: 'shapes', url: listener.url, events });
  await makeProject(jira);
  const me = await serviceAccountId(jira);
  const { key } = await makeIssue(jira, { assignee: { accountId: me }, labels: ['a'], description: 'text' });
  const { id } = (await logWork(jira, key, 3600)).body;
  await call(jira, 'PUT', `/rest/api/2/issue/${key}/worklog/${id}`, { timeSpentSeconds: 7200 });
  await call(jira, 'DELETE', `/rest/api/2/issue/${key}/worklog/${id}`);
  await call(jira, 'POST', `/rest/api/2/issue/${key}/comment`, { body: 'Added a comment' });
  const other = await makeIssue(jira, { summary: 'To be deleted' });
  await call(jira, 'DELETE', `/rest/api/2/issue/${other.key}`);
  await listener.count(11);
});
afterAll(async () => {
  await jira.close();
  await listener.close();
});

test.each(['worklog_created', 'worklog_updated', 'worklog_deleted'])(
  '%s has everything that a real site sent',
  (event) => {
    const { isFromIssueLimitTransformation: _sometimes, ...recorded } = fixture(`zulip/webhook-${event}.json`);
    expect(missing(recorded, told(event), [])).toEqual([]);
  },
);

test('comment_created has everything that Cloud sent, but the names it has dropped since', () => {
  const dropped = [/author\.(name|key)$/i, /assignee\.(name|key)$/, /projectCategory/, ...SITE_SPECIFIC];
  expect(
    missing(fixture('mattermost-plugin-jira/webhook-cloud-comment-created.json'), told('comment_created'), dropped),
  ).toEqual([]);
});

test('project_created has everything that a real site sent, but what the recorder added', () => {
  expect(
    missing(fixture('jira-to-matrix/webhook-project-created.json'), told('project_created'), [
      /^(timestamp|level|message|label)$/,
    ]),
  ).toEqual([]);
});

test.each([
  ['jira:issue_created', 'mattermost-plugin-jira/webhook-issue-created.json'],
  ['jira:issue_updated', 'mattermost-plugin-jira/webhook-issue-updated-edited.json'],
  ['jira:issue_deleted', 'mattermost-plugin-jira/webhook-issue-deleted.json'],
])('%s has everything that a real site sent, but the names it has dropped since', (event, file) => {
  const dropped = [
    /(user|creator|reporter|assignee)\.(name|key)$/,
    /project\.projectCategory/,
    /\.statusCategory$/,
    /tmp(From|To)AccountId/,
    ...SITE_SPECIFIC,
  ];
  expect(missing(fixture(file), told(event), dropped)).toEqual([]);
});

test('project, user and issue of Cloud v3 have everything that a real site answered', async () => {
  const project = (await call(jira, 'GET', '/rest/api/3/project/search?expand=insight')).body.values[0];
  expect(missing(fixture('port-ocean/cloud-project-a.json'), project, SITE_SPECIFIC)).toEqual([]);
  const user = (await call(jira, 'GET', '/rest/api/3/myself')).body;
  expect(missing(fixture('port-ocean/cloud-user-a.json'), user, [])).toEqual([]);
  const issue = (await call(jira, 'GET', '/rest/api/3/issue/CRMWYVLZZJ-1')).body;
  expect(
    missing(fixture('port-ocean/cloud-issue-a.json'), issue, [
      ...SITE_SPECIFIC,
      /fields\.parent/,
      /issuetype\.entityId/,
      /description\./,
    ]),
  ).toEqual([]);
});

test('project and issue of Data Center have everything that a real server answered', async () => {
  const project = (await call(jira, 'GET', '/rest/api/2/project', undefined, dataCenter)).body[0];
  expect(missing(fixture('port-ocean/server-project.json'), project, SITE_SPECIFIC)).toEqual([]);
  const issue = (await call(jira, 'GET', '/rest/api/2/issue/CRMWYVLZZJ-1', undefined, dataCenter)).body;
  expect(missing(fixture('port-ocean/server-issue.json'), issue, [...SITE_SPECIFIC, /archived/])).toEqual([]);
});

test('createmeta, transitions, editmeta and catalogues have what real sites answered', async () => {
  const types = (await call(jira, 'GET', '/rest/api/2/issue/createmeta/CRMWYVLZZJ/issuetypes', undefined, dataCenter))
    .body;
  expect(missing(fixture('jira-cli/createmetav9.json'), types, [])).toEqual([]);
  const transitions = (await call(jira, 'GET', '/rest/api/3/issue/CRMWYVLZZJ-1/transitions')).body;
  expect(missing(fixture('jira-cli/transitions.json'), transitions, [])).toEqual([]);
  const categories = (await call(jira, 'GET', '/rest/api/3/statuscategory')).body;
  expect(missing(fixture('go-jira/all_statuscategories.json'), categories, [])).toEqual([]);
  const priorities = (await call(jira, 'GET', '/rest/api/2/priority', undefined, dataCenter)).body;
  expect(missing(fixture('go-jira/all_priorities.json'), priorities, [])).toEqual([]);
});
