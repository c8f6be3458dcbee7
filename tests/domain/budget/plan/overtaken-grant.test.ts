import fc from 'fast-check';
import { ApprovalStatus, BudgetStatus, process, wasCurrentWhenDecided } from '@crmjira/domain';
import { type Approval, MANAGER, World, cad } from './world';

const CONTROLLER = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a03';
const granted: Approval = {
  id: '00000000-0000-4000-8000-0000000000a1',
  amount: 120_000,
  askedOn: '2025-01-15T14:00:00Z',
  decidedOn: '2025-01-15T14:05:00Z',
  decision: { outcome: ApprovalStatus.Approved, by: MANAGER },
};
const asked: Approval = {
  id: '00000000-0000-4000-8000-0000000000b1',
  amount: 150_000,
  askedOn: '2025-01-15T14:05:30Z',
};

function provisioned(): World {
  const world = new World(100_000);
  world.settle();
  return world;
}

/** The same two requests, with a run between them or without. */
function after(newer: Approval, seesGrant: boolean, stopAfter = Infinity): World {
  const world = provisioned();
  if (seesGrant) {
    world.approval = granted;
    world.settle();
  }
  world.approval = newer;
  world.earlierGrant = granted;
  world.settle(stopAfter);
  world.settle();
  return world;
}
const columns = [
  'crmjira_approval_status',
  'crmjira_project_budget',
  'crmjira_approved_on',
  'crmjira_approved_by@odata.bind',
  'crmjira_step_approve',
  'crmjira_step_notify',
  'crmjira_budget_status',
];
const outcome = (world: World) => ({
  opportunity: columns.map((column) => world.row('opportunity')?.[column]),
  approved: world.row('crmjira_budget_mapping')?.crmjira_approved_budget,
  status: world.row('crmjira_budget_mapping')?.crmjira_budget_status,
  stage: world.row(process.uniqueName)?.activestageid,
  root: world.rootIssues.map(({ approvedAmount, budgetStatus }) => [approvedAmount, budgetStatus]),
  mails: [...world.sentTeamMails].sort(),
  tasks: world.rows('task').length,
});

describe('R-307, R-308 a grant counts although a newer request came before a run saw it', () => {
  test('the budget is active with the granted amount, and the newer request is pending', () => {
    const world = after(asked, false);
    expect(world.row('crmjira_budget_mapping')).toMatchObject({
      crmjira_approved_budget: 120_000,
      crmjira_budget_status: BudgetStatus.Active,
    });
    expect(world.row('opportunity')).toMatchObject({
      crmjira_approval_status: ApprovalStatus.Pending,
      crmjira_project_budget: 120_000,
      crmjira_approved_on: granted.decidedOn,
    });
    expect(world.sentTeamMails).toHaveLength(1);
  });

  test('it is the same as with a run between, whatever becomes of the newer request and wherever a run breaks off', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(undefined, ApprovalStatus.Approved, ApprovalStatus.Rejected, ApprovalStatus.ChangesRequested),
        fc.constantFrom(120_000, 90_000, 150_000),
        fc.nat(12),
        (decided, amount, stopAfter) => {
          const decision = decided && { outcome: decided, by: CONTROLLER, comment: 'Decided.' };
          const newer: Approval = {
            ...asked,
            amount,
            decidedOn: '2025-01-15T14:06:00Z',
            ...(decision && { decision }),
          };
          const [at, between] = [after(newer, false, stopAfter), after(newer, true)];
          // Of two grants that one run sees the team is told of the one that counts.
          const told = decided === ApprovalStatus.Approved ? { mails: expect.anything() } : {};
          expect(outcome(at)).toEqual({ ...outcome(between), ...told });
          expect(outcome(at).mails.length).toBeGreaterThan(0);
        },
      ),
    );
  });

  test('a grant that breaks a rule does not count for having been overtaken', () => {
    const world = provisioned();
    world.approval = asked;
    world.earlierGrant = { ...granted, decision: { outcome: ApprovalStatus.Approved, by: MANAGER, limit: 10_000 } };
    world.settle();
    expect(world.row('crmjira_budget_mapping')).toMatchObject({ crmjira_budget_status: BudgetStatus.Draft });
  });

  test('a second grant of the same amount is recorded with its own person and time', () => {
    const newer = { ...asked, amount: 120_000, decidedOn: '2025-01-15T14:06:00Z' };
    const world = after({ ...newer, decision: { outcome: ApprovalStatus.Approved, by: CONTROLLER } }, true);
    expect(world.row('opportunity')).toMatchObject({
      crmjira_approved_on: newer.decidedOn,
      'crmjira_approved_by@odata.bind': expect.stringContaining(CONTROLLER),
    });
    expect(cad(world.row('crmjira_budget_mapping')?.crmjira_approved_budget as number)).toEqual(cad(120_000));
  });

  test('a decision counts by the request that stood when it was made', () => {
    const row = (createdOn: string) => ({ createdById: MANAGER, createdOn, requestedById: null, requestedOn: null });
    const [first, second] = [row('2025-01-15T14:00:00Z'), row('2025-01-15T14:05:00Z')];
    const counts = (decidedOn: string) => wasCurrentWhenDecided(first, decidedOn, [second, first], CONTROLLER);
    expect(counts('2025-01-15T14:04:59Z')).toBe(true);
    expect(counts('2025-01-15T14:05:00Z')).toBe(true);
    expect(counts('2025-01-15T14:05:01Z')).toBe(false);
  });
});
