import type { Jira } from '../../../sandbox/src/jira';
import { call, logWork, makeIssue, makeProject, serviceAccountId } from './call-jira';
import { DEVELOPER, buildJira, dataCenter } from './start-jira';

let jira: Jira;
beforeEach(async () => {
  jira = await buildJira();
  await makeProject(jira);
});
afterEach(() => jira.close());

const create = (fields: Record<string, unknown>, version = 3) =>
  call(jira, 'POST', `/rest/api/${version}/issue`, {
    fields: { project: { key: 'CRMWYVLZZJ' }, issuetype: { name: 'Task' }, summary: 'Work', ...fields },
  });

const adf = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

test.each([
  ['no summary', { summary: undefined }, { summary: 'You must specify a summary of the issue.' }],
  ['an unknown type', { issuetype: { name: 'Wish' } }, { issuetype: 'The issue type selected is invalid.' }],
  ['an unknown project', { project: { key: 'NOPE' } }, { project: 'Specify a valid project ID or key' }],
  [
    'an unknown field',
    { customfield_10951: 1 },
    { customfield_10951: "Field 'customfield_10951' cannot be set. It is not on the appropriate screen, or unknown." },
  ],
  [
    'text where v3 wants a document',
    { description: 'plain' },
    { description: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)' },
  ],
  [
    'text in a number field',
    { customfield_10103: '250000' },
    { customfield_10103: 'Operation value must be a number' },
  ],
  [
    'an option that is not there',
    { customfield_10102: { value: 'Lost' } },
    { customfield_10102: "Option value 'Lost' is not valid" },
  ],
  ['a label with a space', { labels: ['a b'] }, { labels: "The label 'a b' contains spaces which is invalid." }],
  [
    'a sub-task without parent',
    { issuetype: { name: 'Sub-task' } },
    { issuetype: 'Issue type is a sub-task but parent issue key or id not specified.' },
  ],
])('%s is refused in the words that clients have reported', async (_name, fields, errors) => {
  const answer = await create(fields);
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({ errorMessages: [], errors });
});

test('v2 takes and gives text, v3 documents, of one and the same description', async () => {
  expect((await create({ description: adf('x') }, 2)).body.errors).toEqual({
    description: 'Operation value must be a string',
  });
  const { body } = await create({ description: adf('Hello\u00a0world') });
  expect((await call(jira, 'GET', `/rest/api/2/issue/${body.key}`)).body.fields.description).toBe('Hello\u00a0world');
  const written = (await create({ description: 'One\n\nTwo\nlines' }, 2)).body.key;
  expect((await call(jira, 'GET', `/rest/api/2/issue/${written}`)).body.fields.description).toBe('One\n\nTwo\nlines');
  const asDocument = (await call(jira, 'GET', `/rest/api/3/issue/${written}`)).body.fields.description;
  expect(asDocument.content).toHaveLength(2);
});

test('the root issue carries the four fields of D-7.1', async () => {
  const { body } = await create({
    issuetype: { name: 'Epic' },
    customfield_10100: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
    customfield_10102: { value: 'Draft' },
    customfield_10103: 250000,
  });
  await call(jira, 'PUT', `/rest/api/3/issue/${body.key}`, { fields: { customfield_10102: { value: 'Approved' } } });
  const { fields } = (await call(jira, 'GET', `/rest/api/3/issue/${body.key}`)).body;
  expect(fields).toMatchObject({ customfield_10102: { value: 'Approved' }, customfield_10103: 250000 });
  const history = (await call(jira, 'GET', `/rest/api/3/issue/${body.key}/changelog`)).body.values;
  expect(history[0].items[0]).toMatchObject({
    field: 'Budget Status',
    fieldtype: 'custom',
    fieldId: 'customfield_10102',
    fromString: 'Draft',
    toString: 'Approved',
  });
});

test('a team-managed project has no global custom fields on its screens', async () => {
  await call(jira, 'POST', '/rest/api/3/project', {
    key: 'NEXTGEN',
    name: 'Next',
    projectTypeKey: 'software',
    projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-agility-scrum',
    leadAccountId: await serviceAccountId(jira),
  });
  const answer = await create({ project: { key: 'NEXTGEN' }, customfield_10100: 'x' });
  expect(answer.body.errors.customfield_10100).toContain('cannot be set');
});

