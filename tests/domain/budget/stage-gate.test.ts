import fc from 'fast-check';
import {
  ApprovalStatus,
  BudgetStatus,
  ProvisioningState,
  STAGES,
  type StageFacts,
  moneyFromDecimal,
  stageGate,
  stageReasonText,
} from '@crmjira/domain';

const cad = (major: number) => moneyFromDecimal(major, 'CAD');
const complete: StageFacts = {
  isOpen: true,
  budgetAmount: cad(250000),
  budgetThreshold: 10000,
  jiraProjectKey: 'CRMWYVLZZJ',
  provisioningState: ProvisioningState.Linked,
  approvalStatus: ApprovalStatus.Approved,
  projectBudget: cad(250000),
  budgetStatus: BudgetStatus.Active,
  reviewRequired: false,
  reviewNote: null,
};
const codes = (from: number, to: number, facts: Partial<StageFacts> = {}) =>
  stageGate({ from: STAGES[from]!, to: STAGES[to]! }, { ...complete, ...facts }).reasons.map((reason) => reason.code);

describe('stage gates (R-303 to R-306)', () => {
  test.each([
    [0, 1, {}, []],
    [0, 1, { budgetAmount: null }, ['budget-amount-too-small']],
    [0, 1, { budgetAmount: cad(10000) }, ['budget-amount-too-small']],
    [0, 1, { budgetAmount: cad(10000.01) }, []],
    [0, 1, { isOpen: false, budgetAmount: null }, ['opportunity-not-open', 'budget-amount-too-small']],
    [1, 2, { jiraProjectKey: null, provisioningState: null }, ['project-key-missing', 'project-not-linked']],
    [1, 2, { provisioningState: ProvisioningState.BudgetCreated }, ['project-not-linked']],
    [2, 3, {}, []],
    [2, 3, { approvalStatus: ApprovalStatus.Pending }, ['approval-missing']],
    [2, 3, { projectBudget: cad(0) }, ['project-budget-missing']],
    [2, 3, { budgetStatus: BudgetStatus.Approved }, ['budget-not-active']],
    [3, 4, {}, ['review-not-required']],
    [3, 4, { reviewRequired: true }, []],
    [4, 3, { reviewRequired: true }, ['review-note-missing', 'review-still-required']],
    [4, 3, { reviewNote: 'Scope cut.' }, []],
    [0, 2, { budgetAmount: null, jiraProjectKey: null }, ['budget-amount-too-small', 'project-key-missing']],
  ] as const)('from %i to %i with %j gives %j', (from, to, facts, expected) => {
    expect(codes(from, to, facts)).toEqual(expected);
  });

  test('a step back is never blocked, but for the return from the review', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(4), fc.boolean(), fc.boolean(), (from, to, isOpen, reviewRequired) => {
        fc.pre(to < from && !(from === 4 && to === 3));
        expect(codes(from, to, { isOpen, reviewRequired, budgetAmount: null, jiraProjectKey: null })).toEqual([]);
      }),
    );
  });

  test.each(STAGES)('R-310 the process is finished from %s by a completed project only', (from) => {
    const finish = (budgetStatus: BudgetStatus | null) =>
      stageGate({ from, to: 'Finished' }, { ...complete, budgetStatus });
    expect(finish(BudgetStatus.Completed)).toEqual({ allowed: true, reasons: [] });
    for (const status of [
      BudgetStatus.Draft,
      BudgetStatus.Approved,
      BudgetStatus.Active,
      BudgetStatus.OverBudget,
      null,
    ])
      expect(finish(status)).toEqual({
        allowed: false,
        reasons: [{ code: 'project-not-completed', column: 'crmjira_budget_status' }],
      });
  });

  test('the reason of R-206 reads as specified, in both languages', () => {
    const [reason] = stageGate({ from: STAGES[0], to: STAGES[1] }, { ...complete, budgetAmount: null }).reasons;
    expect(reason).toMatchObject({ column: 'budgetamount', amount: 10000 });
    expect(stageReasonText(reason!, 1033, () => '$10,000')).toContain('Must be greater than $10,000');
    expect(stageReasonText(reason!, 3084, () => '10 000 $')).toContain('doit être supérieur à 10 000 $');
  });
});
