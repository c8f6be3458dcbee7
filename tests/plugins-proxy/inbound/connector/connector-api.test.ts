import { z } from 'zod';
import { dataCenter } from '../../stand-ins';
import { startWorld, stopWorlds, type World } from '../../world';

const password = 'gateway-password-of-the-tests';
const previous = 'gateway-password-before-that';
const apiKey = 'connector-api-key-of-the-tests';
const enabled = {
  CONNECTOR_ENABLED: 'true',
  CONNECTOR_USER: 'gateway',
  CONNECTOR_PASSWORD: password,
  CONNECTOR_PASSWORD_PREVIOUS: previous,
  CONNECTOR_API_KEY: apiKey,
};
const basic = (user: string, secret: string): string => `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
const body = z.record(z.string(), z.unknown());

function caller(world: World) {
  return async (method: string, path: string, content?: unknown, authorization = basic('gateway', password)) => {
    const response = await fetch(world.proxyUrl + path, {
      method,
      headers: { authorization, ...(content === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(content === undefined ? {} : { body: typeof content === 'string' ? content : JSON.stringify(content) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : body.parse(JSON.parse(text)),
    };
  };
}

afterEach(stopWorlds);

test('issues go through the connector, with the budget fields under the ids of the contract (R-901, R-913)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z', enabled);
  await world.provision();
  const call = caller(world);
  const [mapping] = await world.rows('crmjira_budget_mappings');
  const key = String(mapping?.['crmjira_jira_project_key']);

  const created = await call('POST', '/rest/api/2/issue', {
    fields: {
      project: { key },
      summary: 'Set up the tenant',
      description: 'Plain words',
      issuetype: { name: 'Epic' },
      customfield_10100: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
      customfield_10102: 'Approved',
      customfield_10103: 1500.5,
    },
  });
  // F-314
  expect([created.headers.get('cache-control'), created.headers.get('x-content-type-options')]).toEqual([
    'no-store',
    'nosniff',
  ]);
  expect(created).toMatchObject({ status: 201, body: { key: expect.stringContaining(`${key}-`) } });
  const issue = String(created.body['key']);
  expect(await call('PUT', `/rest/api/2/issue/${issue}`, { fields: { summary: 'Set up both tenants' } })).toMatchObject(
    {
      status: 204,
      body: {},
    },
  );
  expect(await call('GET', `/rest/api/2/issue/${issue}`)).toMatchObject({
    status: 200,
    body: {
      key: issue,
      fields: {
        summary: 'Set up both tenants',
        description: 'Plain words',
        project: { key },
        issuetype: { name: 'Epic' },
        customfield_10100: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
        customfield_10102: 'Approved',
        customfield_10103: 1500.5,
      },
    },
  });

  const logged = await call('POST', `/rest/api/2/issue/${issue}/worklog`, {
    timeSpentSeconds: 7_200,
    started: '2025-01-15T09:00:00-05:00',
    comment: 'Planning',
  });
  expect(logged).toMatchObject({ status: 201, body: { timeSpentSeconds: 7_200 } });
  const worklog = { id: logged.body['id'], timeSpentSeconds: 7_200, started: '2025-01-15T14:00:00.000+0000' };
  // R-912: an address that Jira does not have, and no name of a person (R-2304).
  const read = await call('GET', `/rest/api/2/worklog/${String(logged.body['id'])}`);
  expect(read).toMatchObject({ status: 200, body: worklog });
  expect(read.body).not.toHaveProperty('author');
  // F-210: what was read is taken back in the form it has.
  const again = { timeSpentSeconds: 60, started: read.body['started'] };
  expect(await call('POST', `/rest/api/2/issue/${issue}/worklog`, again)).toMatchObject({
    status: 201,
    body: { started: '2025-01-15T14:00:00.000+0000' },
  });
  expect(await call('GET', `/rest/tempo-timesheets/4/worklogs/project/${key}`)).toMatchObject({
    status: 200,
    body: {
      total: 2,
      totalSeconds: 7_260,
      truncated: false,
      worklogs: [{ ...worklog, issueKey: issue }, { timeSpentSeconds: 60 }],
    },
  });
  expect(await call('GET', '/rest/api/2/worklog/99999')).toMatchObject({
    status: 404,
    body: { code: 'jira-not-found' },
  });
});

test('projects and budgets go through the connector (R-901, R-902)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z', enabled, { crmjira_BudgetSource: 'budget-module' });
  const call = caller(world);
  const project = await call('POST', '/rest/api/2/project', { key: 'INFRA', name: 'Infrastructure' });
  expect(project).toMatchObject({ status: 201, body: { key: 'INFRA' } });
  expect(await call('GET', '/rest/api/2/project/INFRA')).toMatchObject({
    status: 200,
    body: { id: project.body['id'], key: 'INFRA', name: 'Infrastructure' },
  });
  expect(await call('GET', '/rest/tempo-budgets/1/budget?projectKey=INFRA')).toMatchObject({
    status: 200,
    body: { budgets: [] },
  });
  const budget = {
    name: 'Budget for Infrastructure',
    projectKey: 'INFRA',
    amount: 25_000,
    currency: 'CAD',
    period: { from: '2025-01-15', to: '2026-01-15' },
  };
  const created = await call('POST', '/rest/tempo-budgets/1/budget', budget);
  expect(created).toMatchObject({ status: 201, body: { id: 'BUD-12345', amount: 25_000, spentAmount: 0 } });
  expect(await call('PUT', '/rest/tempo-budgets/1/budget/BUD-12345', { amount: 30_000 })).toMatchObject({
    status: 200,
  });
  expect(await call('GET', '/rest/tempo-budgets/1/budget/BUD-12345')).toMatchObject({
    status: 200,
    body: { amount: 30_000, currency: 'CAD' },
  });
  expect(await call('GET', '/rest/tempo-budgets/1/budget/BUD-12345/spending')).toMatchObject({
    status: 200,
    body: { totalSpent: 0, currency: 'CAD' },
  });
  expect(await call('GET', '/rest/tempo-budgets/1/budget?projectKey=INFRA')).toMatchObject({
    body: { budgets: [{ id: 'BUD-12345' }] },
  });
  // What Jira refuses is told in its words (R-412).
  expect(await call('POST', '/rest/api/2/project', { key: 'INFRA', name: 'Another' })).toMatchObject({
    status: 400,
    body: { code: 'jira-refused', message: expect.stringContaining('projectKey') },
  });
});

test('with the computed source budgets are read from the mappings, and changed in Dynamics alone (R-513, R-902)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z', enabled);
  await world.provision();
  const call = caller(world);
  const budget = {
    id: 'COMPUTED-10150',
    projectKey: 'CRMWYVLZZJ',
    amount: 250_000,
    spentAmount: 0,
    remainingAmount: 250_000,
    currency: 'CAD',
    status: 'Draft',
    period: { from: '2025-01-15', to: '2026-01-15' },
  };
  const path = '/rest/tempo-budgets/1/budget';
  for (const key of ['CRMWYVLZZJ', 'CRM-202501-A1B2C3D4'])
    expect(await call('GET', `${path}?projectKey=${key}`)).toMatchObject({ status: 200, body: { budgets: [budget] } });
  expect((await call('GET', `${path}?projectKey=OTHER'`)).body).toEqual({ budgets: [] });
  expect((await call('GET', `${path}/COMPUTED-10150`)).body).toEqual(budget);
  expect(await call('GET', `${path}/COMPUTED-10150/spending`)).toMatchObject({
    status: 200,
    body: { budgetId: 'COMPUTED-10150', totalSpent: 0, currency: 'CAD', totalHours: 0 },
  });
  expect(await call('GET', `${path}/COMPUTED-1`)).toMatchObject({ status: 404, body: { code: 'budget-not-found' } });
  const refused = { status: 409, body: { code: 'budget-in-dynamics' } };
  expect(await call('PUT', `${path}/COMPUTED-10150`, { amount: 1 })).toMatchObject(refused);
  const { name, ...rest } = { name: 'Another', ...budget };
  expect(await call('POST', path, { name, ...rest })).toMatchObject(refused);
});

