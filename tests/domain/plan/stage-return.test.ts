import { ApprovalStatus, BudgetStatus, process, ProvisioningState } from '@crmjira/domain';
import { planStageMoves } from '../../../domain/src/plan/plan-stage-moves';
import type { CrmFacts, JiraFacts } from '../../../domain/src/plan/facts';
import { money } from '../../../domain/src/money';
import type { Policy } from '../../../domain/src/plan/policy';
import type { Stage } from '../../../domain/src/stage-gate';
import { POLICY } from './world';

const zeroInbound: Policy = { ...POLICY, returnsInvalidStages: true };
const path = Object.values(process.stages).slice(0, 4).join(',');

interface Case {
  readonly active: Stage;
  readonly mapping?: Record<string, unknown> | null;
  readonly opportunity?: Record<string, unknown>;
}

/** Only what the moves look at. */
function crmOf({ active, mapping = {}, opportunity = {} }: Case): CrmFacts {
  return {
    opportunity: {
      state: 'open',
      budgetAmount: money(25_000_000, 'CAD'),
      jiraProjectKey: 'CRMWYVLZZJ',
      approvalStatus: ApprovalStatus.NotRequested,
      projectBudget: money(25_000_000, 'CAD'),
      budgetStatus: BudgetStatus.Draft,
      reviewRequired: false,
      reviewNote: null,
      ...opportunity,
    },
    mapping:
      mapping === null ? null : { provisioningState: ProvisioningState.Linked, status: BudgetStatus.Draft, ...mapping },
    process: { instanceId: 'i', activeStageId: process.stages[active], traversedPath: path, finished: false },
  } as unknown as CrmFacts;
}

const target = (facts: Case, policy = zeroInbound): Stage | null => {
  const [action] = planStageMoves(crmOf(facts), {} as JiraFacts, policy, '2025-01-20T17:30:00Z');
  if (action?.kind !== 'dataverse.move-stage') return null;
  const found = Object.entries(process.stages).find(([, id]) => id === action.toStageId);
  expect(action.traversedPath.split(',').at(-1)).toBe(action.toStageId);
  return (found?.[0] ?? null) as Stage | null;
};

describe('stages where nobody can refuse a move (R-303, DESIGN decision 3)', () => {
  test('execution without approval goes back to approval, and only where inbound is missing', () => {
    expect(target({ active: 'ProjectExecution' })).toBe('BudgetApproval');
    expect(target({ active: 'ProjectExecution' }, POLICY)).toBeNull();
    expect(target({ active: 'BudgetApproval' })).toBeNull();
  });

  test('one adjacent stage at a time, to the first gate that does not open', () => {
    const creating = { provisioningState: ProvisioningState.Requested, status: BudgetStatus.Draft };
    expect(target({ active: 'ProjectExecution', mapping: creating })).toBe('BudgetApproval');
    expect(target({ active: 'BudgetApproval', mapping: creating })).toBe('JiraProjectCreation');
    expect(target({ active: 'JiraProjectCreation', mapping: creating })).toBeNull();
  });

  test('without a project and with too small a budget the process goes back to its start', () => {
    const small = { budgetAmount: money(500_000, 'CAD'), jiraProjectKey: null };
    expect(target({ active: 'BudgetApproval', mapping: null, opportunity: small })).toBe('JiraProjectCreation');
    expect(target({ active: 'JiraProjectCreation', mapping: null, opportunity: small })).toBe(
      'OpportunityQualification',
    );
    expect(target({ active: 'OpportunityQualification', mapping: null, opportunity: small })).toBeNull();
  });

  test.each([BudgetStatus.Active, BudgetStatus.OverBudget, BudgetStatus.Completed])(
    'a budget that was active (%s) stays where it is, whatever its approval says now',
    (status) => {
      const asked = { approvalStatus: ApprovalStatus.Pending };
      expect(target({ active: 'ProjectExecution', mapping: { status }, opportunity: asked })).toBeNull();
      expect(target({ active: 'BudgetReviewRequired', mapping: { status } })).toBeNull();
    },
  );

  test('a linked project for a budget lowered since is left alone, and so is a closed opportunity', () => {
    expect(target({ active: 'BudgetApproval', opportunity: { budgetAmount: money(1, 'CAD') } })).toBeNull();
    expect(target({ active: 'ProjectExecution', opportunity: { state: 'won' } })).toBeNull();
  });

  test('what is moved back is never what the next plan moves forward', () => {
    for (const active of ['JiraProjectCreation', 'BudgetApproval', 'ProjectExecution'] as const)
      for (const provisioningState of Object.values(ProvisioningState))
        for (const status of Object.values(BudgetStatus))
          for (const approvalStatus of Object.values(ApprovalStatus)) {
            const facts = { mapping: { provisioningState, status }, opportunity: { approvalStatus } };
            const visited = new Set<Stage>();
            for (let at: Stage | null = active; at !== null; at = target({ active: at, ...facts })) {
              expect(visited).not.toContain(at);
              visited.add(at);
            }
          }
  });
});
