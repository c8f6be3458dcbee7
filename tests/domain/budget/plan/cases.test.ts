import fc from 'fast-check';
import {
  ApprovalStatus,
  BudgetStatus,
  CommandState,
  CommandType,
  MappingStatus,
  parseResolution,
  RESOLUTION_SIDES,
  RESOLVABLE_FIELDS,
} from '@crmjira/domain';
import { cad, MANAGER, OPPORTUNITY, OWNER, POLICY, World } from './world';

const mapping = (world: World) => world.row('crmjira_budget_mapping')!;
const provisioned = (policy = POLICY): World => {
  const world = new World(250000, policy);
  world.settle();
  return world;
};
function running(policy = POLICY): World {
  const world = provisioned(policy);
  world.approval = { amount: 250000, decision: { outcome: ApprovalStatus.Approved, by: MANAGER } };
  world.settle();
  return world;
}
const NEW_OWNER = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a09';

describe('what happens to a linked project', () => {
  test('its key is renamed in Jira: mapping and opportunity follow, the id stays (R-1506)', () => {
    const world = running();
    world.projects[0]!.key = 'ACME';
    world.settle();
    expect(mapping(world)).toMatchObject({ crmjira_jira_project_key: 'ACME', crmjira_jira_project_id: '10150' });
    expect(world.row('opportunity')).toMatchObject({ crmjira_jira_project_key: 'ACME' });
    expect(world.projects).toHaveLength(1);
  });

  test('it is archived in Jira: the project is completed with its last figures (R-801)', () => {
    const world = running();
    world.logHours(100);
    world.settle();
    world.projectArchived = true;
    world.settle();
    expect(mapping(world)).toMatchObject({
      crmjira_budget_status: BudgetStatus.Completed,
      crmjira_mapping_status: MappingStatus.Archived,
      crmjira_spent_amount: 12500,
    });
    expect(world.opportunityState).toBe('won');
  });

  test('it is deleted in Jira: the last figures are kept, told once, and nothing is created in its place', () => {
    const world = running();
    world.logHours(100);
    world.settle();
    world.projectDeleted = true;
    world.settle();
    world.settle();
    expect(mapping(world)).toMatchObject({
      crmjira_spent_amount: 12500,
      // The way that there is: a mapping is never moved to another project, it is deleted and made anew (R-1232).
      crmjira_last_error: expect.stringMatching(
        /no longer exists, or the integration account may no longer see it\..* ask an administrator to delete the budget mapping first/,
      ),
      crmjira_last_error_code: 'project-deleted',
    });
    expect(world.projects).toHaveLength(1);
    const lost = world.rows('crmjira_integration_log').filter((row) => row.crmjira_operation_type === 3);
    expect(lost).toMatchObject([{ crmjira_error_code: 'project-deleted' }]);
  });

  test('R-1506 its budget is gone from the source: said once, figures kept, no sync claimed, and over when it is back', () => {
    const world = running({ ...POLICY, budgetSource: 'budget-module' });
    world.logHours(100);
    world.settle();
    const budget = world.budgetAmount;
    const synced = mapping(world).crmjira_last_sync_date;
    world.budgetAmount = null;
    world.logHours(200);
    world.now = '2025-02-01T09:00:00Z';
    world.write('crmjira_command', '00000000-0000-4000-8000-0000000000c1', {
      crmjira_command_type: CommandType.SyncNow,
      crmjira_command_state: CommandState.Requested,
    });
    world.settle();
    world.settle();
    expect(mapping(world)).toMatchObject({
      crmjira_spent_amount: 12500,
      crmjira_last_sync_date: synced,
      crmjira_last_error: expect.stringContaining('shows no budget for CRMWYVLZZJ'),
      crmjira_last_error_code: 'jira-not-found',
    });
    expect(world.row('crmjira_command')).toMatchObject({
      crmjira_command_state: CommandState.Failed,
      crmjira_result: expect.stringContaining('budget of CRMWYVLZZJ is no longer found'),
    });
    const failed = world.rows('crmjira_integration_log').filter((row) => row.crmjira_integration_status === 3);
    expect(failed).toMatchObject([{ crmjira_source_system: 2, crmjira_source_record_id: 'CRMWYVLZZJ' }]);
    expect(world.budgetAmount).toBeNull();
    world.budgetAmount = budget;
    world.settle();
    expect(mapping(world)).toMatchObject({ crmjira_spent_amount: 25000, crmjira_last_error: null });
  });
});

