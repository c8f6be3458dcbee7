import { e1, opportunityId, stopWorlds } from '../plugins-proxy/world';
import { flowNames } from './flow-files';
import { problem, startFlows, statusesOf } from './flow-world';

const start = '2025-01-15T15:00:00Z';

afterEach(stopWorlds);

describe(flowNames.provision, () => {
  test('an opportunity above the threshold gets its project, and none of the service’s own writes starts a second run (R-401, R-1002, R-1006)', async () => {
    const world = await startFlows(start);
    await world.switchOn(flowNames.provision);
    await world.write('opportunities', opportunityId, e1);
    await world.quiet();
    expect(await world.rows('crmjira_budget_mappings')).toMatchObject([
      { crmjira_jira_project_key: 'CRMWYVLZZJ', crmjira_provisioning_state: 4, crmjira_approved_budget: 250_000 },
    ]);
    expect(world.runs).toMatchObject([{ status: 'Succeeded', error: null }]);
    expect(Object.fromEntries(world.runs[0]?.variables ?? [])).toEqual({
      ProjectKey: 'CRMWYVLZZJ',
      BudgetAmount: 250_000,
      ErrorMessage: '',
    });
    // The service has written key, reference, status and amount to the opportunity, and the flow was not told of it.
    expect(world.turnedAway).toEqual([]);
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ crmjira_jira_project_key: 'CRMWYVLZZJ' });
    // One log row, the service's: the flow writes none and sends no mail (R-1002).
    expect(await world.census()).toMatchObject({ logs: 1, emails: 0, outbox: 0, projects: 1 });
  });

  test('a changed amount is carried over; below the threshold, and after completion, nothing starts (R-401, R-308)', async () => {
    const world = await startFlows(start);
    await world.switchOn(flowNames.provision);
    await world.write('opportunities', opportunityId, { ...e1, budgetamount: 10_000 });
    await world.quiet();
    expect([world.runs.length, world.turnedAway.length]).toEqual([0, 1]);
    await world.write('opportunities', opportunityId, { budgetamount: 10_000.01 });
    await world.quiet();
    await world.write('opportunities', opportunityId, { budgetamount: 260_000 });
    await world.quiet();
    expect(world.runs.map(({ status }) => status)).toEqual(['Succeeded', 'Succeeded']);
    expect(await world.rows('crmjira_budget_mappings')).toMatchObject([{ crmjira_approved_budget: 260_000 }]);
    await world.write('opportunities', opportunityId, { crmjira_budget_status: 5 });
    await world.write('opportunities', opportunityId, { name: 'Renamed' });
    await world.quiet();
    expect([world.runs.length, world.turnedAway.length]).toEqual([2, 2]);
  }, 120_000);

  test('500 and 429 of the connector are repeated by the policy, after what Retry-After asks (R-1005)', async () => {
    const answers = [problem(500, 'Of the test.'), problem(429, 'Of the test.', { 'retry-after': '17' })];
    const world = await startFlows(start, { fault: () => answers.shift() });
    await world.write('opportunities', opportunityId, e1);
    const row = await world.readRow('opportunity', opportunityId);
    const run = await world.runNow(flowNames.provision, row);
    expect(run).toMatchObject({ status: 'Succeeded' });
    expect(world.pauses.slice(0, 2)).toEqual([5_000, 17_000]);
    expect(await world.census()).toMatchObject({ projects: 1 });
  });

  test('a connector that stays down ends the run as failed with its own words, once all repeats are used up (R-1002, R-1005)', async () => {
    const world = await startFlows(start, { fault: () => problem(503, 'The service is stopping.') });
    await world.write('opportunities', opportunityId, e1);
    const row = await world.readRow('opportunity', opportunityId);
    const run = await world.runNow(flowNames.provision, row);
    expect(run).toMatchObject({
      status: 'Failed',
      error: { code: 'IntegrationError', message: 'Create_JIRA_Project: The service is stopping.' },
    });
    expect(world.pauses).toEqual([5_000, 10_000, 20_000, 40_000]);
    expect(statusesOf(run, 'Wait_for_the_Service')).toEqual(['Skipped']);
  });

  test('a service that is never done is waited for ten minutes; then the run fails and says so (R-1002, R-1005)', async () => {
    const running = { statusCode: 200, headers: {}, body: { id: 'of-the-test', state: 'running' } };
    const world = await startFlows(start, {
      fault: (operation) => (operation === 'GetOperation' ? running : undefined),
      pause: 0,
    });
    await world.write('opportunities', opportunityId, e1);
    const run = await world.runNow(flowNames.provision, await world.readRow('opportunity', opportunityId));
    expect(run).toMatchObject({
      status: 'Failed',
      error: { code: 'OperationNotDone', message: 'The service did not finish in time.' },
    });
    expect(world.pauses.reduce((sum, pause) => sum + pause, 0)).toBe(10 * 60_000);
  });

  test('an opportunity that the service does not find is told in the run’s error, not taken for done (R-1002)', async () => {
    const world = await startFlows(start);
    await world.write('opportunities', opportunityId, { ...e1, budgetamount: 10_000 });
    const row = await world.readRow('opportunity', opportunityId);
    const run = await world.runNow(flowNames.provision, row);
    expect(run).toMatchObject({ status: 'Failed', error: { code: 'OperationNotDone' } });
    expect(run.error?.message).toMatch(/^There is no project: the opportunity does not exist, is not open, or/);
  });

  test('a run that the platform carries out again starts nothing twice (R-1006)', async () => {
    const world = await startFlows(start);
    await world.write('opportunities', opportunityId, e1);
    const row = await world.readRow('opportunity', opportunityId);
    await world.runNow(flowNames.provision, row, '08584943917464711200');
    await world.quiet();
    const before = await world.census();
    expect(await world.runNow(flowNames.provision, row, '08584943917464711200')).toMatchObject({ status: 'Succeeded' });
    await world.quiet();
    expect(await world.census()).toEqual(before);
  });
});
