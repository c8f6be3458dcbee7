// by path: the package exports itself to `import` only, and jest resolves as `require` does
import { createCloudClient } from '../../node_modules/jira.js/dist/index.js';
import { API_TOKEN, APP, APP_TOKEN, DEVELOPER, EMAIL, listenJira, startListener } from '../sandbox/jira/start-jira';
import type { Jira } from '../../sandbox/src/jira';

let jira: Jira;
let client: ReturnType<typeof createCloudClient>;
let listener: Awaited<ReturnType<typeof startListener>>;
let key: string;

/** jira.js checks every answer against Atlassian's schema: a shape that is wrong fails the test. */
beforeAll(async () => {
  listener = await startListener();
  const started = await listenJira();
  jira = started.jira;
  client = createCloudClient({
    host: started.url,
    auth: { type: 'basic', email: EMAIL, apiToken: API_TOKEN },
    onSchemaMismatch: 'throw',
  });
  const me = await client.myself.getCurrentUser();
  await client.projects.createProject({
    key: 'ALPHA',
    name: 'Alpha',
    projectTypeKey: 'software',
    leadAccountId: me.accountId ?? '',
  });
  const fields = { project: { key: 'ALPHA' }, issuetype: { name: 'Task' }, summary: 'One' };
  key = (await client.issues.createIssue({ fields })).key;
});
afterAll(async () => {
  await jira.close();
  await listener.close();
});

test('people, groups and permissions', async () => {
  expect((await client.users.getUser({ accountId: DEVELOPER.accountId })).displayName).toBe('John Developer');
  expect(await client.userSearch.findUsers({ query: 'john' })).toHaveLength(1);
  expect(await client.userSearch.findAssignableUsers({ project: 'ALPHA' })).toHaveLength(2);
  expect((await client.groups.findGroups({})).total).toBe(2);
  const mine = await client.permissions.getMyPermissions({
    permissions: 'ADMINISTER,CREATE_PROJECT'.split(',')[0] ?? '',
  });
  expect(mine.permissions?.['ADMINISTER']?.havePermission).toBe(true);
  expect(Object.keys((await client.permissions.getAllPermissions()).permissions ?? {})).toContain('WORK_ON_ISSUES');
});

test('types, statuses, priorities, resolutions and fields', async () => {
  const types = await client.issueTypes.getIssueAllTypes();
  expect(types.map(({ name }) => name)).toEqual(['Epic', 'Story', 'Task', 'Sub-task', 'Bug']);
  expect(await client.workflowStatuses.getStatuses()).toHaveLength(4);
  expect(await client.workflowStatusCategories.getStatusCategories()).toHaveLength(4);
  expect((await client.issuePriorities.searchPriorities({})).values).toHaveLength(5);
  expect((await client.issueResolutions.getResolution({ id: '10000' })).name).toBe('Done');
  const fields = await client.issueFields.getFields();
  expect(fields.find(({ id }) => id === 'customfield_10103')).toMatchObject({
    name: 'Approved Budget Amount',
    custom: true,
  });
  const made = await client.issueFields.createCustomField({
    name: 'Cost centre',
    type: 'com.atlassian.jira.plugin.system.customfieldtypes:textfield',
  });
  expect((await client.issueFields.getFieldsPaginated({ id: [made.id ?? ''] })).values?.[0]?.name).toBe('Cost centre');
  expect((await client.projects.getAllStatuses({ projectIdOrKey: 'ALPHA' }))[0]?.statuses).toHaveLength(4);
});

test('what may be entered: create and edit metadata', async () => {
  const types = await client.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: 'ALPHA' });
  expect(types.issueTypes).toHaveLength(5);
  const fields = await client.issues.getCreateIssueMetaIssueTypeId({ projectIdOrKey: 'ALPHA', issueTypeId: '10000' });
  expect(fields.fields?.map(({ fieldId }) => fieldId)).toContain('customfield_10102');
  expect(Object.keys((await client.issues.getEditIssueMeta({ issueIdOrKey: key })).fields ?? {})).toContain('summary');
});

test('comments, links, properties and the history of an issue', async () => {
  const comment = await client.issueComments.addComment({ issueIdOrKey: key, body: 'Hello' });
  expect((await client.issueComments.getComments({ issueIdOrKey: key })).total).toBe(1);
  await client.issueComments.deleteComment({ issueIdOrKey: key, id: comment.id ?? '' });
  await client.issueProperties.setIssueProperty({ issueIdOrKey: key, propertyKey: 'note', body: { a: 1 } });
  expect((await client.issueProperties.getIssueProperty({ issueIdOrKey: key, propertyKey: 'note' })).value).toEqual({
    a: 1,
  });
  const link = await client.issueRemoteLinks.createOrUpdateRemoteIssueLink({
    issueIdOrKey: key,
    globalId: 'crm=1',
    object: { url: 'http://localhost:4000/', title: 'Opportunity' },
  });
  expect(link.id).toBeGreaterThan(0);
  await client.issues.editIssue({ issueIdOrKey: key, fields: { summary: 'Two' } });
  await client.issues.assignIssue({ issueIdOrKey: key, accountId: DEVELOPER.accountId });
  const changes = await client.issues.getChangeLogs({ issueIdOrKey: key });
  expect(changes.values?.flatMap(({ items }) => items?.map(({ field }) => field))).toEqual(['summary', 'assignee']);
  const fetched = await client.issues.bulkFetchIssues({ issueIdsOrKeys: [key], fields: ['summary'] });
  expect(fetched.issues?.[0]?.fields?.summary).toBe('Two');
});

