import { eventually } from '../../eventually';
import { finalFigures, workThrough } from './examples/world-of-examples';
import { opportunityId, startWorld, type World } from '../../world';

describe('completion without the closing event of E4 (tests/plugins-proxy/capabilities/budget/examples)', () => {
  let world: World;
  afterEach(() => world.stop(), 30_000);

  async function work(): Promise<{ mapping: string; issue: string }> {
    world = await startWorld('2025-01-15T14:00:00Z');
    const mapping = await world.provision();
    await world.approve();
    const issue = await world.newIssue();
    await workThrough(world, mapping, issue);
    world.setClock('2025-06-15T16:00:00Z');
    return { mapping, issue };
  }

  const report = { crmjira_project_key: 'CRMWYVLZZJ', ...finalFigures };

  test('R-801 R-808 the form’s command completes; that Jira does not offer archiving is noted, and no error', async () => {
    world = await startWorld('2025-01-15T14:00:00Z');
    const mapping = await world.provision();
    await world.approve();
    await world.logHours(await world.newIssue(), 8);
    await world.settledAt(mapping, [1_000, 249_000, 0.4, 3]);
    const rules = [{ method: 'POST', path: '^/rest/api/3/project/10150/archive$', status: 403, times: 100 }];
    await fetch(`${world.standIns.jiraUrl}/sandbox/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rules }),
    });
    const command = await world.command(4);
    await eventually(async () => {
      expect(await world.one('crmjira_commands', command)).toMatchObject({ crmjira_command_state: 3 });
    });
    await world.settled();
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ statecode: 1, actualvalue: 1_000 });
    expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({
      crmjira_budget_status: 5,
      crmjira_mapping_status: 2,
      crmjira_project_archived: false,
      crmjira_last_error: null,
    });
    const noted = "crmjira_event_type eq 'project_not_archived'";
    expect(await world.rows('crmjira_integration_logs', noted)).toMatchObject([
      { crmjira_integration_status: 2, crmjira_target_record_id: 'CRMWYVLZZJ' },
    ]);

    const before = await world.census();
    await world.command(3);
    await world.settled();
    expect({ ...(await world.census()), version: 0 }).toEqual({ ...before, version: 0 });
  });

  test('R-801 to R-807 archiving the project in Jira completes it, with the figures that were read last', async () => {
    await work();
    await world.jira('POST', '/project/10150/archive');
    await eventually(async () => expect(await world.rows('crmjira_final_reports')).toMatchObject([report]));
    await world.settled();
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ statecode: 1, actualvalue: 238_750 });
  });
});
