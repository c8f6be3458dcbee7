import type { Jira } from '../../../sandbox/src/jira';
import { call, logWork, makeIssue, makeProject } from './call-jira';
import { DEVELOPER, NOW, buildJira, dataCenter } from './start-jira';

let jira: Jira;
let now = new Date('2025-01-01T09:00:00Z');

/** Five issues: an epic, a story of it, a task, a bug of another project, and a sub-task that is done. */
beforeAll(async () => {
  jira = await buildJira({ clock: () => now });
  const id = await makeProject(jira, 'ALPHA', 'Alpha');
  await makeProject(jira, 'BETA', 'Beta');
  await call(jira, 'POST', '/rest/api/3/version', { name: 'Go-live', projectId: Number(id) });
  const epic = await makeIssue(
    jira,
    {
      issuetype: { name: 'Epic' },
      summary: 'Root of Alpha',
      customfield_10100: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
      customfield_10102: { value: 'Active' },
      customfield_10103: 250000,
    },
    'ALPHA',
  );
  now = new Date('2025-01-10T09:00:00Z');
  const story = await makeIssue(
    jira,
    {
      issuetype: { name: 'Story' },
      summary: 'User authentication',
      parent: { key: epic.key },
      labels: ['security', 'login'],
      assignee: { accountId: DEVELOPER.accountId },
      fixVersions: [{ name: 'Go-live' }],
      timetracking: { originalEstimate: '1d' },
    },
    'ALPHA',
  );
  await makeIssue(jira, { summary: 'Write the handbook', duedate: '2025-01-25', priority: { name: 'High' } }, 'ALPHA');
  await makeIssue(jira, { issuetype: { name: 'Bug' }, summary: 'Login fails', labels: ['login'] }, 'BETA');
  const subtask = await makeIssue(
    jira,
    { issuetype: { name: 'Sub-task' }, summary: 'Review', parent: { key: story.key } },
    'ALPHA',
  );
  await call(jira, 'POST', `/rest/api/3/issue/${subtask.key}/transitions`, { transition: { id: '41' } });
  await logWork(jira, story.key, 3600, { started: '2025-01-15T09:00:00.000+0000' });
  now = NOW;
});
afterAll(() => jira.close());

async function find(jql: string): Promise<string[]> {
  const answer = await call(jira, 'POST', '/rest/api/3/search/jql', { jql, fields: ['summary'] });
  expect(answer.body.errorMessages ?? []).toEqual([]);
  return answer.body.issues.map((issue: { key: string }) => issue.key).sort();
}

test.each([
  ['project = ALPHA', ['ALPHA-1', 'ALPHA-2', 'ALPHA-3', 'ALPHA-4']],
  ['project in (alpha, "Beta") and type = Bug', ['BETA-1']],
  ['project = 10151', ['BETA-1']],
  ['key in (ALPHA-1, BETA-1)', ['ALPHA-1', 'BETA-1']],
  ['issuetype not in (Epic, Bug, Sub-task) and project = ALPHA', ['ALPHA-2', 'ALPHA-3']],
  ['statusCategory = Done', ['ALPHA-4']],
  ['status was "To Do" and statusCategory = Done', ['ALPHA-4']],
  ['status changed from "To Do" to Done after "2025-01-01"', ['ALPHA-4']],
  [`assignee = "${DEVELOPER.accountId}"`, ['ALPHA-2']],
  ['assignee is empty and project = ALPHA', ['ALPHA-1', 'ALPHA-3', 'ALPHA-4']],
  ['reporter = currentUser() and labels = login', ['ALPHA-2', 'BETA-1']],
  ['labels != login', []],
  ['labels is not empty and not labels = security', ['BETA-1']],
  ['summary ~ "login"', ['BETA-1']],
  ['text ~ "auth*"', ['ALPHA-2']],
  ['summary ~ "\\"login fails\\""', ['BETA-1']],
  ['parent = ALPHA-1', ['ALPHA-2']],
  ['parent in (ALPHA-1, ALPHA-2)', ['ALPHA-2', 'ALPHA-4']],
  ['fixVersion = Go-live', ['ALPHA-2']],
  ['fixVersion in unreleasedVersions(ALPHA)', ['ALPHA-2']],
  ['cf[10100] ~ "a1b2c3d4-e5f6-7890-abcd-ef1234567890"', ['ALPHA-1']],
  ['"Budget Status" = Active', ['ALPHA-1']],
  ['cf[10103] >= 250000', ['ALPHA-1']],
  ['cf[10103] is empty and project = BETA', ['BETA-1']],
  ['created < "2025-01-05"', ['ALPHA-1']],
  ['created >= -12d and project = BETA', ['BETA-1']],
  ['created >= startOfMonth() and type = Epic', ['ALPHA-1']],
  ['due <= 5d', ['ALPHA-3']],
  ['worklogDate = "2025-01-15"', ['ALPHA-2']],
  ['worklogDate >= startOfWeek(-1) and worklogAuthor = currentUser()', ['ALPHA-2']],
  ['resolution = Unresolved and project = ALPHA', ['ALPHA-1', 'ALPHA-2', 'ALPHA-3']],
  ['priority > Medium', ['ALPHA-3']],
  ['not (project = ALPHA or type = Epic)', ['BETA-1']],
  ['timespent > 0', ['ALPHA-2']],
])('%s', async (jql, expected) => {
  expect(await find(jql)).toEqual(expected);
});