test('people are account ids on Cloud and names on Data Center', async () => {
  const { body } = await create({ assignee: { accountId: DEVELOPER.accountId } });
  const cloudView = (await call(jira, 'GET', `/rest/api/2/issue/${body.key}`)).body.fields.assignee;
  expect(cloudView).toMatchObject({ accountId: DEVELOPER.accountId, displayName: 'John Developer' });
  expect(cloudView).not.toHaveProperty('name');
  const dcView = (await call(jira, 'GET', `/rest/api/2/issue/${body.key}`, undefined, dataCenter)).body.fields.assignee;
  expect(dcView).toMatchObject({ name: 'john.developer', key: expect.stringMatching(/^JIRAUSER\d+$/) });
  expect(dcView).not.toHaveProperty('accountId');
});

test('a transition to done resolves the issue, one back reopens it', async () => {
  const { key } = await makeIssue(jira, {});
  const url = `/rest/api/3/issue/${key}/transitions`;
  const { transitions } = (await call(jira, 'GET', url)).body;
  const to = (name: string) => transitions.find((one: { name: string }) => one.name === name).id;
  expect((await call(jira, 'POST', url, { transition: { id: to('Done') } })).status).toBe(204);
  expect((await call(jira, 'GET', `/rest/api/3/issue/${key}`)).body.fields.resolution.name).toBe('Done');
  await call(jira, 'POST', url, { transition: { id: to('In Progress') } });
  expect((await call(jira, 'GET', `/rest/api/3/issue/${key}`)).body.fields).toMatchObject({
    resolution: null,
    resolutiondate: null,
  });
  expect((await call(jira, 'POST', url, { transition: { id: '999' } })).status).toBe(400);
});

test('update verbs add and remove; a field may not stand in both places', async () => {
  const { key } = await makeIssue(jira, { labels: ['one', 'two'] });
  await call(jira, 'PUT', `/rest/api/3/issue/${key}`, { update: { labels: [{ add: 'three' }, { remove: 'one' }] } });
  expect((await call(jira, 'GET', `/rest/api/3/issue/${key}?fields=labels`)).body.fields).toEqual({
    labels: ['two', 'three'],
  });
  const both = await call(jira, 'PUT', `/rest/api/3/issue/${key}`, {
    fields: { labels: [] },
    update: { labels: [{ add: 'x' }] },
  });
  expect(both.body.errors).toHaveProperty('labels');
});

test('deleting a parent needs deleteSubtasks; an issue that is gone is 404 with the one sentence', async () => {
  const parent = await makeIssue(jira, {});
  const child = await makeIssue(jira, { issuetype: { name: 'Sub-task' }, parent: { key: parent.key } });
  expect((await call(jira, 'DELETE', `/rest/api/3/issue/${parent.key}`)).status).toBe(400);
  expect((await call(jira, 'DELETE', `/rest/api/3/issue/${parent.key}?deleteSubtasks=true`)).status).toBe(204);
  expect((await call(jira, 'GET', `/rest/api/3/issue/${child.key}`)).body).toEqual({
    errorMessages: ['Issue does not exist or you do not have permission to see it.'],
    errors: {},
  });
});

test('bulk creation makes what it can and says which failed', async () => {
  const one = (summary?: string) => ({
    fields: { project: { key: 'CRMWYVLZZJ' }, issuetype: { name: 'Task' }, ...(summary ? { summary } : {}) },
  });
  const { body, status } = await call(jira, 'POST', '/rest/api/3/issue/bulk', {
    issueUpdates: [one('a'), one(), one('c')],
  });
  expect(status).toBe(201);
  expect(body.issues.map((issue: { key: string }) => issue.key)).toEqual(['CRMWYVLZZJ-1', 'CRMWYVLZZJ-2']);
  expect(body.errors[0]).toMatchObject({
    failedElementNumber: 1,
    elementErrors: { errors: { summary: expect.any(String) } },
  });
});

test('metadata names required fields and allowed values, in the old form and the new', async () => {
  const types = (await call(jira, 'GET', '/rest/api/3/issue/createmeta/CRMWYVLZZJ/issuetypes')).body;
  expect(types.issueTypes.map((type: { name: string }) => type.name)).toEqual([
    'Epic',
    'Story',
    'Task',
    'Sub-task',
    'Bug',
  ]);
  const fields = (await call(jira, 'GET', '/rest/api/3/issue/createmeta/CRMWYVLZZJ/issuetypes/10000')).body.fields;
  const status = fields.find((field: { fieldId: string }) => field.fieldId === 'customfield_10102');
  expect(status.allowedValues.map((option: { value: string }) => option.value)).toEqual([
    'Draft',
    'Approved',
    'Active',
    'Overbudget',
    'Completed',
  ]);
  expect(
    (await call(jira, 'GET', '/rest/api/2/issue/createmeta/CRMWYVLZZJ/issuetypes', undefined, dataCenter)).body,
  ).toMatchObject({ isLast: true, values: expect.any(Array) });
  const old = (
    await call(jira, 'GET', '/rest/api/3/issue/createmeta?projectKeys=CRMWYVLZZJ&expand=projects.issuetypes.fields')
  ).body;
  expect(old.projects[0].issuetypes[0].fields.summary.required).toBe(true);
});

