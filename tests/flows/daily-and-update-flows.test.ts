import { randomUUID } from 'node:crypto';
import { e1, opportunityId, stopWorlds } from '../plugins-proxy/world';
import { flowNames } from './flow-files';
import { type FlowOptions, problem, startFlows, statusesOf } from './flow-world';

const start = '2025-01-15T15:00:00Z';

afterEach(stopWorlds);

/** A project in execution with 45,000.00 spent in Jira that Dynamics does not know of. */
async function spentInJira(options: FlowOptions = {}) {
  const world = await startFlows(start, options);
  await world.write('opportunities', opportunityId, e1);
  await world.runNow(flowNames.provision, await world.readRow('opportunity', opportunityId));
  await world.decide(await world.requestApproval(250_000), 3);
  await world.runNow(flowNames.provision, await world.readRow('opportunity', opportunityId));
  await world.quiet();
  const [mapping] = await world.rows('crmjira_budget_mappings');
  expect(mapping).toMatchObject({ crmjira_budget_status: 3, crmjira_spent_amount: 0 });
  world.setClock('2025-01-20T17:30:00Z');
  await world.logHours(await world.newIssue(), 360);
  world.runs.length = 0;
  return { ...world, mapping: String(mapping?.['crmjira_budget_mappingid']) };
}

describe(flowNames.daily, () => {
  test('figures of Jira come in; the applied change starts the update flow once, whose sync changes nothing more (R-601, R-603, R-1003, R-1009, R-1010)', async () => {
    const world = await spentInJira();
    await world.switchOn(flowNames.update);
    const before = await world.rows('crmjira_inbound_events');
    const daily = await world.runNow(flowNames.daily);
    await world.quiet();
    expect(daily).toMatchObject({ status: 'Succeeded', error: null });
    expect(await world.figures(world.mapping)).toEqual([45_000, 205_000, 18, 3]);
    expect(world.runs.map(({ flow, status }) => [flow, status])).toEqual([
      [flowNames.daily, 'Succeeded'],
      [flowNames.update, 'Succeeded'],
    ]);
    const [, update] = world.runs;
    expect(update && statusesOf(update, 'Update_Budget_Mapping_-_True_Branch')).toEqual(['Succeeded']);
    // One row for the one change, and no second one from the flow that it started.
    expect(await world.rows('crmjira_inbound_events')).toHaveLength(before.length + 1);
    expect(daily.history.find(({ name }) => name === 'Calculate_Spent_Amount')?.outputs).toMatchObject({
      projectKey: 'CRMWYVLZZJ',
      spentInDynamics: 0,
    });
  }, 120_000);

  test('a budget that cannot be read does not keep its mapping from being synced (R-604, R-1010)', async () => {
    const world = await spentInJira({
      fault: (operation) => (operation.startsWith('GetBudget') ? problem(404, 'No such budget.') : undefined),
    });
    const run = await world.runNow(flowNames.daily);
    await world.quiet();
    expect(run).toMatchObject({ status: 'Succeeded' });
    expect(statusesOf(run, 'Get_JIRA_Budget_Details')).toEqual(['Failed']);
    expect(await world.figures(world.mapping)).toEqual([45_000, 205_000, 18, 3]);
  }, 120_000);

  test('one mapping whose sync is refused does not stop the other; the run says that it failed (R-604, R-1002)', async () => {
    const other = randomUUID();
    const world = await spentInJira({
      fault: (_operation, parameters) =>
        parameters['operation/opportunityId'] === other ? problem(400, 'Not this one.') : undefined,
    });
    await world.write('opportunities', other, { ...e1, name: 'Another' });
    await world.write('crmjira_budget_mappings', randomUUID(), {
      crmjira_name: 'Another',
      crmjira_integration_reference: 'CRM-202501-ANOTHER0',
      crmjira_jira_project_key: 'ANOTHER',
      crmjira_jira_budget_id: 'COMPUTED-1',
      crmjira_approved_budget: 1,
      crmjira_spent_amount: 0,
      crmjira_remaining_budget: 1,
      crmjira_budget_status: 3,
      crmjira_mapping_status: 1,
      crmjira_provisioning_state: 4,
      crmjira_budget_source: 3,
      crmjira_last_alert_level: 0,
      'crmjira_integration_id@odata.bind': `/crmjira_integrations(${world.config.connectionId})`,
      'crmjira_opportunity_id@odata.bind': `/opportunities(${other})`,
    });
    const run = await world.runNow(flowNames.daily);
    await world.quiet();
    expect(statusesOf(run, 'Update_Budget_Mapping_Record').sort()).toEqual(['Failed', 'Succeeded']);
    expect(run).toMatchObject({ status: 'Failed', error: { code: 'IntegrationError' } });
    expect(await world.figures(world.mapping)).toEqual([45_000, 205_000, 18, 3]);
  }, 120_000);

  test('drafts, completed and archived mappings are left alone (R-602)', async () => {
    const world = await spentInJira();
    // What the flow picks is in question; the service would put a status back that is not its own.
    await world.stopProxy();
    for (const columns of [{ crmjira_budget_status: 1 }, { crmjira_budget_status: 5 }, { crmjira_mapping_status: 2 }]) {
      await world.write('crmjira_budget_mappings', world.mapping, {
        crmjira_budget_status: 3,
        crmjira_mapping_status: 1,
        ...columns,
      });
      const run = await world.runNow(flowNames.daily);
      expect([run.error, statusesOf(run, 'Update_Budget_Mapping_Record')]).toEqual([null, []]);
    }
  }, 120_000);
});

describe(flowNames.update, () => {
  const event = (over: Record<string, string | null> = {}) => ({
    crmjira_inbound_eventid: randomUUID(),
    crmjira_status: 2,
    crmjira_project_id: '10150',
    _crmjira_integration_id_value: '5a8d2c1e-0000-4000-8000-000000000c01',
    ...over,
  });

  test('without a mapping nothing is asked of the service, and the run succeeds (R-511, R-1009)', async () => {
    const world = await startFlows(start);
    // Quotes in a value stay inside it.
    const run = await world.runNow(flowNames.update, event({ crmjira_project_id: "x' or 'a' eq 'a" }));
    expect(run).toMatchObject({ status: 'Succeeded', error: null });
    expect(statusesOf(run, 'Find_Budget_Mapping')).toEqual(['Succeeded']);
    expect(statusesOf(run, 'Update_Budget_Mapping_-_True_Branch')).toEqual([]);
  });

  test('an ignored event starts nothing (R-1003, R-511)', async () => {
    const world = await startFlows(start);
    await world.switchOn(flowNames.update);
    await world.write('crmjira_inbound_events', randomUUID(), {
      crmjira_name: 'no mapping',
      crmjira_event_id: randomUUID(),
      crmjira_project_id: '10150',
      crmjira_status: 3,
    });
    await world.quiet();
    expect([world.runs.length, world.turnedAway.length]).toEqual([0, 1]);
  });

  test('a refusal of the service ends the run as failed, with its words (R-1002, R-1009)', async () => {
    const world = await spentInJira({
      fault: (_operation, parameters) =>
        parameters['operation/kind'] === 'sync' && parameters['operation/clientRequestId'] === 'refused'
          ? problem(409, 'This clientRequestId has started another operation; use a new one.')
          : undefined,
    });
    const run = await world.runNow(flowNames.update, event(), 'refused');
    expect(run.error).toEqual({
      code: 'IntegrationError',
      message: 'Check_if_Mapping_Exists: This clientRequestId has started another operation; use a new one.',
    });
  }, 120_000);
});
