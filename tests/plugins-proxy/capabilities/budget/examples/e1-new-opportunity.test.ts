import { process } from '../../../../../domain/src/schema/generated/process';
import { SERVICE_ACCOUNT } from '../../../../../sandbox/src/jira';
import { eventually } from '../../../eventually';
import { acme } from '../../../stand-ins';
import { e1, opportunityId, stopWorlds } from '../../../world';
import { projectKey, reference, rootIssue, secondsAfter, startExample } from './world-of-examples';

afterEach(stopWorlds);

const start = '2025-01-15T14:00:00Z';
const untouched = [10_000, 9_999.99, null].map((budgetamount, n) => ({
  id: `0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1b0${n}`,
  budgetamount,
}));
const justAbove = 'a1b2c3d4-54f1-4c0e-9a67-2f6f7b5d1b09';

/** E1 from top to end, on the budget module; each number is the example's. */
test('R-401 to R-407, R-409 to R-412 and R-416, E1: a new opportunity becomes project, budget, root issue and mapping, once', async () => {
  const { world, calls } = await startExample(start);
  const others = { name: 'Too small - Acme Corp', 'customerid_account@odata.bind': `/accounts(${acme})` };
  for (const { id, budgetamount } of untouched) await world.write('opportunities', id, { ...others, budgetamount });
  await world.settled();
  const rowsOf = () => Promise.all(untouched.map(({ id }) => world.one('opportunities', id)));
  const small = await rowsOf();

  // Several triggers at once, as a form saves: the trigger fires on every update.
  const startedAt = Date.now();
  await world.write('opportunities', opportunityId, { ...e1, statecode: 0, statuscode: 1 });
  await Promise.all([1, 2].map(() => world.write('opportunities', opportunityId, { description: e1.description })));
  await eventually(async () => expect(await world.rows('crmjira_budget_mappings')).toHaveLength(1));
  expect(Date.now() - startedAt).toBeLessThan(30_000);
  await eventually(async () => {
    expect(await world.rows('crmjira_budget_mappings')).toMatchObject([{ crmjira_provisioning_state: 4 }]);
  });
  expect(Date.now() - startedAt).toBeLessThan(120_000);
  await world.settled();

  // 3: the preflight, the project, its owner.
  const toJira = calls.filter(({ path }) => path.startsWith('/rest/api/3/project'));
  const order = [
    'GET /rest/api/3/projectvalidate/key',
    'POST /rest/api/3/project',
    'PUT /rest/api/3/project/10150/properties',
  ];
  const at = order.map((step) => toJira.findIndex(({ method, path }) => `${method} ${path}`.startsWith(step)));
  expect(at[0]).toBeGreaterThanOrEqual(0);
  expect(at).toEqual([...at].sort((a, b) => a - b));
  expect(toJira[at[0] ?? -1]?.path).toContain(`key=${projectKey}`);
  expect(toJira.filter(({ method, path }) => method === 'POST' && path === '/rest/api/3/project')).toMatchObject([
    {
      body: {
        key: projectKey,
        name: e1.name,
        projectTypeKey: 'software',
        projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
        description: e1.description,
        leadAccountId: SERVICE_ACCOUNT.accountId,
      },
    },
  ]);
  expect(toJira[at[1] ?? -1]?.body).not.toHaveProperty('categoryId');
  expect(await world.jira('GET', '/project/10150/properties/crmjira.opportunity')).toMatchObject({
    value: { opportunityId, reference, organization: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });

  // 4: the budget.
  expect(calls.filter(({ method, path }) => method === 'POST' && path === '/rest/tempo-budgets/1/budget')).toEqual([
    {
      method: 'POST',
      path: '/rest/tempo-budgets/1/budget',
      body: {
        name: `Budget for ${e1.name}`,
        projectKey,
        amount: 250_000,
        currency: 'CAD',
        period: { from: '2025-01-15', to: '2026-01-15' },
        budgetType: 'TOTAL_BUDGET',
      },
    },
  ]);

  // 5 to 8: rows.
  expect(await world.one('opportunities', opportunityId)).toMatchObject({
    crmjira_jira_project_key: projectKey,
    crmjira_integration_reference: reference,
    crmjira_budget_status: 1,
    crmjira_project_budget: 250_000,
    estimatedvalue: 275_000,
    statecode: 0,
  });
  const [mapping] = await world.rows('crmjira_budget_mappings');
  expect(mapping).toMatchObject({
    _crmjira_opportunity_id_value: opportunityId,
    crmjira_jira_project_key: projectKey,
    crmjira_jira_project_id: '10150',
    crmjira_jira_budget_id: 'BUD-12345',
    crmjira_integration_reference: reference,
    crmjira_approved_budget: 250_000,
    crmjira_spent_amount: 0,
    crmjira_remaining_budget: 250_000,
    crmjira_jira_amount: 250_000,
    crmjira_mapping_status: 1,
    crmjira_budget_status: 1,
    crmjira_period_from: '2025-01-15',
    crmjira_period_to: '2026-01-15',
    crmjira_last_error: null,
  });
  const synced = secondsAfter(mapping?.['crmjira_last_sync_date'], start);
  expect(synced).toBeGreaterThanOrEqual(0);
  expect(synced).toBeLessThanOrEqual(120);
  expect(world.standIns.jira.site.issues.all()).toMatchObject([{ projectId: '10150', summary: e1.name }]);
  expect(await rootIssue(world)).toEqual([opportunityId, acme, 'Draft', 250_000]);
  expect(await world.rows('crmjira_integration_logs')).toMatchObject([
    {
      crmjira_operation_type: 1,
      crmjira_source_system: 1,
      crmjira_source_record_id: opportunityId,
      crmjira_target_record_id: projectKey,
      crmjira_integration_status: 2,
      crmjira_error_message: null,
    },
  ]);

  // 9: the process went through the creation of the project.
  const { OpportunityQualification, JiraProjectCreation, BudgetApproval } = process.stages;
  expect(await world.stage()).toBe('BudgetApproval');
  expect((await world.rows(process.entitySet))[0]?.['traversedpath']).toBe(
    [OpportunityQualification, JiraProjectCreation, BudgetApproval].join(','),
  );

  // 1: the boundary. Rows at or under it are as they were; one cent more provisions. Its id begins alike: the reference gets the time.
  expect(await rowsOf()).toEqual(small);
  world.setClock('2025-01-15T15:30:00Z');
  await world.write('opportunities', justAbove, { ...others, budgetamount: 10_000.01 });
  await eventually(async () => {
    const linked = await world.rows('crmjira_budget_mappings', `_crmjira_opportunity_id_value eq ${justAbove}`);
    expect(linked).toMatchObject([{ crmjira_provisioning_state: 4, crmjira_approved_budget: 10_000.01 }]);
  });
  expect((await world.one('opportunities', justAbove))['crmjira_integration_reference']).toMatch(
    new RegExp(`^${reference}-153\\d$`),
  );
  expect(world.standIns.jira.site.projects.all()).toHaveLength(2);
  await world.settled();

  // 10: again, in another month.
  const before = await world.census();
  world.setClock('2025-03-02T14:00:00Z');
  await world.write('opportunities', opportunityId, { description: `${e1.description}.` });
  await world.settled();
  expect(await world.census()).toEqual(before);
  expect(world.standIns.jira.site.budgets.size).toBe(2);
  expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_integration_reference: reference });
});

test('R-410 E1.5: with crmjira_AutoApproveOnProvision the new budget is Approved on both sides', async () => {
  const { world } = await startExample(start, {
    crmjira_BudgetSource: 'budget-module',
    crmjira_AutoApproveOnProvision: 'yes',
  });
  const mapping = await world.provision();
  expect(await world.figures(mapping)).toEqual([0, 250_000, 0, 2]);
  expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_budget_status: 2 });
  expect(await rootIssue(world)).toEqual([opportunityId, acme, 'Approved', 250_000]);
});
