import { SERVICE_ACCOUNT, type Jira } from '../../../sandbox/src/jira';
import { call, logWork, makeIssue, makeProject } from './call-jira';
import { DEVELOPER, NOW, buildJira, dataCenter } from './start-jira';

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

const locked = 'You can not edit the issue as it is in a non-editable workflow state.';
/** A form of an issue's page, sent as a browser does. */
const byHand = (action: string, fields: Readonly<Record<string, string>> = {}, person?: string) =>
  jira.app.inject({
    method: 'POST',
    url: `/browse/${key}/${action}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(person === undefined ? {} : { cookie: `jira-person=${encodeURIComponent(person)}` }),
    },
    payload: new URLSearchParams(fields).toString(),
  });

test('R-1836 on a done issue nobody logs, changes or deletes work where the workflow says so, until it is opened again', async () => {
  const { id } = (await logWork(jira, key, HOUR)).body;
  expect((await byHand('lock')).statusCode).toBe(303);
  expect((await logWork(jira, key, HOUR)).status).toBe(201);
  await byHand('transition', { transition: '41' });
  for (const [method, at] of [
    ['POST', ''],
    ['PUT', `/${id}`],
    ['DELETE', `/${id}`],
  ] as const) {
    const body = method === 'DELETE' ? undefined : { timeSpentSeconds: HOUR };
    const answer = await call(jira, method, `/rest/api/3/issue/${key}/worklog${at}`, body);
    expect([answer.status, answer.body]).toEqual([400, { errorMessages: [locked], errors: {} }]);
  }
  // Who may log work is another question.
  const permissions = await call(jira, 'GET', `/rest/api/3/mypermissions?issueKey=${key}&permissions=WORK_ON_ISSUES`);
  expect(permissions.body.permissions.WORK_ON_ISSUES.havePermission).toBe(true);
  await byHand('transition', { transition: '11' });
  expect((await logWork(jira, key, HOUR)).status).toBe(201);
  await byHand('transition', { transition: '41' });
  await byHand('lock');
  expect((await logWork(jira, key, HOUR)).status).toBe(201);
});

// "No webhooks or events will be sent", "No issue history will be recorded": bulkMoveWorklogs in Atlassian's Cloud v3 document
test('R-1829 worklogs that are moved in bulk go without a word: no event, no history, not in the feed of changes', async () => {
  const other = await makeIssue(jira, {});
  const ids = [(await logWork(jira, key, HOUR)).body.id, (await logWork(jira, key, 2 * HOUR)).body.id];
  const stays = (await logWork(jira, key, 4 * HOUR)).body.id;
  const told: unknown[] = [];
  jira.site.onEvent((event) => told.push(event));
  const changes = jira.site.changes.all().length;
  const move = (body: unknown, query = '') => call(jira, 'POST', `/rest/api/3/issue/${key}/worklog/move${query}`, body);
  expect((await move({ ids: ids.map(Number), issueIdOrKey: other.key })).status).toBe(204);
  expect(jira.site.worklogs.where('issue', other.id).map(({ id }) => id)).toEqual(ids);
  expect(
    jira.site.worklogs.where('issue', (await call(jira, 'GET', `/rest/api/3/issue/${key}`)).body.id),
  ).toMatchObject([{ id: stays }]);
  expect(await remaining()).toBe(12 * HOUR);
  expect([told, jira.site.changes.all().length]).toEqual([[], changes]);
  expect(jira.site.worklogs.get(ids[0])).toMatchObject({ updatedOn: NOW.toISOString() });
  expect((await move({ ids, issueIdOrKey: other.key })).status).toBe(400);
  expect((await move({ ids: [stays], issueIdOrKey: 'NOPE-1' })).status).toBe(404);
  expect((await call(jira, 'POST', `/rest/api/2/issue/${key}/worklog/move`, {}, dataCenter)).status).toBe(405);
});

test('a person logs, changes, moves and deletes work by hand, their own only', async () => {
  const other = await makeIssue(jira, {});
  const foreign = (await logWork(jira, key, HOUR)).body.id;
  const me = DEVELOPER.accountId;
  expect((await byHand('log', { timeSpent: '1h 30m', comment: 'By hand' }, me)).statusCode).toBe(303);
  const mine = jira.site.worklogs.all().find(({ authorId }) => authorId === me)!;
  expect(mine).toMatchObject({ seconds: 5_400 });
  expect((await byHand('change-work', { worklog: mine.id, timeSpent: '2h' }, me)).statusCode).toBe(303);
  expect(jira.site.worklogs.get(mine.id)?.seconds).toBe(2 * HOUR);
  for (const [action, fields] of [
    ['delete-work', { worklog: foreign }],
    ['move-work', { worklog: '', issue: other.key }],
    ['move-work', { worklog: mine.id, issue: 'NOPE-1' }],
    ['change-work', { worklog: '99999', timeSpent: '1h' }],
    ['log', { timeSpent: 'long' }],
  ] as const)
    expect((await byHand(action, fields, me)).statusCode).toBe(400);
  expect((await byHand('move-work', { worklog: mine.id, issue: other.key }, me)).statusCode).toBe(303);
  expect(jira.site.worklogs.get(mine.id)?.issueId).toBe(other.id);
  expect((await byHand('delete-work', { worklog: foreign }, SERVICE_ACCOUNT.accountId)).statusCode).toBe(303);
  expect(jira.site.worklogs.all().map(({ id }) => id)).toEqual([mine.id]);
  expect((await jira.app.inject({ url: `/browse/${key}` })).body).toContain('Lock done issues');
});
