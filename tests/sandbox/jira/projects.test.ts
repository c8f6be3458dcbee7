import type { Jira } from '../../../sandbox/src/jira';
import { call, makeIssue, makeProject, serviceAccountId } from './call-jira';
import { buildJira, dataCenter } from './start-jira';

let jira: Jira;
beforeEach(async () => {
  jira = await buildJira();
});
afterEach(() => jira.close());

const template = 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic';

test('a project id is a number when made and text when read (E1, ADR-24)', async () => {
  await makeProject(jira);
  const read = await call(jira, 'GET', '/rest/api/3/project/CRMWYVLZZJ');
  expect(read.body).toMatchObject({ id: '10150', key: 'CRMWYVLZZJ', projectTypeKey: 'software' });
});

test.each([
  [
    'lower case',
    { key: 'crm' },
    {
      projectKey:
        'Project keys must start with an uppercase letter, followed by one or more uppercase alphanumeric characters.',
    },
  ],
  ['the integration reference', { key: 'CRM-202501-A1B2C3D4' }, { projectKey: expect.any(String) }],
  [
    'eleven characters',
    { key: 'ABCDEFGHIJK' },
    { projectKey: 'The project key must not exceed 10 characters in length.' },
  ],
  [
    'a name of 81 characters',
    { name: 'x'.repeat(81) },
    { projectName: 'The project name must not exceed 80 characters in length.' },
  ],
  ['an unknown lead', { leadAccountId: 'nobody' }, { projectLead: 'You must specify a valid project lead.' }],
  ['an unknown template', { projectTemplateKey: 'com.example:none' }, { projectTemplate: expect.any(String) }],
  ['an unknown category', { categoryId: 99 }, { categoryId: expect.any(String) }],
])('%s is refused under the field it is about', async (_name, change, errors) => {
  const answer = await call(jira, 'POST', '/rest/api/3/project', {
    key: 'ABCDE',
    name: 'Some project',
    projectTypeKey: 'software',
    projectTemplateKey: template,
    leadAccountId: await serviceAccountId(jira),
    ...change,
  });
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({ errorMessages: [], errors });
});

test('a taken key and a taken name are named at once, with the holder of the key', async () => {
  await makeProject(jira, 'ABCDE', 'Alpha');
  const answer = await call(jira, 'POST', '/rest/api/3/project', {
    key: 'ABCDE',
    name: 'alpha',
    projectTypeKey: 'software',
    projectTemplateKey: template,
    leadAccountId: await serviceAccountId(jira),
  });
  expect(answer.body.errors).toEqual({
    projectKey: "Project 'Alpha' uses this project key.",
    projectName: 'A project with that name already exists.',
  });
});

test('lead and leadAccountId never go together, and each edition takes its own', async () => {
  const accountId = await serviceAccountId(jira);
  const body = { key: 'ABCDE', name: 'Alpha', projectTypeKey: 'software' };
  const lead = 'powerplatform-integration';
  expect((await call(jira, 'POST', '/rest/api/3/project', { ...body, lead, leadAccountId: accountId })).status).toBe(
    400,
  );
  expect((await call(jira, 'POST', '/rest/api/3/project', { ...body, lead })).body.errors).toHaveProperty('lead');
  expect((await call(jira, 'POST', '/rest/api/2/project', { ...body, lead }, dataCenter)).status).toBe(201);
});

test('the preflight answers 200 whether the key is free or not (R-404)', async () => {
  await makeProject(jira, 'ABCDE', 'Alpha');
  const check = async (key: string) =>
    (await call(jira, 'GET', `/rest/api/3/projectvalidate/key?key=${key}`)).body.errors;
  expect(await check('FGHIJ')).toEqual({});
  expect(await check('ABCDE')).toEqual({ projectKey: "Project 'Alpha' uses this project key." });
  expect(await check('CRM-202501-A1B2C3D4')).toHaveProperty('projectKey');
  expect((await call(jira, 'GET', '/rest/api/3/projectvalidate/validProjectKey?key=ABCDE')).body).toBe('ABCDE1');
  expect((await call(jira, 'GET', '/rest/api/3/projectvalidate/validProjectName?name=Alpha')).body).toBe('Alpha 2');
  // Data Center's default pattern allows letters only
  expect(
    (await call(jira, 'GET', '/rest/api/2/projectvalidate/key?key=AB12', undefined, dataCenter)).body.errors,
  ).toHaveProperty('projectKey');
});

test('contract-keys mode takes the reference literally as key and answers a text id (E1)', async () => {
  const contract = await buildJira({ contractKeys: true });
  const answer = await call(
    contract,
    'POST',
    '/rest/api/2/project',
    {
      key: 'CRM-202501-A1B2C3D4',
      name: 'Digital Transformation Project - Acme Corp',
      projectTypeKey: 'software',
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-agility-scrum',
      lead: 'powerplatform-integration',
      categoryId: 10000,
    },
    dataCenter,
  );
  expect(answer.body).toMatchObject({ id: '10150', key: 'CRM-202501-A1B2C3D4' });
  await contract.close();
});

test('a property proves whose project it is: 201 when new, 200 when changed, 404 when gone', async () => {
  const id = await makeProject(jira);
  const url = `/rest/api/3/project/${id}/properties/crmjira.opportunity`;
  expect((await call(jira, 'GET', url)).status).toBe(404);
  expect((await call(jira, 'PUT', url, { opportunityId: 'a1b2' })).status).toBe(201);
  expect((await call(jira, 'PUT', url, { opportunityId: 'c3d4' })).status).toBe(200);
  expect((await call(jira, 'GET', url)).body).toEqual({ key: 'crmjira.opportunity', value: { opportunityId: 'c3d4' } });
  expect((await call(jira, 'GET', `/rest/api/3/project/${id}/properties`)).body.keys).toHaveLength(1);
  expect((await call(jira, 'DELETE', url)).status).toBe(204);
  expect((await call(jira, 'GET', url)).status).toBe(404);
});

