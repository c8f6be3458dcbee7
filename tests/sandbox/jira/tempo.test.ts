import type { Jira } from '../../../sandbox/src/jira';
import { call, logWork, makeIssue, makeProject } from './call-jira';
import { buildJira, dataCenter } from './start-jira';

let jira: Jira;
let key: string;
beforeEach(async () => {
  jira = await buildJira({ defaultHourlyRate: 150 });
  await makeProject(jira);
  key = (await makeIssue(jira, {})).key;
});
afterEach(() => jira.close());

const budgets = '/rest/tempo-budgets/1/budget';
const budget = {
  name: 'Budget for Digital Transformation Project - Acme Corp',
  projectKey: 'CRMWYVLZZJ',
  amount: 250000,
  currency: 'CAD',
  period: { from: '2025-01-15', to: '2026-01-15' },
  budgetType: 'TOTAL_BUDGET',
};

test('the budget of E1 is made with nothing spent', async () => {
  const made = await call(jira, 'POST', budgets, budget);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    id: 'BUD-12345',
    projectKey: 'CRMWYVLZZJ',
    amount: 250000,
    spentAmount: 0,
    remainingAmount: 250000,
  });
  expect((await call(jira, 'GET', `${budgets}?projectKey=CRMWYVLZZJ`)).body).toHaveLength(1);
  expect((await call(jira, 'POST', budgets, budget)).status).toBe(409);
  expect((await call(jira, 'POST', budgets, { ...budget, projectKey: 'NOPE' })).body.errors).toHaveProperty(
    'projectKey',
  );
});

test('spent is worklogs times their own rate, else the default (E2: 1,000.00 or 1,200.00)', async () => {
  const { id } = (await call(jira, 'POST', budgets, budget)).body;
  await logWork(jira, key, 28800, { properties: [{ key: 'crmjira.billing', value: { rate: 125, currency: 'CAD' } }] });
  expect((await call(jira, 'GET', `${budgets}/${id}/spending`)).body).toMatchObject({
    totalSpent: 1000,
    totalHours: 8,
  });
  await logWork(jira, key, 28800);
  expect((await call(jira, 'GET', `${budgets}/${id}`)).body).toMatchObject({
    spentAmount: 2200,
    remainingAmount: 247800,
  });
  expect((await call(jira, 'PUT', `${budgets}/${id}`, { amount: 2000, status: 'Active' })).body).toMatchObject({
    status: 'Overbudget',
    remainingAmount: -200,
  });
});

test('Tempo Timesheets answers the search of Data Center', async () => {
  await logWork(jira, key, 14400, { started: '2025-01-20T09:00:00.000+0000', comment: 'text' });
  await logWork(jira, key, 3600, { started: '2025-02-20T09:00:00.000+0000' });
  const search = (body: Record<string, unknown>) =>
    call(
      jira,
      'POST',
      '/rest/tempo-timesheets/4/worklogs/search',
      { from: '2025-01-01', to: '2025-01-31', ...body },
      dataCenter,
    );
  const found = (await search({ projectId: ['10150'] })).body;
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    timeSpentSeconds: 14400,
    timeSpent: '4h',
    comment: 'text',
    started: '2025-01-20 09:00:00.000',
    issue: { key, projectKey: 'CRMWYVLZZJ' },
  });
  expect((await search({ worker: ['nobody'] })).body).toEqual([]);
  expect((await search({ from: 'yesterday' })).status).toBe(400);
  expect(
    (await call(jira, 'GET', '/rest/tempo-timesheets/4/worklogs/project/CRMWYVLZZJ', undefined, dataCenter)).body,
  ).toHaveLength(2);
});