describe('what happens to the opportunity', () => {
  test('it is lost and opened again: the mapping is archived and active again, the Jira project untouched (R-310)', () => {
    const world = running();
    const before = world.applied.filter(({ kind }) => kind.startsWith('jira.')).length;
    world.opportunityState = 'lost';
    world.settle();
    expect(mapping(world)).toMatchObject({ crmjira_mapping_status: MappingStatus.Archived });
    world.opportunityState = 'open';
    world.settle();
    expect(mapping(world)).toMatchObject({ crmjira_mapping_status: MappingStatus.Active, crmjira_archived_on: null });
    expect(world.applied.filter(({ kind }) => kind.startsWith('jira.'))).toHaveLength(before);
  });

  test('it is won at signature: alerts, snapshots and report go on, the opportunity is left alone (R-2301)', () => {
    const world = running();
    world.opportunityState = 'won';
    world.settle();
    const opportunity = { ...world.row('opportunity') };
    world.now = '2025-02-03T15:00:00Z';
    world.logHours(1700);
    world.settle();
    expect(mapping(world)).toMatchObject({
      crmjira_spent_amount: 212500,
      crmjira_mapping_status: MappingStatus.Active,
    });
    expect(world.rows('crmjira_budget_alert')).toHaveLength(1);
    expect(world.sentMails).toHaveLength(1);
    expect(world.snapshotDays()).toEqual(['2025-01-15', '2025-02-03']);
    world.projectArchived = true;
    world.settle();
    expect(world.rows('crmjira_final_report')).toHaveLength(1);
    expect(world.applied.filter(({ kind }) => kind === 'dataverse.win-opportunity')).toEqual([]);
    expect(world.row('opportunity')).toEqual(opportunity);
  });

  test('it is reassigned: the new owner gets mail and role, the old one gives the role back (R-413, R-707)', () => {
    const world = running();
    expect(world.team).toEqual([MANAGER, OWNER].sort());
    world.ownerId = NEW_OWNER;
    world.ownerEmails = ['new.owner@company.com'];
    world.logHours(2080);
    world.settle();
    expect([...new Set(world.team)].sort()).toEqual([MANAGER, NEW_OWNER].sort());
    expect(JSON.stringify(world.alertMails()[0])).toContain('new.owner@company.com');
    expect(JSON.stringify(world.alertMails()[0])).not.toContain('opportunity.owner@company.com');
    const assignments = world.applied.filter(({ kind }) => kind === 'jira.assign-team').length;
    world.settle();
    expect(world.applied.filter(({ kind }) => kind === 'jira.assign-team')).toHaveLength(assignments);
  });

  test('its currency changes before approval: the figures follow, converted (R-109)', () => {
    const world = provisioned({ ...POLICY, budgetSource: 'budget-module' });
    world.logHours(80);
    world.settle();
    world.currency = 'USD';
    world.settle();
    expect(mapping(world)).toMatchObject({
      crmjira_approved_budget: 250000,
      crmjira_spent_amount: 8000,
      crmjira_remaining_budget: 242000,
      crmjira_last_error: null,
      'transactioncurrencyid@odata.bind': expect.stringContaining('1ddd'),
    });
    expect(world.budgetAmount).toEqual({ minor: 25_000_000, currency: 'USD' });
  });

  test('its currency changes after approval: approved figures stay, and it is said what to do (R-109)', () => {
    const world = running();
    world.logHours(80);
    world.settle();
    const actualValue = world.row('opportunity')!.actualvalue;
    world.currency = 'USD';
    world.logHours(160);
    world.settle();
    expect(mapping(world)).toMatchObject({
      crmjira_approved_budget: 250000,
      crmjira_spent_amount: 20000,
      crmjira_last_error: expect.stringContaining('Request an approval in USD'),
      crmjira_last_error_code: 'currency-kept',
    });
    expect(world.row('opportunity')!.actualvalue).toBe(actualValue);
    world.approval = { amount: 200000, currency: 'USD', decision: { outcome: ApprovalStatus.Approved, by: MANAGER } };
    world.settle();
    expect(mapping(world)).toMatchObject({
      crmjira_approved_budget: 200000,
      crmjira_spent_amount: 16000,
      crmjira_last_error: null,
    });
  });
});

