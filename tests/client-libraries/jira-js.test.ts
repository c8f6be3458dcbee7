// by path: the package exports itself to `import` only, and jest resolves as `require` does
import { createCloudClient } from '../../node_modules/jira.js/dist/index.js';
import { API_TOKEN, EMAIL, listenJira } from '../sandbox/jira/start-jira';
import type { Jira } from '../../sandbox/src/jira';

let jira: Jira;
let client: ReturnType<typeof createCloudClient>;

beforeAll(async () => {
  const started = await listenJira();
  jira = started.jira;
  client = createCloudClient({
    host: started.url,
    auth: { type: 'basic', email: EMAIL, apiToken: API_TOKEN },
    // jira.js checks every answer against Atlassian's schema: a shape that is wrong fails the session
    onSchemaMismatch: 'throw',
  });
});
afterAll(() => jira.close());

test('jira.js completes a session: project, issue, worklogs, search, versions, clean-up', async () => {
  const me = await client.myself.getCurrentUser();
  expect(me).toMatchObject({ emailAddress: EMAIL, accountType: 'atlassian' });
  expect(await client.serverInfo.getServerInfo()).toMatchObject({ deploymentType: 'Cloud' });

  expect(await client.projectKeyAndNameValidation.validateProjectKey({ key: 'CRMWYVLZZJ' })).toMatchObject({
    errors: {},
  });
  const created = await client.projects.createProject({
    key: 'CRMWYVLZZJ',
    name: 'Digital Transformation Project - Acme Corp',
    projectTypeKey: 'software',
    projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
    description: 'Complete digital transformation',
    leadAccountId: me.accountId ?? '',
    categoryId: 10000,
  });
  expect(created).toMatchObject({ id: 10150, key: 'CRMWYVLZZJ' });
  const taken = await client.projectKeyAndNameValidation.validateProjectKey({ key: 'CRMWYVLZZJ' });
  expect(taken.errors?.['projectKey']).toContain('uses this project key');
  const value = { opportunityId: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890', reference: 'CRM-202501-A1B2C3D4' };
  await client.projectProperties.setProjectProperty({
    projectIdOrKey: '10150',
    propertyKey: 'crmjira.opportunity',
    body: value,
  });
  const property = await client.projectProperties.getProjectProperty({
    projectIdOrKey: '10150',
    propertyKey: 'crmjira.opportunity',
  });
  expect(property.value).toEqual(value);
  const project = await client.projects.getProject({ projectIdOrKey: 'CRMWYVLZZJ' });
  expect(project).toMatchObject({ id: '10150', simplified: false, style: 'classic' });
  const found = await client.projects.searchProjects({ keys: ['CRMWYVLZZJ'], expand: 'lead' });
  expect(found.values?.[0]?.lead?.displayName).toBe('Power Platform Integration');

  const root = await client.issues.createIssue({
    fields: {
      project: { id: '10150' },
      issuetype: { name: 'Epic' },
      summary: 'Digital Transformation Project - Acme Corp',
      customfield_10100: value.opportunityId,
      customfield_10102: { value: 'Draft' },
      customfield_10103: 250000,
    },
  });
  const story = await client.issues.createIssue({
    fields: {
      project: { key: 'CRMWYVLZZJ' },
      issuetype: { name: 'Story' },
      summary: 'Implement user authentication',
      parent: { key: root.key },
      labels: ['security'],
      timetracking: { originalEstimate: '3d' },
    },
  });
  expect(story.key).toBe('CRMWYVLZZJ-2');

  for (let hour = 0; hour < 22; hour += 1)
    await client.issueWorklogs.addWorklog({
      issueIdOrKey: story.key,
      timeSpentSeconds: 1800,
      started: `2025-01-${String(hour + 1).padStart(2, '0')}T09:00:00.000+0000`,
      comment: {
        type: 'doc',
        version: 1,
        content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Built' }] }],
      },
    });
  const page = await client.issueWorklogs.getIssueWorklog({ issueIdOrKey: story.key, startAt: 20, maxResults: 5 });
  expect(page).toMatchObject({ total: 22, startAt: 20 });
  expect(page.worklogs).toHaveLength(2);
  const issue = await client.issues.getIssue({ issueIdOrKey: story.key, expand: 'changelog,names' });
  expect(issue.fields?.worklog).toMatchObject({ total: 22, maxResults: 20 });
  expect(issue.fields?.['timetracking']).toMatchObject({
    timeSpentSeconds: 39600,
    remainingEstimateSeconds: 86400 - 39600,
  });
  expect(issue.changelog?.total).toBe(22);

  const first = await client.issueSearch.searchAndReconsileIssuesUsingJql({
    jql: 'project = CRMWYVLZZJ order by key',
    maxResults: 1,
    fields: ['summary', 'status', 'customfield_10102'],
  });
  expect(first.issues?.[0]).toMatchObject({ key: 'CRMWYVLZZJ-1' });
  expect(first).not.toHaveProperty('total');
  const second = await client.issueSearch.searchAndReconsileIssuesUsingJql({
    jql: 'project = CRMWYVLZZJ order by key',
    maxResults: 1,
    fields: ['summary'],
    nextPageToken: first.nextPageToken ?? '',
  });
  expect(second.issues?.[0]?.key).toBe('CRMWYVLZZJ-2');
  expect(second.nextPageToken).toBeUndefined();

  const { transitions } = await client.issues.getTransitions({ issueIdOrKey: story.key });
  const done = transitions?.find((transition) => transition.name === 'Done');
  await client.issues.doTransition({ issueIdOrKey: story.key, transition: { id: done?.id ?? '' } });
  const closed = await client.issues.getIssue({ issueIdOrKey: story.key, fields: ['status', 'resolution'] });
  expect(closed.fields?.status?.statusCategory?.key).toBe('done');

  await client.projectVersions.createVersion({ name: 'Go-live', projectId: 10150, releaseDate: '2025-06-15' });
  expect(await client.projectVersions.getProjectVersions({ projectIdOrKey: '10150' })).toHaveLength(1);
  await client.issues.deleteIssue({ issueIdOrKey: story.key });
  await expect(client.issues.getIssue({ issueIdOrKey: story.key })).rejects.toMatchObject({ status: 404 });
  await client.projects.deleteProject({ projectIdOrKey: '10150', enableUndo: false });
  await expect(client.projects.getProject({ projectIdOrKey: '10150' })).rejects.toMatchObject({ status: 404 });
});
