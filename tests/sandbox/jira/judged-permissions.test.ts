import type { Jira } from '../../../sandbox/src/jira';
import { call, logWork, makeIssue, makeProject, serviceAccountId } from './call-jira';
import { DEVELOPER, buildJira, dataCenter } from './start-jira';

let jira: Jira;
beforeEach(async () => {
  jira = await buildJira();
  await makeProject(jira);
});
afterEach(() => jira.close());

const developer = { authorization: `Basic ${Buffer.from(`${DEVELOPER.email}:john-token`).toString('base64')}` };

// the permissions of R-414 under the names that Jira has for them, and the rest of those it has built in
test.each([
  'BROWSE_PROJECTS',
  'CREATE_ISSUES',
  'EDIT_ISSUES',
  'VIEW_DEV_TOOLS',
  'MANAGE_WATCHERS',
  'WORK_ON_ISSUES',
  'ADMINISTER_PROJECTS',
  'ADMINISTER',
  'MOVE_ISSUES',
  'CREATE_ATTACHMENTS',
  'MANAGE_SPRINTS_PERMISSION',
])('the service account is told that it holds %s (R-414)', async (key) => {
  const answer = await call(jira, 'GET', `/rest/api/3/mypermissions?permissions=${key}`);
  expect(answer.body.permissions[key]).toMatchObject({ key, havePermission: true });
});

test("a plugin's permission is unknown to Cloud, and left out by Data Center (R-414)", async () => {
  const onCloud = await call(jira, 'GET', '/rest/api/3/mypermissions?permissions=BUDGET_VIEW');
  expect(onCloud.status).toBe(400);
  expect(onCloud.body.errorMessages[0]).toContain('BUDGET_VIEW');
  const onDataCenter = await call(
    jira,
    'GET',
    '/rest/api/2/mypermissions?permissions=BUDGET_VIEW',
    undefined,
    dataCenter,
  );
  expect(onDataCenter.status).toBe(200);
  expect(Object.keys(onDataCenter.body.permissions)).toContain('BROWSE_PROJECTS');
  expect(Object.keys(onDataCenter.body.permissions)).not.toContain('BUDGET_VIEW');
});

test('permissions of many projects are checked in one call', async () => {
  const accountId = await serviceAccountId(jira);
  const answer = await call(jira, 'POST', '/rest/api/3/permissions/check', {
    accountId,
    globalPermissions: ['ADMINISTER'],
    projectPermissions: [{ permissions: ['WORK_ON_ISSUES'], projects: [10150, 99999] }],
  });
  expect(answer.body).toEqual({
    globalPermissions: ['ADMINISTER'],
    projectPermissions: [{ permission: 'WORK_ON_ISSUES', projects: [10150], issues: [] }],
  });
  const forDeveloper = await call(jira, 'POST', '/rest/api/3/permissions/check', {
    accountId: DEVELOPER.accountId,
    globalPermissions: ['ADMINISTER'],
  });
  expect(forDeveloper.body.globalPermissions).toEqual([]);
});

// in the words of a real site: https://github.com/ahungry/org-jira/issues/310
test('people change and delete their own worklogs only, administrators all', async () => {
  const issue = (await makeIssue(jira, {})).key;
  const worklog = (await logWork(jira, issue, 3600)).body.id;
  const url = `/rest/api/2/issue/${issue}/worklog`;
  const edit = await call(jira, 'PUT', `${url}/${worklog}`, { timeSpentSeconds: 60 }, developer);
  expect(edit.status).toBe(400);
  expect(edit.body.errorMessages[0]).toBe('John Developer, you do not have permission to edit the specified worklog.');
  expect((await call(jira, 'DELETE', `${url}/${worklog}`, undefined, developer)).status).toBe(400);
  const own = (await call(jira, 'POST', url, { timeSpentSeconds: 60 }, developer)).body.id;
  expect((await call(jira, 'PUT', `${url}/${own}`, { timeSpentSeconds: 120 }, developer)).status).toBe(200);
  expect((await call(jira, 'DELETE', `${url}/${own}`)).status).toBe(204);
});

test('a property of a project is written by those who administer it (R-405)', async () => {
  const url = '/rest/api/3/project/CRMWYVLZZJ/properties/crmjira.opportunity';
  expect((await call(jira, 'PUT', url, { opportunityId: 'x' }, developer)).status).toBe(403);
  expect((await call(jira, 'GET', url)).status).toBe(404);
  expect((await call(jira, 'PUT', url, { opportunityId: 'x' })).status).toBe(201);
  expect((await call(jira, 'DELETE', url, undefined, developer)).status).toBe(403);
  expect((await call(jira, 'GET', url, undefined, developer)).status).toBe(200);
});

test('issues are deleted by those who hold "Delete issues"', async () => {
  const issue = (await makeIssue(jira, {})).key;
  expect((await call(jira, 'DELETE', `/rest/api/3/issue/${issue}`, undefined, developer)).status).toBe(403);
  expect((await call(jira, 'DELETE', `/rest/api/3/issue/${issue}`)).status).toBe(204);
});

test('people are picked by the beginning of a name or address, as their edition names them (R-413)', async () => {
  const url = '/user/picker?query=john.developer@company.com';
  const onCloud = (await call(jira, 'GET', `/rest/api/3${url}`)).body;
  expect(onCloud).toMatchObject({
    total: 1,
    users: [{ accountId: DEVELOPER.accountId, displayName: 'John Developer' }],
  });
  const onDataCenter = (await call(jira, 'GET', `/rest/api/2${url}`, undefined, dataCenter)).body;
  expect(onDataCenter.users).toMatchObject([{ name: 'john.developer' }]);
});