test('Data Center takes and gives the same (R-902)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z', { ...enabled, ...dataCenter });
  const call = caller(world);
  const created = await call('POST', '/rest/api/2/project', { key: 'INFRA', name: 'Infrastructure' });
  expect(created).toMatchObject({ status: 201, body: { key: 'INFRA' } });
  const fields = { project: { key: 'INFRA' }, summary: 'Servers', description: 'Plain', issuetype: { name: 'Task' } };
  const issue = await call('POST', '/rest/api/2/issue', { fields: { ...fields, customfield_10102: 'Draft' } });
  expect(issue.status).toBe(201);
  const path = `/rest/api/2/issue/${String(issue.body['key'])}`;
  expect(await call('GET', path)).toMatchObject({
    status: 200,
    body: { fields: { summary: 'Servers', description: 'Plain', customfield_10102: 'Draft' } },
  });
  const work = { timeSpentSeconds: 3_600, started: '2025-01-15T09:00:00Z' };
  expect(await call('POST', `${path}/worklog`, work)).toMatchObject({ status: 201 });
  expect(await call('GET', '/rest/tempo-timesheets/4/worklogs/project/INFRA')).toMatchObject({
    status: 200,
    body: { total: 1, totalSeconds: 3_600 },
  });
});

test('only callers with the credentials get in, old and new password alike while they are rotated (R-903)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z', enabled);
  const call = caller(world);
  const path = '/rest/tempo-budgets/1/budget?projectKey=NONE';
  const statusOf = async (authorization: string): Promise<number> =>
    (await call('GET', path, undefined, authorization)).status;
  for (const good of [basic('gateway', password), basic('gateway', previous), `Bearer ${apiKey}`, apiKey])
    expect(await statusOf(good)).toBe(200);
  const wrong = [
    '',
    'Basic',
    'Basic !!!',
    basic('other', password),
    basic('gateway', apiKey),
    `Bearer ${password}`,
    'Bearer',
  ];
  for (const bad of wrong) expect([bad, await statusOf(bad)]).toEqual([bad, 401]);
  const refused = await call('POST', '/connector/operations', {}, 'Bearer x');
  expect(refused).toMatchObject({ status: 401, body: { code: 'not-authenticated' } });
  for (const secret of [password, previous, apiKey, basic('gateway', password).slice(6)])
    expect(world.lines.filter((line) => line.includes(secret))).toEqual([]);
});

