import type { Jira } from '../../../sandbox/src/jira';
import { call, makeIssue, makeProject } from './call-jira';
import { buildJira, dataCenter } from './start-jira';

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
