import { eventually } from './eventually';
import { opportunityId, startWorld, type World } from './world';

/** E4: hours a month, at 125.00 an hour: 1,910 h, 238,750.00. */
const MONTHS: readonly (readonly [string, number])[] = [
  ['2025-01-20', 380],
  ['2025-02-14', 400],
  ['2025-03-14', 450],
  ['2025-04-14', 330],
  ['2025-05-14', 230],
  ['2025-06-13', 120],
];

describe('completion without the closing event of E4 (tests/plugins-proxy/examples)', () => {
  let world: World;
  afterEach(() => world.stop(), 30_000);

  async function work(): Promise<{ mapping: string; issue: string }> {
    world = await startWorld('2025-01-15T14:00:00Z');
    const mapping = await world.provision();
    await world.approve();
    const issue = await world.newIssue();
    for (const [day, hours] of MONTHS) {
      world.setClock(`${day}T17:00:00Z`);
      await world.logHours(issue, hours, `${day}T09:00:00.000+0000`);
      // Snapshots are by day of reading: each month's hours are read in their month.
      await world.settled();
    }
    await world.settledAt(mapping, [238_750, 11_250, 95.5, 3]);
    world.setClock('2025-06-15T16:00:00Z');
    return { mapping, issue };
  }

  const report = {
    crmjira_project_key: 'CRMWYVLZZJ',
    crmjira_duration_days: 151,
    crmjira_approved: 250_000,
    crmjira_actual: 238_750,
    crmjira_variance: -11_250,
    crmjira_variance_percentage: -4.5,
    crmjira_performance: 1,
    crmjira_total_hours: 1_910,
    crmjira_average_hourly_rate: 125,
    crmjira_avg_daily_hours: 12.6,
    crmjira_peak_month: 'March 2025',
    crmjira_efficiency_rating: 1,
  };

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
  }, 90_000);

  test('R-801 to R-807 archiving the project in Jira completes it, with the figures that were read last', async () => {
    await work();
    await world.jira('POST', '/project/10150/archive');
    await eventually(async () => expect(await world.rows('crmjira_final_reports')).toMatchObject([report]));
    await world.settled();
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ statecode: 1, actualvalue: 238_750 });
  }, 90_000);
});