test('worklogs are changed and deleted; their properties and feeds are read', async () => {
  const { id = '' } = await client.issueWorklogs.addWorklog({
    issueIdOrKey: key,
    timeSpentSeconds: 3600,
    properties: [{ key: 'crmjira.billing', value: { rate: 125, currency: 'CAD' } }],
  });
  const rate = await client.issueWorklogProperties.getWorklogProperty({
    issueIdOrKey: key,
    worklogId: id,
    propertyKey: 'crmjira.billing',
  });
  expect(rate.value).toEqual({ rate: 125, currency: 'CAD' });
  expect(
    (await client.issueWorklogs.updateWorklog({ issueIdOrKey: key, id, body: { timeSpent: '2h' } })).timeSpentSeconds,
  ).toBe(7200);
  expect(await client.issueWorklogs.getWorklogsForIds({ ids: [Number(id)] })).toHaveLength(1);
  await client.issueWorklogs.deleteWorklog({ issueIdOrKey: key, id });
  expect((await client.issueWorklogs.getIdsOfWorklogsModifiedSince({})).lastPage).toBe(true);
  expect((await client.issueWorklogs.getIdsOfWorklogsDeletedSince({})).lastPage).toBe(true);
});

test('versions, components, roles and categories of a project', async () => {
  const version = await client.projectVersions.createVersion({
    name: 'One',
    projectId: 10150,
    releaseDate: '2025-06-15',
  });
  expect(
    (await client.projectVersions.updateVersion({ id: version.id ?? '', body: { released: true } })).released,
  ).toBe(true);
  expect((await client.projectVersions.getProjectVersionsPaginated({ projectIdOrKey: 'ALPHA' })).total).toBe(1);
  await client.projectComponents.createComponent({ name: 'Backend', project: 'ALPHA' });
  expect(await client.projectComponents.getProjectComponents({ projectIdOrKey: 'ALPHA' })).toHaveLength(1);
  expect(Object.keys(await client.projectRoles.getProjectRoles({ projectIdOrKey: 'ALPHA' }))).toContain(
    'Administrators',
  );
  expect((await client.projectRoles.getProjectRole({ projectIdOrKey: 'ALPHA', id: 10002 })).actors).toHaveLength(1);
  const category = await client.projectCategories.createProjectCategory({ name: 'Internal', description: 'x' });
  const updated = await client.projects.updateProject({
    projectIdOrKey: 'ALPHA',
    name: 'Alpha 2',
    categoryId: Number(category.id),
  });
  expect(updated).toMatchObject({ name: 'Alpha 2', projectCategory: { name: 'Internal' } });
});

test('counting, matching, and dynamic webhooks, which are an app’s (F-405)', async () => {
  expect((await client.issueSearch.countIssues({ jql: 'project = ALPHA' })).count).toBe(1);
  const match = await client.issueSearch.matchIssues({ jqls: ['project = ALPHA', 'colour = red'], issueIds: [10000] });
  expect(match.matches).toMatchObject([
    { matchedIssues: [10000] },
    { matchedIssues: [], errors: [expect.any(String)] },
  ]);
  await expect(client.webhooks.getDynamicWebhooksForApp()).rejects.toMatchObject({ status: 403 });
  const ofApp = createCloudClient({
    host: jira.site.options.publicUrl,
    auth: { type: 'basic', email: APP.email, apiToken: APP_TOKEN },
    onSchemaMismatch: 'throw',
  });
  const registered = await ofApp.webhooks.registerDynamicWebhooks({
    url: listener.url,
    webhooks: [{ events: ['jira:issue_created'], jqlFilter: 'project = ALPHA' }],
  });
  const id = registered.webhookRegistrationResult?.[0]?.createdWebhookId ?? 0;
  expect((await ofApp.webhooks.getDynamicWebhooksForApp()).total).toBe(1);
  expect(await ofApp.webhooks.refreshWebhooks({ webhookIds: [id] })).toHaveProperty('expirationDate');
  await ofApp.webhooks.deleteWebhookById({ webhookIds: [id] });
});

test('archiving ends the session; what is refused comes back with its field errors', async () => {
  await client.projects.archiveProject({ projectIdOrKey: 'ALPHA' });
  await expect(client.issues.editIssue({ issueIdOrKey: key, fields: { summary: 'x' } })).rejects.toMatchObject({
    status: 400,
  });
  await expect(client.projects.createProject({ key: 'bad', name: 'Beta', leadAccountId: 'x' })).rejects.toMatchObject({
    status: 400,
  });
});
