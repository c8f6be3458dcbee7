import fc from 'fast-check';
import { ApprovalStatus, BudgetStatus, CommandState, CommandType, MappingStatus, process } from '@crmjira/domain';
import { MANAGER, OPPORTUNITY, POLICY, World, cad } from './world';

/** E4: hours a month, at 125.00 an hour. */
const MONTHS = [
  ['2025-01-31', 380],
  ['2025-02-28', 400],
  ['2025-03-31', 450],
  ['2025-04-30', 330],
  ['2025-05-31', 230],
  ['2025-06-13', 120],
] as const;

function worked(policy = POLICY): World {
  const world = new World(250000, policy);
  world.settle();
  world.approval = { amount: 250000, decision: { outcome: ApprovalStatus.Approved, by: MANAGER } };
  world.settle();
  let hours = 0;
  for (const [day, month] of MONTHS) {
    hours += month;
    world.history.push({ day, spent: cad(hours * 125), hours });
  }
  world.logHours(hours);
  world.settle();
  world.now = '2025-06-15T16:00:00Z';
  return world;
}
const mapping = (world: World) => world.row('crmjira_budget_mapping')!;
const command = (world: World, type: CommandType, byAdministrator = false): void =>
  world.write('crmjira_command', `00000000-0000-4000-8000-0000000000${type}0`, {
    crmjira_command_type: type,
    crmjira_command_state: CommandState.Requested,
    byAdministrator,
  });

