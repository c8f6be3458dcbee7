import type { Jira } from '../../../sandbox/src/jira';
import { call, logWork, makeIssue, makeProject } from './call-jira';
import { NOW, buildJira, dataCenter } from './start-jira';

let jira: Jira;
let now = NOW;
let key: string;
beforeEach(async () => {
  now = NOW;
  jira = await buildJira({ clock: () => now });
  await makeProject(jira);
  key = (await makeIssue(jira, { timetracking: { originalEstimate: '2d' } })).key;
});
afterEach(() => jira.close());

const HOUR = 3600;
const remaining = async () =>
  (await call(jira, 'GET', `/rest/api/3/issue/${key}?fields=timeestimate`)).body.fields.timeestimate;

test('a worklog is what E2 logs: eight hours, with its rate as a property', async () => {
  const made = await logWork(jira, key, 8 * HOUR, {
    comment: 'Implemented user authentication module',
    properties: [{ key: 'crmjira.billing', value: { rate: 125, currency: 'CAD' } }],
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    timeSpent: '1d',
    timeSpentSeconds: 28800,
    started: '2025-01-20T09:00:00.000+0000',
    comment: 'Implemented user authentication module',
  });
  const page = (await call(jira, 'GET', `/rest/api/3/issue/${key}/worklog?expand=properties`)).body;
  expect(page.worklogs[0].properties).toEqual([{ key: 'crmjira.billing', value: { rate: 125, currency: 'CAD' } }]);
  expect((await call(jira, 'GET', `/rest/api/3/issue/${key}/worklog`)).body.worklogs[0]).not.toHaveProperty(
    'properties',
  );
});

test.each([
  ['auto', '', 8 * HOUR],
  ['leave', '?adjustEstimate=leave', 16 * HOUR],
  ['new', '?adjustEstimate=new&newEstimate=3h', 3 * HOUR],
  ['manual', '?adjustEstimate=manual&reduceBy=1h', 15 * HOUR],
])('adjustEstimate %s leaves the right estimate', async (_rule, query, expected) => {
  await logWork(jira, key, 8 * HOUR, {}, query);
  expect(await remaining()).toBe(expected);
});

test('changing and deleting give the estimate back; more than planned stops at zero', async () => {
  const { id } = (await logWork(jira, key, 8 * HOUR)).body;
  await call(jira, 'PUT', `/rest/api/3/issue/${key}/worklog/${id}`, { timeSpentSeconds: 4 * HOUR });
  expect(await remaining()).toBe(12 * HOUR);
  expect((await call(jira, 'DELETE', `/rest/api/3/issue/${key}/worklog/${id}`)).status).toBe(204);
  expect(await remaining()).toBe(16 * HOUR);
  await logWork(jira, key, 20 * HOUR);
  expect(await remaining()).toBe(0);
});

test.each([
  ['no time', { timeSpentSeconds: undefined }, 'timeLogged'],
  ['no time at all', { timeSpentSeconds: 0 }, 'timeLogged'],
  ['a duration that is none', { timeSpentSeconds: undefined, timeSpent: 'long' }, 'timeLogged'],
  ['a start without fraction', { started: '2025-01-20T09:00:00+0000' }, 'started'],
])('%s is refused', async (_name, change, field) => {
  const answer = await logWork(jira, key, HOUR, change);
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toHaveProperty(field);
});

test('an issue embeds at most twenty worklogs, the list has all, paged on Cloud only', async () => {
  for (let day = 1; day <= 23; day += 1)
    await logWork(jira, key, HOUR, { started: `2025-01-${String(day).padStart(2, '0')}T09:00:00.000+0000` });
  expect((await call(jira, 'GET', `/rest/api/3/issue/${key}`)).body.fields.worklog).toMatchObject({
    total: 23,
    maxResults: 20,
  });
  expect((await call(jira, 'GET', `/rest/api/3/issue/${key}`)).body.fields.worklog.worklogs).toHaveLength(20);
  const page = (await call(jira, 'GET', `/rest/api/3/issue/${key}/worklog?startAt=20&maxResults=2`)).body;
  expect([page.total, page.startAt, page.worklogs.length]).toEqual([23, 20, 2]);
  expect(
    (await call(jira, 'GET', `/rest/api/2/issue/${key}/worklog`, undefined, dataCenter)).body.worklogs,
  ).toHaveLength(23);
  const after = Date.parse('2025-01-20T10:00:00Z');
  expect((await call(jira, 'GET', `/rest/api/3/issue/${key}/worklog?startedAfter=${after}`)).body.total).toBe(3);
});

test('the feeds name changed and deleted worklogs, but not of the last minute', async () => {
  const first = (await logWork(jira, key, HOUR)).body.id;
  const second = (await logWork(jira, key, HOUR)).body.id;
  const updated = async () =>
    (await call(jira, 'GET', '/rest/api/3/worklog/updated?since=0')).body.values.map((row: { worklogId: number }) =>
      String(row.worklogId),
    );
  expect(await updated()).toEqual([]);
  now = new Date(NOW.getTime() + 120_000);
  expect(await updated()).toEqual([first, second]);
  await call(jira, 'DELETE', `/rest/api/3/issue/${key}/worklog/${first}`);
  now = new Date(NOW.getTime() + 240_000);
  expect(await updated()).toEqual([second]);
  const deleted = (await call(jira, 'GET', '/rest/api/3/worklog/deleted?since=0')).body;
  expect(deleted).toMatchObject({ lastPage: true, values: [{ worklogId: Number(first) }] });
  expect(
    (await call(jira, 'POST', '/rest/api/3/worklog/list', { ids: [Number(first), Number(second)] })).body,
  ).toHaveLength(1);
});