test('bulk fetch answers what is there and names what is not', async () => {
  const { key } = await makeIssue(jira, {});
  await logWork(jira, key, 3600);
  const { body } = await call(jira, 'POST', '/rest/api/3/issue/bulkfetch', {
    issueIdsOrKeys: [key, '999'],
    fields: ['timespent'],
  });
  expect(body.issues[0].fields).toEqual({ timespent: 3600 });
  expect(body.issueErrors).toHaveLength(1);
});

/** A form of the issue's page, sent as a browser does. */
const byHand = (
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
) =>
  jira.app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'localhost:4020', ...headers },
    payload: new URLSearchParams(fields).toString(),
  });

test('a person moves an issue along, edits, comments, moves and deletes it by hand, and programs are told as whom', async () => {
  const { id, key } = (await create({})).body;
  const other = await makeProject(jira, 'OTHER', 'Other project');
  const told: string[] = [];
  jira.site.onEvent((event) => {
    const type = 'type' in event && typeof event.type === 'string' ? ` ${event.type}` : '';
    told.push(`${event.kind} ${event.event}${type} by ${jira.site.users.get(event.actorId)?.displayName}`);
  });
  const cookie = String(
    (await byHand('/person', { person: DEVELOPER.accountId, back: `/browse/${key}` })).headers['set-cookie'],
  );
  const as = { cookie: cookie.split(';')[0] ?? '' };
  const page = await jira.app.inject({ url: `/browse/${key}`, headers: as });
  expect(page.body).toContain(`<option value="${DEVELOPER.accountId}" selected>John Developer</option>`);

  const edited = { summary: 'By "hand" <b>', priority: '2', labels: 'one two', assignee: DEVELOPER.accountId };
  for (const [action, fields] of [
    ['transition', { transition: '41' }],
    ['edit', edited],
    ['comment', { text: 'Looked at it.' }],
  ] as const)
    expect(await byHand(`/browse/${key}/${action}`, fields, as)).toMatchObject({
      statusCode: 303,
      headers: { location: `/browse/${key}` },
    });
  expect(jira.site.issues.get(id)).toMatchObject({
    statusId: '10001',
    resolutionId: '10000',
    summary: edited.summary,
    priorityId: '2',
    labels: ['one', 'two'],
    assigneeId: DEVELOPER.accountId,
  });
  const moved = await byHand(`/browse/${key}/move`, { project: 'OTHER' }, as);
  expect([moved.statusCode, moved.headers['location']]).toEqual([303, '/browse/OTHER-1']);
  expect(jira.site.issues.get(id)).toMatchObject({ key: 'OTHER-1', projectId: other });
  expect((await jira.app.inject({ url: '/browse/OTHER-1', headers: as })).body).toContain(
    'By &quot;hand&quot; &lt;b&gt;',
  );
  expect((await byHand('/browse/OTHER-1/delete', {}, as)).headers['location']).toBe('/projects/OTHER');
  expect(jira.site.issues.get(id)).toBeUndefined();
  expect(told).toEqual(
    [
      'issue updated issue_generic',
      'issue updated issue_updated',
      'comment created',
      'issue updated issue_moved',
      'issue deleted',
    ].map((what) => `${what} by John Developer`),
  );
});

test('what Jira refuses by hand is said on a page, and a form of another site is not taken', async () => {
  const { key } = (await create({})).body;
  const refused = await byHand(`/browse/${key}/edit`, { summary: 'x'.repeat(256), priority: '3' });
  expect([refused.statusCode, refused.body]).toEqual([400, expect.stringContaining(`${key} was not changed`)]);
  expect((await byHand(`/browse/${key}/comment`, { text: ' ' })).statusCode).toBe(400);
  expect((await byHand(`/browse/${key}/delete`, {}, { origin: 'https://evil.example' })).statusCode).toBe(403);
  expect((await byHand(`/browse/${key}/archive`, {})).statusCode).toBe(404);
  expect(jira.site.findIssue(key)?.summary).toBe('Work');
});