test.each([
  ['colour = red', "Field 'colour' does not exist or you do not have permission to view it."],
  ['project = NOPE', "The value 'NOPE' does not exist for the field 'project'."],
  ['key = ALPHA-99', "An issue with key 'ALPHA-99' does not exist for field 'key'."],
  ['project ~ ALPHA', "The operator '~' is not supported by the 'project' field."],
  ['cf[10100] = x', "The operator '=' is not supported by the 'cf[10100]' field."],
  ['created > tomorrow', expect.stringContaining("Date value 'tomorrow' for field 'created' is invalid.")],
  ['assignee in wizards()', "Unable to find JQL function 'wizards()'."],
  [
    'project = ALPHA status = Done',
    expect.stringContaining("Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'status'."),
  ],
  ['project =', expect.stringContaining('Error in the JQL Query: Expecting either a value, list or function')],
  ['order by created', expect.stringContaining('Unbounded JQL queries are not allowed here.')],
])('%s is refused in Jira words', async (jql, message) => {
  const answer = await call(jira, 'GET', `/rest/api/3/search/jql?jql=${encodeURIComponent(jql)}`);
  expect(answer.status).toBe(400);
  expect(answer.body.errorMessages).toEqual([message]);
});

test('order by several fields, down and up, empty values last', async () => {
  const answer = await call(
    jira,
    'GET',
    `/rest/api/3/search/jql?fields=key&jql=${encodeURIComponent('project in (ALPHA, BETA) ORDER BY due ASC, project DESC, key ASC')}`,
  );
  expect(answer.body.issues.map((issue: { key: string }) => issue.key)).toEqual([
    'ALPHA-3',
    'BETA-1',
    'ALPHA-1',
    'ALPHA-2',
    'ALPHA-4',
  ]);
});

test('Cloud pages by token, without a total, and with ids alone unless fields are asked for', async () => {
  const url = `/rest/api/3/search/jql?maxResults=3&jql=${encodeURIComponent('project = ALPHA order by key')}`;
  const first = (await call(jira, 'GET', url)).body;
  expect(first.issues).toEqual([{ id: '10000' }, { id: '10001' }, { id: '10002' }]);
  expect(first).not.toHaveProperty('total');
  const second = (await call(jira, 'GET', `${url}&nextPageToken=${first.nextPageToken}`)).body;
  expect(second).toMatchObject({ isLast: true, issues: [{ id: '10004' }] });
  expect(second).not.toHaveProperty('nextPageToken');
  expect((await call(jira, 'GET', `${url}&nextPageToken=guess`)).status).toBe(400);
});

test('the old search is gone on Cloud and works on Data Center, which has no search/jql', async () => {
  const gone = await call(jira, 'GET', '/rest/api/3/search?jql=project=ALPHA');
  expect(gone.status).toBe(410);
  expect(gone.body.errorMessages[0]).toContain('/rest/api/3/search/jql');
  const answer = (
    await call(
      jira,
      'POST',
      '/rest/api/2/search',
      { jql: 'project = ALPHA order by key', startAt: 1, maxResults: 2 },
      dataCenter,
    )
  ).body;
  expect(answer).toMatchObject({ startAt: 1, maxResults: 2, total: 4 });
  expect(answer.issues.map((issue: { key: string }) => issue.key)).toEqual(['ALPHA-2', 'ALPHA-3']);
  expect((await call(jira, 'GET', '/rest/api/2/search/jql?jql=project=ALPHA', undefined, dataCenter)).status).toBe(404);
});
