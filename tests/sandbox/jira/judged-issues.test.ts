import type { Jira } from '../../../sandbox/src/jira';
import { call, makeIssue, makeProject } from './call-jira';
import { DEVELOPER, buildJira, dataCenter } from './start-jira';

let jira: Jira;
let key: string;
beforeAll(async () => {
  jira = await buildJira();
  await makeProject(jira);
  key = (await makeIssue(jira, { labels: ['crm'] })).key;
});
afterAll(() => jira.close());

test('an issue answers every expansion that its resource documents', async () => {
  const expand = 'renderedFields,names,schema,transitions,operations,editmeta,changelog';
  const issue = (await call(jira, 'GET', `/rest/api/3/issue/${key}?expand=${expand}`)).body;
  expect(Object.keys(issue)).toEqual(expect.arrayContaining(expand.split(',')));
  expect(issue.editmeta.fields.summary).toMatchObject({ required: true, key: 'summary', operations: ['set'] });
  expect(issue.editmeta.fields).not.toHaveProperty('project');
});

// FieldMetadata and ProjectIssueCreateMetadata in Atlassian's Cloud v3 document
test('Cloud names a field in edit metadata by key alone, Data Center by fieldId', async () => {
  const url = `/issue/${key}/editmeta`;
  const onCloud = (await call(jira, 'GET', `/rest/api/3${url}`)).body.fields.summary;
  expect(onCloud).toHaveProperty('key', 'summary');
  expect(onCloud).not.toHaveProperty('fieldId');
  const onDataCenter = (await call(jira, 'GET', `/rest/api/2${url}`, undefined, dataCenter)).body.fields.summary;
  expect(onDataCenter).toHaveProperty('fieldId', 'summary');
});

test('the old create metadata holds projects with their types and fields, and no more', async () => {
  const answer = await call(
    jira,
    'GET',
    '/rest/api/3/issue/createmeta?projectKeys=CRMWYVLZZJ&issuetypeNames=Task&expand=projects.issuetypes.fields',
  );
  const [project] = answer.body.projects;
  expect(Object.keys(project).sort()).toEqual(['avatarUrls', 'expand', 'id', 'issuetypes', 'key', 'name', 'self']);
  expect(project.issuetypes[0].fields.summary).not.toHaveProperty('fieldId');
  expect(project.issuetypes[0].fields.customfield_10102.allowedValues).toHaveLength(5);
});

test('the site says what is switched on and which labels it has', async () => {
  expect((await call(jira, 'GET', '/rest/api/3/configuration')).body).toMatchObject({
    timeTrackingEnabled: true,
    timeTrackingConfiguration: { workingHoursPerDay: 8, workingDaysPerWeek: 5 },
  });
  expect((await call(jira, 'GET', '/rest/api/3/label')).body.values).toEqual(['crm']);
  expect((await call(jira, 'GET', `/rest/api/3/issue/${key}/votes`)).body.votes).toBe(0);
});

test('people watch an issue and stop watching it', async () => {
  const url = `/rest/api/3/issue/${key}/watchers`;
  expect((await call(jira, 'POST', url)).status).toBe(204);
  expect((await call(jira, 'POST', url, DEVELOPER.accountId)).status).toBe(204);
  const watchers = (await call(jira, 'GET', url)).body;
  expect(watchers).toMatchObject({ isWatching: true, watchCount: 2 });
  expect(watchers.watchers[1].displayName).toBe('John Developer');
  const search = { jql: `watcher = "${DEVELOPER.accountId}" and watchers = 2` };
  expect((await call(jira, 'POST', '/rest/api/3/search/jql', search)).body.issues).toHaveLength(1);
  expect((await call(jira, 'DELETE', `${url}?accountId=${DEVELOPER.accountId}`)).status).toBe(204);
  expect((await call(jira, 'GET', url)).body.watchCount).toBe(1);
  expect((await call(jira, 'POST', url, 'nobody')).status).toBe(404);
  const onDataCenter = url.replace('/3/', '/2/');
  expect((await call(jira, 'POST', onDataCenter, 'john.developer', dataCenter)).status).toBe(204);
});
