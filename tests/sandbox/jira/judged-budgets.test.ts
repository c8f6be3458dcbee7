import type { Jira } from '../../../sandbox/src/jira';
import { connectBudgetModule } from '../../../sandbox/src/jira/tempo/connect-budget-module';
import { call, logWork, makeIssue, makeProject } from './call-jira';
import { buildJira, dataCenter, startListener } from './start-jira';

let jira: Jira;
let listener: Awaited<ReturnType<typeof startListener>>;
let key: string;
beforeEach(async () => {
  listener = await startListener();
  jira = await buildJira({ defaultHourlyRate: 125 });
  await makeProject(jira);
  key = (await makeIssue(jira, {})).key;
  await call(jira, 'POST', '/rest/tempo-budgets/1/budget', {
    name: 'Budget for Digital Transformation Project - Acme Corp',
    projectKey: 'CRMWYVLZZJ',
    amount: 250_000,
    currency: 'CAD',
  });
});
afterEach(async () => {
  await jira.close();
  await listener.close();
});

test('logged work is told of as a change of the budget, with the figures after it (R-508, E2)', async () => {
  await call(jira, 'POST', '/rest/webhooks/1.0/webhook', {
    name: 'PowerPlatform_Integration',
    url: listener.url,
    events: ['budget:budget_updated'],
  });
  await logWork(jira, key, 8 * 3600);
  await listener.count(1);
  expect(JSON.parse(listener.received[0]?.body ?? '')).toMatchObject({
    webhookEvent: 'budget:budget_updated',
    budget: {
      id: 'BUD-12345',
      projectKey: 'CRMWYVLZZJ',
      amount: 250_000,
      spentAmount: 1000,
      remainingAmount: 249_000,
    },
  });
});

test('the budget module tells of a changed amount by itself, signed, and stands in no list of Jira (R-508)', async () => {
  connectBudgetModule(jira.site, { url: listener.url, secret: 'secret-of-the-module' });
  await call(jira, 'PUT', '/rest/tempo-budgets/1/budget/BUD-12345', { amount: 300_000 });
  await listener.count(1);
  const [told] = listener.received;
  expect(JSON.parse(told?.body ?? '')).toMatchObject({
    webhookEvent: 'budget:budget_updated',
    budget: { id: 'BUD-12345', amount: 300_000 },
  });
  expect(told?.headers['x-hub-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
  expect((await call(jira, 'GET', '/rest/webhooks/1.0/webhook')).body).toEqual([]);
});

test('a project without a budget tells of no budget', async () => {
  await makeProject(jira, 'OTHER', 'Other');
  const other = (await makeIssue(jira, {}, 'OTHER')).key;
  await call(jira, 'POST', '/rest/webhooks/1.0/webhook', {
    name: 'n',
    url: listener.url,
    events: ['budget:budget_updated', 'worklog_created'],
  });
  await logWork(jira, other, 3600);
  await listener.count(1);
  await jira.deliveriesSettled();
  expect(listener.received.map(({ body }) => JSON.parse(body).webhookEvent)).toEqual(['worklog_created']);
});

test('a budget is found under the key that its project has now', async () => {
  await logWork(jira, key, 3600);
  await call(jira, 'PUT', '/rest/api/3/project/CRMWYVLZZJ', { key: 'CRMPSZRVOR' });
  const found = await call(jira, 'GET', '/rest/tempo-budgets/1/budget?projectKey=CRMPSZRVOR', undefined, dataCenter);
  expect(found.body).toMatchObject([{ id: 'BUD-12345', spentAmount: 125 }]);
});

test('a budget goes with its project: under the same key a new project starts without one', async () => {
  await call(jira, 'DELETE', '/rest/api/3/project/CRMWYVLZZJ?enableUndo=false');
  await makeProject(jira);
  const url = '/rest/tempo-budgets/1/budget';
  expect((await call(jira, 'GET', `${url}?projectKey=CRMWYVLZZJ`)).body).toEqual([]);
  const made = await call(jira, 'POST', url, { name: 'Budget', projectKey: 'CRMWYVLZZJ', amount: 1 });
  expect(made.status).toBe(201);
});