describe('Resolve discrepancy (R-1506)', () => {
  const asked = (world: World, argument: string | null): Record<string, unknown> => {
    world.write('crmjira_command', `c ${argument}`, {
      crmjira_command_type: CommandType.ResolveDiscrepancy,
      crmjira_command_state: CommandState.Requested,
      crmjira_argument: argument,
    });
    world.settle();
    return world.row('crmjira_command', `c ${argument}`)!;
  };
  const apart = (world: World): World => {
    world.budgetAmount = cad(300000);
    world.settle();
    return world;
  };

  test.each(['approved crm', 'amount crm'])('%s puts the approved amount to Jira', (argument) => {
    const world = apart(running({ ...POLICY, budgetSource: 'budget-module' }));
    expect(mapping(world)).toMatchObject({ crmjira_approved_budget: 250000, crmjira_jira_amount: 300000 });
    expect(asked(world, argument)).toMatchObject({
      crmjira_command_state: CommandState.Done,
      crmjira_result: 'The approved amount is $250,000.00 CAD on both sides.',
    });
    expect(world.budgetAmount).toEqual(cad(250000));
    expect(mapping(world)).toMatchObject({ crmjira_jira_amount: 250000 });
    const logged = world.rows('crmjira_integration_log').map((row) => row.crmjira_event_type);
    expect(logged).toContain(`discrepancy_resolved: ${argument}`);
  });

  test('approved jira takes the amount over while nothing is approved', () => {
    const world = apart(provisioned({ ...POLICY, budgetSource: 'budget-module' }));
    expect(asked(world, 'approved jira')).toMatchObject({ crmjira_command_state: CommandState.Done });
    expect(mapping(world)).toMatchObject({ crmjira_approved_budget: 300000, crmjira_jira_amount: 300000 });
    expect(world.row('opportunity')).toMatchObject({ crmjira_project_budget: 300000 });
  });

  test('approved jira needs an approval once the amount is approved (R-308)', () => {
    const world = apart(running({ ...POLICY, budgetSource: 'budget-module' }));
    const command = asked(world, 'approved jira');
    expect(command).toMatchObject({ crmjira_command_state: CommandState.Refused });
    expect(command.crmjira_result).toContain('Request an approval');
    expect(mapping(world)).toMatchObject({ crmjira_approved_budget: 250000 });
    expect(world.budgetAmount).toEqual(cad(300000));
  });

  test.each([
    ['spent jira', CommandState.Done, 'The spent amount is'],
    ['spent crm', CommandState.Refused, 'Correct the worklogs'],
    ['status crm', CommandState.Done, 'The budget status is "Active"'],
    ['status jira', CommandState.Refused, 'Decide there'],
    ['key jira', CommandState.Done, 'The project key is CRMWYVLZZJ'],
    ['key crm', CommandState.Refused, 'renamed in Jira'],
    ['colour crm', CommandState.Refused, 'say which field'],
    [null, CommandState.Refused, 'say which field'],
  ])('%s', (argument, state, words) => {
    const command = asked(running(), argument);
    expect(command).toMatchObject({ crmjira_command_state: state });
    expect(command.crmjira_result).toContain(words);
  });

  test('an argument is read in any case and with any sign between, and nothing else is', () => {
    for (const field of RESOLVABLE_FIELDS)
      for (const side of RESOLUTION_SIDES)
        for (const between of [' ', '=', ' = ', ':', ': '])
          expect(parseResolution(` ${field.toUpperCase()}${between}${side} `)).toEqual({ field, side });
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseResolution(text);
        expect(parsed === null || text.toLowerCase().includes(parsed.field)).toBe(true);
      }),
    );
  });
});

test('deleting, linking and creating again leads to one mapping of the same project (R-1232, R-405)', () => {
  const world = running();
  world.tables.get('crmjira_budget_mapping')!.clear();
  world.settle();
  world.write('crmjira_command', 'again', {
    crmjira_command_type: CommandType.LinkProject,
    crmjira_command_state: CommandState.Requested,
    crmjira_argument: 'CRMWYVLZZJ',
  });
  world.settle();
  expect(world.row('crmjira_command', 'again')).toMatchObject({ crmjira_command_state: CommandState.Done });
  expect(world.rows('crmjira_budget_mapping')).toMatchObject([{ crmjira_jira_project_id: '10150' }]);
  expect(world.row('opportunity', OPPORTUNITY)).toMatchObject({ crmjira_jira_project_key: 'CRMWYVLZZJ' });
  expect(world.projects).toHaveLength(1);
});