test('a request that is not as described is refused before Jira hears of it (R-1225)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z', enabled);
  const call = caller(world);
  expect(await call('POST', '/rest/api/2/issue', { fields: { summary: 'No project' } })).toMatchObject({
    status: 400,
    body: { code: 'invalid-request', message: expect.stringContaining('issue.fields.project') },
  });
  expect(await call('POST', '/rest/api/2/issue', '{"fields":')).toMatchObject({ status: 400 });
  expect(await call('POST', '/rest/api/2/issue', `"${'x'.repeat(2 * 1024 * 1024)}"`)).toMatchObject({ status: 413 });
  for (const path of ['..%2F..%2Fmyself', 'A-1%2F..%2F..%2Fmyself', 'A-1%3Fexpand=x', '%00', 'a'.repeat(101)])
    expect((await call('GET', `/rest/api/2/issue/${path}`)).status).toBeGreaterThanOrEqual(400);
  expect(await call('GET', '/rest/api/2/myself')).toMatchObject({ status: 404 });
  expect(await call('DELETE', '/rest/api/2/issue/A-1')).toMatchObject({ status: 404 });
});

test('the description and its page are served, and nothing at all while the connector is off (R-901)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z', enabled);
  const description = await fetch(`${world.proxyUrl}/openapi.json`);
  expect(description.status).toBe(200);
  expect(await description.json()).toMatchObject({
    openapi: '3.1.0',
    servers: [{ url: `${world.config.publicUrl}/rest` }],
  });
  const page = await fetch(`${world.proxyUrl}/api`);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const html = await page.text();
  for (const word of ['CreateIssue', 'StartOperation', 'BudgetSpending']) expect(html).toContain(word);
  expect(html).not.toMatch(/<script|src=|href="http/);
  await stopWorlds();

  const off = await startWorld('2025-01-15T15:00:00Z');
  for (const path of ['/openapi.json', '/api', '/connector/operations/a', '/rest/api/2/issue/A-1'])
    expect((await fetch(off.proxyUrl + path)).status).toBe(404);
});