test('a renamed key keeps answering under the old one, issues included', async () => {
  await makeProject(jira, 'ABCDE', 'Alpha');
  const issue = await makeIssue(jira, {}, 'ABCDE');
  expect((await call(jira, 'PUT', '/rest/api/3/project/ABCDE', { key: 'FGHIJ' })).status).toBe(200);
  expect((await call(jira, 'GET', '/rest/api/3/project/ABCDE')).body.key).toBe('FGHIJ');
  expect((await call(jira, 'GET', `/rest/api/3/issue/${issue.key}`)).body.key).toBe('FGHIJ-1');
});

test('an archived project is readable, refuses work and leaves the search; Cloud archives by POST, Data Center by PUT', async () => {
  await makeProject(jira, 'ABCDE', 'Alpha');
  const issue = await makeIssue(jira, {}, 'ABCDE');
  expect((await call(jira, 'PUT', '/rest/api/3/project/ABCDE/archive')).status).toBe(405);
  expect((await call(jira, 'POST', '/rest/api/3/project/ABCDE/archive')).status).toBe(204);
  expect((await call(jira, 'GET', '/rest/api/3/project/ABCDE')).body).toMatchObject({ archived: true });
  expect((await call(jira, 'GET', '/rest/api/3/project/search')).body.total).toBe(0);
  expect((await call(jira, 'GET', '/rest/api/3/project/search?status=archived')).body.total).toBe(1);
  expect((await call(jira, 'PUT', `/rest/api/3/issue/${issue.key}`, { fields: { summary: 'x' } })).status).toBe(400);
  expect((await call(jira, 'PUT', '/rest/api/2/project/ABCDE/restore', undefined, dataCenter)).status).toBe(202);
});

test('Cloud puts a deleted project into the bin, which keeps its key; deleted for good it is free', async () => {
  await makeProject(jira, 'ABCDE', 'Alpha');
  const isFree = async () =>
    Object.keys((await call(jira, 'GET', '/rest/api/3/projectvalidate/key?key=ABCDE')).body.errors).length === 0;
  expect((await call(jira, 'DELETE', '/rest/api/3/project/ABCDE')).status).toBe(204);
  expect((await call(jira, 'GET', '/rest/api/3/project/ABCDE')).body).toEqual({
    errorMessages: ["No project could be found with key 'ABCDE'."],
    errors: {},
  });
  expect(await isFree()).toBe(false);
  expect((await call(jira, 'POST', '/rest/api/3/project/ABCDE/restore')).status).toBe(200);
  expect((await call(jira, 'DELETE', '/rest/api/3/project/ABCDE?enableUndo=false')).status).toBe(204);
  expect(await isFree()).toBe(true);
});

test('search pages projects and answers where the next page is', async () => {
  for (const letter of ['A', 'B', 'C']) await makeProject(jira, `PR${letter}`, `Project ${letter}`);
  const first = (await call(jira, 'GET', '/rest/api/3/project/search?maxResults=2')).body;
  expect(first).toMatchObject({ total: 3, isLast: false, startAt: 0 });
  expect(first.values.map((row: { key: string }) => row.key)).toEqual(['PRA', 'PRB']);
  const second = (await call(jira, 'GET', first.nextPage.replace('http://localhost:4020', ''))).body;
  expect(second).toMatchObject({ isLast: true, startAt: 2 });
});

test('versions are milestones: dated, unique by name, released by a change', async () => {
  const id = await makeProject(jira);
  const made = await call(jira, 'POST', '/rest/api/3/version', {
    name: 'Go-live',
    projectId: Number(id),
    releaseDate: '2025-01-10',
  });
  expect(made.body).toMatchObject({ name: 'Go-live', released: false, overdue: true, projectId: 10150 });
  expect(
    (await call(jira, 'POST', '/rest/api/3/version', { name: 'go-live', projectId: Number(id) })).body.errors,
  ).toHaveProperty('name');
  expect((await call(jira, 'PUT', `/rest/api/3/version/${made.body.id}`, { released: true })).body).toMatchObject({
    released: true,
    overdue: false,
  });
  expect((await call(jira, 'DELETE', `/rest/api/3/version/${made.body.id}`)).status).toBe(204);
  expect((await call(jira, 'GET', `/rest/api/3/project/${id}/versions`)).body).toEqual([]);
});

test('people see project and issue when they follow a link, with names escaped', async () => {
  await makeProject(jira, 'ABCDE', 'Alpha <script>');
  const issue = await makeIssue(jira, { summary: 'Log <b>in</b>' }, 'ABCDE');
  const page = await call(jira, 'GET', `/browse/${issue.key}`, undefined, {});
  expect(page.text).toContain('Log &lt;b&gt;in&lt;/b&gt;');
  expect((await call(jira, 'GET', '/projects/ABCDE', undefined, {})).text).toContain('Alpha &lt;script&gt;');
  expect((await call(jira, 'GET', '/browse/ABCDE', undefined, {})).status).toBe(302);
  expect((await call(jira, 'GET', '/browse/NOPE-1', undefined, {})).status).toBe(404);
});
