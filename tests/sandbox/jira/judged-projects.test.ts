import type { Jira } from '../../../sandbox/src/jira';
import { call, makeProject, serviceAccountId } from './call-jira';
import { DEVELOPER, buildJira, dataCenter } from './start-jira';

let jira: Jira;
beforeEach(async () => {
  jira = await buildJira();
  await makeProject(jira);
});
afterEach(() => jira.close());

const DEVELOPERS = '/rest/api/3/project/CRMWYVLZZJ/role/10003';
const accounts = (answer: { body: { actors: { actorUser?: { accountId: string } }[] } }) =>
  answer.body.actors.map(({ actorUser }) => actorUser?.accountId);

test('people and groups are given a role in a project, and lose it again (R-413)', async () => {
  const added = await call(jira, 'POST', DEVELOPERS, { user: [DEVELOPER.accountId] });
  expect(added.status).toBe(200);
  expect(added.body).toMatchObject({
    id: 10003,
    name: 'Developers',
    actors: [{ displayName: 'John Developer', type: 'atlassian-user-role-actor' }],
  });
  expect(accounts(await call(jira, 'GET', DEVELOPERS))).toEqual([DEVELOPER.accountId]);
  const again = await call(jira, 'POST', DEVELOPERS, { user: [DEVELOPER.accountId] });
  expect(again.status).toBe(400);
  expect(again.body.errorMessages[0]).toContain('already a member');
  const group = await call(jira, 'POST', DEVELOPERS, { group: ['jira-software-users'] });
  expect(group.body.actors[1]).toMatchObject({
    type: 'atlassian-group-role-actor',
    actorGroup: { name: 'jira-software-users' },
  });
  expect((await call(jira, 'DELETE', `${DEVELOPERS}?user=${DEVELOPER.accountId}`)).status).toBe(204);
  const set = await call(jira, 'PUT', DEVELOPERS, {
    categorisedActors: { 'atlassian-user-role-actor': [DEVELOPER.accountId] },
  });
  expect(accounts(set)).toEqual([DEVELOPER.accountId]);
});

test('who is not there cannot play a role, and who does not administer the project cannot give one (R-413)', async () => {
  expect((await call(jira, 'POST', DEVELOPERS, { user: ['nobody'] })).status).toBe(404);
  expect((await call(jira, 'POST', DEVELOPERS, {})).status).toBe(400);
  expect((await call(jira, 'POST', DEVELOPERS.replace('10003', '1'), { user: [DEVELOPER.accountId] })).status).toBe(
    404,
  );
  const developer = { authorization: `Basic ${Buffer.from(`${DEVELOPER.email}:john-token`).toString('base64')}` };
  expect((await call(jira, 'POST', DEVELOPERS, { user: [DEVELOPER.accountId] }, developer)).status).toBe(401);
});

test('the lead administers a new project; Data Center names people by user name (R-413)', async () => {
  const url = '/rest/api/2/project/CRMWYVLZZJ/role/10002';
  expect(accounts(await call(jira, 'GET', url))).toEqual([await serviceAccountId(jira)]);
  const added = await call(jira, 'POST', url, { user: ['john.developer'] }, dataCenter);
  expect(added.body.actors.map(({ name }: { name: string }) => name)).toEqual([
    'powerplatform-integration',
    'john.developer',
  ]);
});

// every kind of template in `CreateProjectDetails` of Atlassian's Cloud v3 document
test.each([
  ['software', 'com.pyxis.greenhopper.jira:gh-simplified-agility-scrum'],
  ['software', 'com.pyxis.greenhopper.jira:gh-cross-team-template'],
  ['business', 'com.atlassian.jira-core-project-templates:jira-core-simplified-content-management'],
  ['business', 'com.atlassian.jira-core-project-templates:jira-core-simplified-procurement'],
  ['service_desk', 'com.atlassian.servicedesk:simplified-it-service-management'],
  ['service_desk', 'com.atlassian.servicedesk:next-gen-hr-service-desk'],
  ['business', undefined],
  ['service_desk', undefined],
])('Cloud makes a %s project from %s (R-407)', async (projectTypeKey, projectTemplateKey) => {
  const made = await call(jira, 'POST', '/rest/api/3/project', {
    key: 'BETA',
    name: 'Beta',
    projectTypeKey,
    ...(projectTemplateKey === undefined ? {} : { projectTemplateKey }),
    leadAccountId: await serviceAccountId(jira),
  });
  expect(made.body).toMatchObject({ key: 'BETA' });
  expect((await call(jira, 'GET', '/rest/api/3/project/BETA')).body).toMatchObject({ projectTypeKey });
});

test('the next page of a list is asked for as its first was', async () => {
  await makeProject(jira, 'CRMPSZRVOR', 'Digital Workplace');
  await makeProject(jira, 'OTHER', 'Other');
  const url = '/rest/api/3/project/search?query=digital&orderBy=-key&expand=description&maxResults=1';
  const first = (await call(jira, 'GET', url)).body;
  expect(first).toMatchObject({ total: 2, isLast: false, values: [{ key: 'CRMWYVLZZJ', description: '' }] });
  const { pathname, search } = new URL(first.nextPage);
  const second = (await call(jira, 'GET', pathname + search)).body;
  expect(second).toMatchObject({ startAt: 1, isLast: true, values: [{ key: 'CRMPSZRVOR', description: '' }] });
  expect(second).not.toHaveProperty('nextPage');
});

// https://github.com/atlassian-api/atlassian-python-api/pull/1491
test('an address that answers to another method says so', async () => {
  const archive = (api: number, headers?: Record<string, string>, method: 'POST' | 'PUT' = 'POST') =>
    call(jira, method, `/rest/api/${api}/project/CRMWYVLZZJ/archive`, undefined, headers);
  const wrong = await archive(2, dataCenter);
  expect([wrong.status, wrong.headers['allow']]).toEqual([405, 'PUT']);
  expect((await archive(2, dataCenter, 'PUT')).status).toBe(204);
  expect((await archive(3, undefined, 'PUT')).status).toBe(405);
  expect((await call(jira, 'GET', '/rest/api/3/nothing')).status).toBe(404);
  expect((await call(jira, 'GET', '/rest/api/2/issue/createmeta', undefined, dataCenter)).status).toBe(404);
  expect((await call(jira, 'POST', '/rest/api/3/project/CRMWYVLZZJ', {}, dataCenter)).status).toBe(404);
});
