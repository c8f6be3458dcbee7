import type { Jira } from '../../../sandbox/src/jira';
import { call, logWork, makeIssue, makeProject, serviceAccountId } from './call-jira';
import { buildJira, cloud } from './start-jira';

let jira: Jira;
const bearer = { authorization: 'Bearer tempo-token-of-the-tests' };
const tempo = (
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
  headers: Record<string, string> = bearer,
) => call(jira, method, path, body, headers);

beforeEach(async () => {
  jira = await buildJira({ defaultHourlyRate: 125, tempoToken: 'tempo-token-of-the-tests' });
});
afterEach(() => jira.close());

const scoped = (reference: string) => ({
  name: 'Budget',
  currencyCode: 'CAD',
  scope: { type: 'JIRA_PROJECTS', reference },
});

test('Tempo numbers projects by itself and knows Jira’s only by their scope', async () => {
  const project = await makeProject(jira);
  const made = await tempo('POST', '/4/projects', scoped(project));
  expect(made).toMatchObject({
    status: 200,
    body: { id: '700001', scope: { source: { type: 'JIRA_PROJECTS', reference: project } } },
  });
  expect((await tempo('GET', `/4/projects/${project}`)).status).toBe(404);
  expect((await tempo('POST', '/4/projects', scoped('99'))).status).toBe(400);
  expect((await tempo('POST', '/4/projects', { currencyCode: 'CAD' })).body.errors[0].message).toMatch(/^name/);
});

test('a budget is none until it is set, and then in the project’s currency', async () => {
  const { id } = (await tempo('POST', '/4/projects', { name: 'P' })).body;
  expect(await tempo('GET', `/4/projects/${id}/budget`)).toMatchObject({ status: 204, text: '' });
  await tempo('PUT', `/4/projects/${id}/currency/USD`);
  expect((await tempo('PUT', `/4/projects/${id}/budget/1234.5`)).body).toMatchObject({
    amount: { value: 1234.5, currencyCode: 'USD' },
  });
  expect((await tempo('PUT', `/4/projects/${id}/budget/much`)).status).toBe(400);
  expect((await tempo('PUT', `/4/projects/${id}/currency/dollar`)).status).toBe(400);
  const frame = { startDate: '2025-01-15', endDate: '2026-01-15' };
  expect((await tempo('GET', `/4/projects/${id}/timeframe`)).status).toBe(204);
  expect((await tempo('PUT', `/4/projects/${id}/timeframe`, frame)).body).toEqual(frame);
  expect((await tempo('GET', `/4/projects/${id}/timeframe`)).body).toEqual(frame);
});

test('labor costs what the worklog says, page by page, up to today', async () => {
  const project = await makeProject(jira);
  const issue = await makeIssue(jira, {});
  const { id } = (await tempo('POST', '/4/projects', scoped(project))).body;
  for (let n = 0; n < 3; n += 1) await logWork(jira, issue.key, 28_800);
  await logWork(jira, issue.key, 3_600, { started: '2025-02-20T09:00:00.000+0000' });
  const first = (await tempo('GET', `/4/projects/${id}/actuals/labor?limit=2`)).body;
  expect(first.results).toHaveLength(2);
  expect(first.results[0]).toMatchObject({
    date: '2025-01-20',
    timeSpentSeconds: 28_800,
    cost: { value: 1_000, currencyCode: 'CAD' },
    task: { linked: { originId: issue.id } },
  });
  expect(first.metadata.next).toMatch(/offset=2&limit=2$/);
  const second = (await tempo('GET', `/4/projects/${id}/actuals/labor?limit=2&offset=2`)).body;
  expect(second.results).toHaveLength(1);
  expect(second.metadata).not.toHaveProperty('next');
  expect((await tempo('GET', `/4/projects/${id}/actuals/labor?to=2025-12-31`)).body.results).toHaveLength(4);
  expect((await tempo('GET', `/4/projects/${id}/actuals/labor?to=tomorrow`)).status).toBe(400);
});

test('a worklog of Tempo is a worklog of Jira', async () => {
  await makeProject(jira);
  const issue = await makeIssue(jira, {});
  const author = await serviceAccountId(jira);
  const body = { issueId: Number(issue.id), timeSpentSeconds: 3_600, startDate: '2025-01-20', authorAccountId: author };
  const made = await tempo('POST', '/4/worklogs', body);
  expect(made.body).toMatchObject({ startDate: '2025-01-20', author: { accountId: author } });
  expect((await call(jira, 'GET', `/rest/api/3/issue/${issue.key}/worklog`)).body.total).toBe(1);
  expect((await tempo('GET', '/4/worklogs?projectId=10150')).body.results).toHaveLength(1);
  expect((await tempo('GET', '/4/worklogs?projectId=1')).body.results).toEqual([]);
  expect((await tempo('POST', '/4/worklogs', { ...body, authorAccountId: 'nobody' })).status).toBe(400);
});

test('its token is its own, and without one there is no Tempo', async () => {
  for (const headers of [{}, cloud, { authorization: 'Bearer pat-for-tests' }])
    expect(await tempo('GET', '/4/projects', undefined, headers)).toMatchObject({
      status: 401,
      body: { errors: [{ message: 'Unauthorized' }] },
    });
  await jira.close();
  jira = await buildJira();
  expect((await tempo('GET', '/4/projects')).status).toBe(404);
});

test('R-1501 Tempo is in trouble of its own: Jira goes on, and Jira’s trouble is not Tempo’s', async () => {
  const away = { rules: [{ status: 503, retryAfter: 2 }] };
  expect((await call(jira, 'PUT', '/sandbox/tempo/faults', away)).status).toBe(200);
  const refused = await tempo('GET', '/4/projects');
  expect([refused.status, refused.headers['retry-after']]).toEqual([503, '2']);
  expect(refused.body).toEqual({ errors: [{ message: 'The sandbox was told to answer 503.' }] });
  expect((await call(jira, 'GET', '/rest/api/3/myself')).status).toBe(200);
  expect((await call(jira, 'DELETE', '/sandbox/tempo/faults')).status).toBe(204);

  await call(jira, 'PUT', '/sandbox/faults', { rules: [{ status: 503 }] });
  expect((await tempo('GET', '/4/projects')).status).toBe(200);
  expect((await call(jira, 'GET', '/rest/api/3/myself')).status).toBe(503);
  const wrong = await call(jira, 'PUT', '/sandbox/tempo/faults', { rules: [{ status: 200 }] });
  expect([wrong.status, wrong.body.errors]).toEqual([400, [{ message: expect.stringContaining('rules.0.status') }]]);
});
