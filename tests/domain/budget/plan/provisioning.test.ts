import fc from 'fast-check';
import { ApprovalStatus, BudgetStatus, MappingStatus, ProvisioningState } from '@crmjira/domain';
import { OPPORTUNITY, POLICY, World } from './world';

describe('E1: a new sales opportunity becomes one Jira project', () => {
  const provisioned = (policy = POLICY): World => {
    const world = new World(250000, policy);
    world.settle();
    return world;
  };

  test('R-505 the mapping shows of its project what Jira tells, cut to its columns, from the link on', () => {
    const world = new World(250000);
    world.lead = 'L'.repeat(300);
    world.settle();
    expect(world.row('crmjira_budget_mapping')).toMatchObject({
      crmjira_jira_project_name: 'Digital Transformation Project - Acme Corp',
      crmjira_jira_project_url: 'http://jira/projects/CRMWYVLZZJ',
      crmjira_jira_lead: `${'L'.repeat(199)}…`,
      crmjira_jira_project_status: 'To Do',
      crmjira_issues_done: 0,
      crmjira_issues_open: 1,
      crmjira_milestones: null,
    });
    world.lead = 'Paul Martin';
    world.settle();
    expect(world.row('crmjira_budget_mapping')).toMatchObject({ crmjira_jira_lead: 'Paul Martin' });
  });

  test('project, ownership, mapping, opportunity and log are as specified (R-401 to R-412)', () => {
    const world = provisioned();
    expect(world.projects).toEqual([
      {
        id: '10150',
        key: 'CRMWYVLZZJ',
        name: 'Digital Transformation Project - Acme Corp',
        ownership: {
          opportunityId: OPPORTUNITY,
          reference: 'CRM-202501-A1B2C3D4',
          organization: '5a8d2c1e-0000-4000-8000-00000000c0de',
        },
      },
    ]);
    expect(world.rows('crmjira_budget_mapping')).toHaveLength(1);
    expect(world.row('crmjira_budget_mapping')).toMatchObject({
      crmjira_integration_reference: 'CRM-202501-A1B2C3D4',
      crmjira_jira_project_key: 'CRMWYVLZZJ',
      crmjira_jira_project_id: '10150',
      crmjira_jira_budget_id: 'COMPUTED-10150',
      crmjira_approved_budget: 250000,
      crmjira_spent_amount: 0,
      crmjira_remaining_budget: 250000,
      crmjira_last_sync_date: '2025-01-15T14:00:00Z',
      crmjira_mapping_status: MappingStatus.Active,
      crmjira_provisioning_state: ProvisioningState.Linked,
      crmjira_period_from: '2025-01-15',
      crmjira_period_to: '2026-01-15',
    });
    expect(world.row('opportunity')).toMatchObject({
      crmjira_jira_project_key: 'CRMWYVLZZJ',
      crmjira_integration_reference: 'CRM-202501-A1B2C3D4',
      crmjira_budget_status: BudgetStatus.Draft,
      crmjira_project_budget: 250000,
    });
    expect(world.rootIssues).toMatchObject([
      {
        opportunityId: OPPORTUNITY,
        accountId: '12345678-90ab-cdef-1234-567890abcdef',
        budgetStatus: 'Draft',
        approvedAmount: 250000,
      },
    ]);
    expect(world.rows('crmjira_integration_log')).toMatchObject([
      {
        crmjira_operation_type: 1,
        crmjira_source_system: 1,
        crmjira_source_record_id: OPPORTUNITY,
        crmjira_target_record_id: 'CRMWYVLZZJ',
        crmjira_integration_status: 2,
      },
    ]);
    expect(world.activeStage()).toBe('BudgetApproval');
  });

  test('with automatic approval the status is Approved (R-410)', () => {
    const world = provisioned({ ...POLICY, autoApproveOnProvision: true });
    expect(world.row('opportunity')).toMatchObject({
      crmjira_budget_status: BudgetStatus.Approved,
      crmjira_approval_status: ApprovalStatus.Approved,
    });
    expect(world.rootIssues[0]).toMatchObject({ budgetStatus: 'Approved' });
  });

  test.each([10000, 9999.99, null])('a budget of %p provisions nothing (R-304)', (amount) => {
    const world = new World(amount);
    expect(world.settle()).toBe(0);
    expect(world.projects).toEqual([]);
  });

  test('10,000.01 provisions', () => {
    const world = new World(10000.01);
    world.settle();
    expect(world.projects).toHaveLength(1);
  });

  test('a closed opportunity provisions nothing', () => {
    const world = new World(250000);
    world.opportunityState = 'lost';
    expect(world.settle()).toBe(0);
  });

  test('repeating the trigger, also in another month, creates nothing more (E1.10)', () => {
    const world = provisioned();
    const before = JSON.stringify([world.projects, world.rootIssues, world.rows('crmjira_integration_log')]);
    world.now = '2025-03-02T09:00:00Z';
    world.settle();
    expect(JSON.stringify([world.projects, world.rootIssues, world.rows('crmjira_integration_log')])).toBe(before);
    expect(world.row('crmjira_budget_mapping')).toMatchObject({
      crmjira_integration_reference: 'CRM-202501-A1B2C3D4',
      crmjira_last_sync_date: '2025-01-15T14:00:00Z',
    });
  });

  test('a crash after any number of actions leads to exactly one of everything (R-402)', () => {
    const whole = new World(250000).settle();
    expect(whole).toBeGreaterThan(6);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: whole }), { maxLength: 6 }),
        fc.constantFrom('computed', 'budget-module'),
        (crashes, source) => {
          const world = new World(250000, { ...POLICY, budgetSource: source as 'computed' | 'budget-module' });
          for (const stopAfter of crashes) world.settle(stopAfter);
          world.settle();
          expect(world.projects).toHaveLength(1);
          expect(world.rows('crmjira_budget_mapping')).toHaveLength(1);
          expect(world.rows('crmjira_integration_log')).toHaveLength(1);
          expect(world.rootIssues).toHaveLength(1);
          expect(world.row('crmjira_budget_mapping')).toMatchObject({
            crmjira_provisioning_state: ProvisioningState.Linked,
          });
          expect(world.settle()).toBe(0);
        },
      ),
    );
  });

  test('E1-F4: a key taken by somebody else gives the next candidate', () => {
    const world = new World(250000);
    world.takenKeys = new Set(['CRMWYVLZZJ']);
    world.settle(1);
    world.takenKeys.add('CRMPSZRVOR'); // taken after it was announced
    world.settle();
    expect(world.projects.map((project) => project.key)).toEqual(['CRMDRQCVFF']);
    expect(world.row('opportunity')).toMatchObject({ crmjira_jira_project_key: 'CRMDRQCVFF' });
  });

  test('deleting the opportunity orphans the mapping and logs one deletion (R-415)', () => {
    const world = provisioned();
    world.opportunityExists = false;
    world.settle();
    world.settle();
    expect(world.row('crmjira_budget_mapping')).toMatchObject({ crmjira_mapping_status: MappingStatus.Orphaned });
    expect(world.rows('crmjira_integration_log').filter((row) => row.crmjira_operation_type === 3)).toMatchObject([
      { crmjira_source_record_id: OPPORTUNITY, crmjira_target_record_id: 'CRMWYVLZZJ' },
    ]);
    expect(world.projects).toHaveLength(1);
  });

  test('deleted after any step of its provisioning, its mapping names the project that was created (F-507)', () => {
    const whole = new World(250000).settle();
    for (let steps = 1; steps <= whole; steps += 1) {
      const world = new World(250000);
      world.settle(steps);
      world.opportunityExists = false;
      world.settle();
      world.settle();
      const [project] = world.projects;
      // Without its owner a project cannot be told from somebody else's under that key.
      const isKnown = project !== undefined && project.ownership !== null;
      expect(world.row('crmjira_budget_mapping')).toMatchObject({
        crmjira_mapping_status: MappingStatus.Orphaned,
        ...(isKnown ? { crmjira_jira_project_id: project.id, crmjira_jira_project_key: project.key } : {}),
      });
      expect(world.projects.length).toBeLessThan(2);
    }
  });

  test('a lost opportunity archives the mapping, reopening brings it back (R-310)', () => {
    const world = provisioned();
    world.opportunityState = 'lost';
    world.settle();
    expect(world.row('crmjira_budget_mapping')).toMatchObject({ crmjira_mapping_status: MappingStatus.Archived });
    world.opportunityState = 'open';
    world.settle();
    expect(world.row('crmjira_budget_mapping')).toMatchObject({ crmjira_mapping_status: MappingStatus.Active });
  });
});
