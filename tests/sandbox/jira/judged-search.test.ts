import type { Jira } from '../../../sandbox/src/jira';
import { call, logWork, makeIssue, makeProject } from './call-jira';
import { buildJira, dataCenter } from './start-jira';

let jira: Jira;
let key: string;
beforeAll(async () => {
  jira = await buildJira();
  await makeProject(jira);
  key = (await makeIssue(jira, { timetracking: { originalEstimate: '2d' } })).key;
  await logWork(jira, key, 2 * 3600);
});
afterAll(() => jira.close());

const found = async (jql: string) => {
  const answer = await call(jira, 'POST', '/rest/api/3/search/jql', { jql: `project = CRMWYVLZZJ and ${jql}` });
  expect(answer.body).toHaveProperty('issues');
  return answer.body.issues.length;
};

test.each([
  ['timespent >= 2h', 1],
  ['timespent > 2h', 0],
  ['originalEstimate = 2d', 1],
  ['originalEstimate in (960, 1w)', 1],
  ['remainingEstimate < "1d 7h"', 1],
])('time tracking is asked for in durations, a bare number being minutes: %s', async (jql, count) => {
  expect(await found(jql)).toBe(count);
});

// fields of https://support.atlassian.com/jira-software-cloud/docs/jql-fields/ that issues of this site leave empty
test.each([
  ['sprint is EMPTY', 1],
  ['sprint in openSprints()', 0],
  ['watcher = currentUser()', 0],
  ['votes = 0', 1],
  ['attachments is EMPTY', 1],
  ['issueLinkType is EMPTY', 1],
  ['lastViewed is EMPTY', 1],
  ['level is EMPTY', 1],
  ['issue in linkedIssues(CRMWYVLZZJ-1)', 0],
  ['projectType = software', 1],
  ['hierarchyLevel = 0', 1],
])('a query may ask for what the site does not keep: %s', async (jql, count) => {
  expect(await found(jql)).toBe(count);
});

test('EMPTY in a list takes the issues that have no value, and leaves them out where it is negated', async () => {
  expect(await found('assignee in (currentUser(), EMPTY)')).toBe(1);
  expect(await found('assignee not in (currentUser(), EMPTY)')).toBe(0);
  expect(await found('assignee in (currentUser())')).toBe(0);
});

test('a duration that is none is refused in words', async () => {
  const answer = await call(jira, 'POST', '/rest/api/3/search/jql', { jql: 'timespent > soon' });
  expect(answer.status).toBe(400);
  expect(answer.body.errorMessages[0]).toContain("'soon'");
});

test('Data Center finds the issues of an epic by Epic Link, and warns instead of refusing when told not to validate', async () => {
  const dc = (url: string, body?: unknown) => call(jira, body ? 'POST' : 'GET', url, body, dataCenter);
  const fields = { project: { key: 'CRMWYVLZZJ' }, issuetype: { name: 'Epic' }, summary: 'Epic' };
  const epic = (await dc('/rest/api/2/issue', { fields: { ...fields, customfield_10011: 'Epic' } })).body.key;
  const story = await dc('/rest/api/2/issue', {
    fields: { ...fields, issuetype: { name: 'Story' }, customfield_10008: epic },
  });
  const search = await dc('/rest/api/2/search', { jql: `"Epic Link" = ${epic}` });
  expect(search.body.issues.map((issue: { key: string }) => issue.key)).toEqual([story.body.key]);
  expect((await dc('/rest/api/2/search?jql=project=NOPE')).status).toBe(400);
  expect((await dc('/rest/api/2/search?validateQuery=false&jql=project=NOPE')).body).toMatchObject({
    total: 0,
    issues: [],
    warningMessages: ["The value 'NOPE' does not exist for the field 'project'."],
  });
  expect((await dc('/rest/api/2/search?validateQuery=false&jql=project')).status).toBe(400);
});
