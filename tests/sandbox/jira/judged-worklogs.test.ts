import type { Jira } from '../../../sandbox/src/jira';
import { call, logWork, makeIssue, makeProject } from './call-jira';
import { NOW, buildJira } from './start-jira';

let jira: Jira;
let key: string;
beforeEach(async () => {
  jira = await buildJira({ clock: () => NOW });
  await makeProject(jira);
  key = (await makeIssue(jira, {})).key;
});
afterEach(() => jira.close());

const list = async (query = '') => (await call(jira, 'GET', `/rest/api/3/issue/${key}/worklog${query}`)).body;

// "ordered by created time": getIssueWorklog in Atlassian's Cloud v3 document
test('worklogs are listed in the order in which they were entered, whenever the work was done', async () => {
  const ids: string[] = [];
  for (const day of ['20', '03', '17'])
    ids.push((await logWork(jira, key, 60, { started: `2025-01-${day}T09:00:00.000+0000` })).body.id);
  await call(jira, 'PUT', `/rest/api/3/issue/${key}/worklog/${ids[0]}`, { timeSpentSeconds: 120 });
  expect((await list()).worklogs.map(({ id }: { id: string }) => id)).toEqual(ids);
  expect((await list('?startAt=1&maxResults=1')).worklogs.map(({ id }: { id: string }) => id)).toEqual([ids[1]]);
});

test('startedAfter takes the worklog that started at that very moment', async () => {
  await logWork(jira, key, 60, { started: '2025-01-20T09:00:00.000+0000' });
  const from = Date.parse('2025-01-20T09:00:00Z');
  expect((await list(`?startedAfter=${from}`)).total).toBe(1);
  expect((await list(`?startedAfter=${from + 1}`)).total).toBe(0);
  expect((await list(`?startedBefore=${from}`)).total).toBe(0);
});

// clients hold ids as the texts that they were read as (jira-client's getWorklogs)
test('numbers written as text are read as numbers', async () => {
  const { id } = (await logWork(jira, key, 60)).body;
  const found = await call(jira, 'POST', '/rest/api/2/worklog/list', { ids: [id] });
  expect(found.body).toMatchObject([{ id }]);
  const made = await call(jira, 'POST', `/rest/api/3/issue/${key}/worklog`, { timeSpentSeconds: '5400' });
  expect(made.body).toMatchObject({ timeSpent: '1h 30m', timeSpentSeconds: 5400 });
});

test('the worklogs inside an issue are its first twenty, also after one of them was changed (R-606)', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 22; index += 1) ids.push((await logWork(jira, key, 60)).body.id);
  await call(jira, 'PUT', `/rest/api/3/issue/${key}/worklog/${ids[0]}`, { timeSpentSeconds: 120 });
  const { worklog } = (await call(jira, 'GET', `/rest/api/3/issue/${key}?fields=worklog`)).body.fields;
  expect(worklog).toMatchObject({ maxResults: 20, total: 22 });
  expect(worklog.worklogs.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 20));
});

test.each([
  ['2026-01-29T09:00:00.000-0500', '2026-01-29T14:00:00.000+0000'],
  ['2026-01-29T09:00:00.123+05:30', '2026-01-29T03:30:00.123+0000'],
])('work that started at %s is shown in the time of the site', async (started, shown) => {
  expect((await logWork(jira, key, 60, { started })).body.started).toBe(shown);
});

// in the words of https://github.com/atlassian/atlascode/issues/898; Z for +0000: https://github.com/wunderfrucht/gouqi/issues/123
test.each(['2026-01-29T09:00:00.000Z', '2026-01-29T09:00:00+0000', '2026-01-29', 'yesterday'])(
  'a start written as %s is refused',
  async (started) => {
    const answer = await logWork(jira, key, 60, { started });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.started).toBe(
      `Invalid date format. Please enter the date in the format "yyyy-MM-dd'T'HH:mm:ss.SSSZ".`,
    );
  },
);
