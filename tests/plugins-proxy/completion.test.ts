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

describe('E4: completion against the stand-ins', () => {
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

  test('the form’s command completes: figures, win, report, archive on both sides (R-801 to R-808)', async () => {
    const { mapping } = await work();
    const command = await world.command(4);
    await eventually(async () => {
      expect(await world.one('crmjira_commands', command)).toMatchObject({ crmjira_command_state: 3 });
    });
    await world.settled();
    expect(await world.one('opportunities', opportunityId)).toMatchObject({
      statecode: 1,
      statuscode: 3,
      actualvalue: 238_750,
      closeprobability: 100,
      actualclosedate: '2025-06-15',
      crmjira_budget_status: 5,
    });
    expect(await world.rows('opportunitycloses')).toMatchObject([{ actualrevenue: 238_750 }]);
    expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({
      crmjira_budget_status: 5,
      crmjira_mapping_status: 2,
      crmjira_spent_amount: 238_750,
      crmjira_remaining_budget: 11_250,
      crmjira_total_hours: 1_910,
      crmjira_project_archived: true,
      crmjira_last_error: null,
    });
    expect(await world.rows('crmjira_final_reports')).toMatchObject([report]);
    expect(world.standIns.jira.site.projects.all()[0]?.archivedOn).not.toBeNull();
    expect((await world.rows('crmjira_opportunitytojiraprojects'))[0]).toMatchObject({ statecode: 1 });

    const before = await world.census();
    await world.command(3);
    await world.settled();
    expect({ ...(await world.census()), version: 0 }).toEqual({ ...before, version: 0 });
  }, 90_000);

  test('archiving the project in Jira completes it, with the figures that were read last', async () => {
    await work();
    await world.jira('POST', '/project/10150/archive');
    await eventually(async () => expect(await world.rows('crmjira_final_reports')).toMatchObject([report]));
    await world.settled();
    expect(await world.one('opportunities', opportunityId)).toMatchObject({ statecode: 1, actualvalue: 238_750 });
  }, 90_000);
});