describe('E4: completion and final reconciliation', () => {
  test('the Jira project is archived: figures, win, report and archive are as specified (R-801 to R-808)', () => {
    const world = worked();
    world.projectArchived = true;
    world.settle();
    expect(mapping(world)).toMatchObject({
      crmjira_spent_amount: 238750,
      crmjira_remaining_budget: 11250,
      crmjira_total_hours: 1910,
      crmjira_completed_on: '2025-06-15T16:00:00Z',
      crmjira_budget_status: BudgetStatus.Completed,
      crmjira_mapping_status: MappingStatus.Archived,
      crmjira_archived_on: '2025-06-15T16:00:00Z',
      crmjira_project_archived: true,
    });
    expect(world.row('opportunity')).toMatchObject({
      crmjira_budget_status: BudgetStatus.Completed,
      actualvalue: 238750,
    });
    expect(world.rows('opportunityclose')).toMatchObject([
      { actualRevenue: cad(238750), actualEnd: '2025-06-15T16:00:00Z' },
    ]);
    expect(world.rows('crmjira_final_report')).toMatchObject([
      {
        crmjira_project_name: 'Digital Transformation Project - Acme Corp',
        crmjira_project_key: 'CRMWYVLZZJ',
        crmjira_duration_days: 151,
        crmjira_approved: 250000,
        crmjira_actual: 238750,
        crmjira_variance: -11250,
        crmjira_variance_percentage: -4.5,
        crmjira_performance: 1,
        crmjira_total_hours: 1910,
        crmjira_average_hourly_rate: 125,
        crmjira_avg_daily_hours: 12.6,
        crmjira_peak_month: 'March 2025',
        crmjira_efficiency_rating: 1,
      },
    ]);
    expect(world.row(process.uniqueName)).toMatchObject({ statecode: 1 });
    const order = world.applied.map((action) =>
      action.kind === 'dataverse.change-set' ? action.because : action.kind,
    );
    const steps = [
      'the project is completed',
      'dataverse.win-opportunity',
      'the final report is due',
      'the completed project is archived',
    ];
    expect(order.filter((step) => steps.includes(step))).toEqual(steps);
  });

  test.each([
    ['the root issue is Done', (world: World) => (world.rootIssueDone = true)],
    ['the form’s command', (world: World) => command(world, CommandType.CompleteProject)],
  ])('completion by %s archives the Jira project too', (_name, signal) => {
    const world = worked();
    signal(world);
    world.settle();
    expect(world.projectArchived).toBe(true);
    expect(world.rootIssues[0]).toMatchObject({ budgetStatus: 'Completed' });
    expect(world.opportunityState).toBe('won');
    expect(world.rows('crmjira_command').map((row) => row.crmjira_command_state)).not.toContain(CommandState.Requested);
  });

  test('where Jira cannot archive, completion is complete without', () => {
    const world = worked();
    world.archivingSupported = false;
    command(world, CommandType.CompleteProject);
    world.settle();
    expect(mapping(world)).toMatchObject({ crmjira_mapping_status: MappingStatus.Archived });
    expect(world.settle()).toBe(0);
  });

  test('R-808 a Jira project that is to stay does, and the log says why', () => {
    const world = worked({ ...POLICY, archiveJiraProject: false });
    command(world, CommandType.CompleteProject);
    world.settle();
    expect(world.projectArchived).toBe(false);
    expect(mapping(world)).toMatchObject({ crmjira_mapping_status: MappingStatus.Archived });
    const notes = world
      .rows('crmjira_integration_log')
      .filter((row) => row.crmjira_event_type === 'project_not_archived');
    expect(notes).toMatchObject([{ crmjira_error_message: expect.stringContaining('crmjira_ArchiveJiraProject') }]);
    expect(world.settle()).toBe(0);
  });

  test('replay changes nothing, also months later', () => {
    const world = worked();
    world.projectArchived = true;
    world.settle();
    const applied = world.applied.length;
    world.now = '2025-09-01T09:00:00Z';
    expect(world.settle()).toBe(0);
    expect(world.applied).toHaveLength(applied);
  });

  test('R-802 R-701 work that comes with the end is told like any: snapshot, person-months, alert; then the report', () => {
    const world = worked();
    world.now = '2025-06-15T16:00:00Z';
    world.allocation = [{ month: '2025-06-01', personId: 'john', person: 'John', hours: 2080, cost: cad(260000) }];
    world.history.push({ day: '2025-06-15', spent: cad(260000), hours: 2080 });
    world.logHours(2080);
    command(world, CommandType.CompleteProject);
    world.settle();
    expect(mapping(world)).toMatchObject({ crmjira_spent_amount: 260000, crmjira_budget_status: 5 });
    expect(world.rows('crmjira_budget_snapshot').at(-1)).toMatchObject({
      crmjira_snapshot_date: '2025-06-15',
      crmjira_spent_amount: 260000,
    });
    expect(world.rows('crmjira_resource_allocation')).toMatchObject([{ crmjira_hours: 2080, crmjira_cost: 260000 }]);
    expect(world.rows('crmjira_budget_alert').filter((row) => row.crmjira_alert_level === 2)).toHaveLength(1);
    expect(world.rows('email').map((row) => row.subject)).toContain('Budget Alert: Project Over Budget');
    expect(world.rows('crmjira_final_report')).toMatchObject([{ crmjira_actual: 260000, crmjira_performance: 3 }]);
    expect(world.settle()).toBe(0);
  });

  test('R-415 R-1107 an opportunity deleted after completion orphans its mapping, which is kept from when it was archived', () => {
    const world = worked();
    world.projectArchived = true;
    world.settle();
    const archivedOn = mapping(world).crmjira_archived_on;
    expect(archivedOn).toBeTruthy();
    world.opportunityExists = false;
    world.now = '2025-09-01T09:00:00Z';
    world.settle();
    expect(mapping(world)).toMatchObject({
      crmjira_mapping_status: MappingStatus.Orphaned,
      crmjira_archived_on: archivedOn,
    });
    expect(world.rows('crmjira_integration_log').filter((row) => row.crmjira_operation_type === 3)).toMatchObject([
      { crmjira_source_record_id: OPPORTUNITY, crmjira_source_system: 1 },
    ]);
    expect(world.rows('crmjira_final_report')).toHaveLength(1);
    expect(world.settle()).toBe(0);
  });

  test('late worklogs change mapping and report, raise one task and leave the opportunity alone (R-809)', () => {
    const world = worked();
    world.projectArchived = true;
    world.settle();
    const opportunity = { ...world.row('opportunity') };
    const tasks = world.rows('task').length;
    world.now = '2025-07-01T09:00:00Z';
    world.history.push({ day: '2025-06-30', spent: cad(239750), hours: 1918 });
    world.logHours(1918);
    world.administratorId = MANAGER;
    world.settle();
    expect(world.rows('task').at(-1)).toMatchObject({ 'ownerid@odata.bind': `/systemusers(${MANAGER})` });
    expect(mapping(world)).toMatchObject({
      crmjira_spent_amount: 239750,
      crmjira_budget_status: BudgetStatus.Completed,
    });
    expect(world.row('crmjira_final_report')).toMatchObject({
      crmjira_actual: 239750,
      crmjira_generated_on: '2025-07-01T09:00:00Z',
      crmjira_completion_date: '2025-06-15T16:00:00Z',
    });
    expect(world.rows('task')).toHaveLength(tasks + 1);
    expect(world.row('opportunity')).toEqual(opportunity);
    expect(world.settle()).toBe(0);
  });

  test('an opportunity won at signature is left alone, its project is completed all the same (R-2301)', () => {
    const world = worked();
    world.opportunityState = 'won';
    const opportunity = { ...world.row('opportunity') };
    world.projectArchived = true;
    world.settle();
    expect(world.rows('opportunityclose')).toEqual([]);
    expect(world.row('opportunity')).toEqual(opportunity);
    expect(world.rows('crmjira_final_report')).toHaveLength(1);
  });

  test('a person who reopens the opportunity is not overruled', () => {
    const world = worked();
    world.projectArchived = true;
    world.settle();
    world.opportunityState = 'open';
    world.settle();
    expect(world.opportunityState).toBe('open');
    expect(world.rows('opportunityclose')).toHaveLength(1);
  });

  test('only an administrator reopens; the Jira project comes back with it (R-309)', () => {
    const world = worked();
    world.projectArchived = true;
    world.settle();
    command(world, CommandType.Reopen);
    world.settle();
    expect(world.row('crmjira_command')).toMatchObject({ crmjira_command_state: CommandState.Refused });
    expect(mapping(world)).toMatchObject({ crmjira_budget_status: BudgetStatus.Completed });
    command(world, CommandType.Reopen, true);
    world.settle();
    expect(world.projectArchived).toBe(false);
    expect(mapping(world)).toMatchObject({
      crmjira_budget_status: BudgetStatus.Active,
      crmjira_mapping_status: MappingStatus.Active,
      crmjira_completed_on: null,
    });
    expect(world.settle()).toBe(0);
  });

  test('a crash after any number of actions ends in the same completion', () => {
    const whole = ((): number => {
      const world = worked();
      command(world, CommandType.CompleteProject);
      return world.settle();
    })();
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: whole }), { maxLength: 5 }), (crashes) => {
        const world = worked();
        command(world, CommandType.CompleteProject);
        for (const stopAfter of crashes) world.settle(stopAfter);
        world.settle();
        expect(world.rows('opportunityclose')).toHaveLength(1);
        expect(world.rows('crmjira_final_report')).toHaveLength(1);
        expect(mapping(world)).toMatchObject({ crmjira_mapping_status: MappingStatus.Archived });
        expect(world.settle()).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});
