import { ApprovalStatus, BudgetStatus, process, ProvisioningState } from '@crmjira/domain';
import { planStageMoves } from '../../../../domain/src/budget/plan/plan-stage-moves';
import type { CrmFacts, JiraFacts, ProcessFacts } from '../../../../domain/src/budget/plan/facts';
import type { Action } from '../../../../domain/src/budget/plan/actions';
import type { Language } from '../../../../domain/src/text/language';
import { money } from '../../../../domain/src/money/money';
import type { Policy } from '../../../../domain/src/budget/plan/policy';
import type { Stage } from '../../../../domain/src/budget/stage-gate';
import { POLICY } from './world';

const zeroInbound: Policy = { ...POLICY, returnsInvalidStages: true };
const path = Object.values(process.stages).slice(0, 4).join(',');

interface Case {
  readonly active: Stage;
  readonly process?: Partial<ProcessFacts>;
  readonly ownerLanguage?: Language;
  readonly mapping?: Record<string, unknown> | null;
  readonly opportunity?: Record<string, unknown>;
}

/** Only what the moves look at. */
function crmOf({ active, mapping = {}, opportunity = {}, process: changes = {}, ownerLanguage }: Case): CrmFacts {
  return {
    opportunity: {
      id: 'o',
      name: 'Digital Transformation',
      currency: 'CAD',
      ownerId: 'u',
      ownerType: 'systemuser',
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
      mapping === null
        ? null
        : { id: 'm', provisioningState: ProvisioningState.Linked, status: BudgetStatus.Draft, ...mapping },
    process: {
      instanceId: 'i',
      activeStageId: process.stages[active],
      traversedPath: path,
      finished: false,
      version: 7,
      writtenByService: false,
      ...changes,
    },
    ...(ownerLanguage === undefined ? {} : { ownerLanguage }),
  } as unknown as CrmFacts;
}

const planned = (facts: Case, policy = zeroInbound): Action[] =>
  planStageMoves(crmOf(facts), {} as JiraFacts, policy, '2025-01-20T17:30:00Z');

/** What people are told: the task and the log row. */
function toldOf(facts: Case): { readonly id: string; readonly columns: Record<string, unknown> }[] {
  const [first] = planned(facts);
  return first?.kind === 'dataverse.change-set' ? [...first.writes] : [];
}

const target = (facts: Case, policy = zeroInbound): Stage | null => {
  const action = planned(facts, policy).at(-1);
  if (action?.kind !== 'dataverse.move-stage') return null;
  const found = Object.entries(process.stages).find(([, id]) => id === action.toStageId);
  expect(action.traversedPath.split(',').at(-1)).toBe(action.toStageId);
  return (found?.[0] ?? null) as Stage | null;
};

describe('stages where nobody can refuse a move (R-303, ADR-3)', () => {
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

describe('an end that nobody could refuse (R-310, ADR-3)', () => {
  const ended: Case = {
    active: 'ProjectExecution',
    process: { finished: true },
    mapping: { status: BudgetStatus.Active },
  };
  const reactivation = { kind: 'dataverse.reactivate-process', instanceId: 'i' };

  test('before the project is completed the process becomes active again, only where inbound is missing', () => {
    expect(planned(ended).at(-1)).toEqual(reactivation);
    expect(planned(ended, POLICY)).toEqual([]);
    const unlinked = { ...ended, active: 'OpportunityQualification', mapping: null } as const;
    expect(planned(unlinked).at(-1)).toEqual(reactivation);
  });

  test('a completed project’s end, an abandoned process, the service’s own end and a closed opportunity stay', () => {
    expect(planned({ ...ended, opportunity: { budgetStatus: BudgetStatus.Completed } })).toEqual([]);
    expect(planned({ ...ended, process: { finished: true, abandoned: true } })).toEqual([]);
    expect(planned({ ...ended, process: { finished: true, writtenByService: true } })).toEqual([]);
    expect(planned({ ...ended, opportunity: { state: 'won' } })).toEqual([]);
  });

  test('owner and log are told why, in the owner’s language', () => {
    const [task, log] = toldOf({ ...ended, ownerLanguage: 3084 });
    expect(task?.columns).toMatchObject({
      subject: 'Processus réactivé - Digital Transformation',
      description: expect.stringContaining('choisissez Terminer le projet'),
      'ownerid@odata.bind': '/systemusers(u)',
    });
    expect(log?.columns).toMatchObject({
      crmjira_event_type: 'process_reactivated',
      crmjira_error_message: expect.stringContaining('choose Complete Project'),
      crmjira_source_record_id: 'o',
    });
  });
});

describe('what the owner is told of a move that is taken back (R-303)', () => {
  const early: Case = { active: 'ProjectExecution' };

  test('task and log say which stage it was and what is missing, with amounts of the row’s currency', () => {
    const [task, log] = toldOf(early);
    expect(task?.columns).toMatchObject({
      subject: 'Process moved back - Digital Transformation',
      description: [
        'The process was moved to "Project Execution" before the conditions for it were met. It returns to the stage that still waits.',
        'The budget has not been approved. Request approval, then a budget approver decides.',
      ].join('\n'),
    });
    expect(log?.columns).toMatchObject({ crmjira_event_type: 'stage_taken_back', crmjira_integration_status: 2 });
    const small = { budgetAmount: money(500_000, 'CAD'), jiraProjectKey: null };
    const [smallTask] = toldOf({ active: 'JiraProjectCreation', mapping: null, opportunity: small });
    expect(smallTask?.columns['description']).toContain('$10,000.00 CAD');
  });

  test('once a move: the same move has the same rows, another has others, the service’s own way back none', () => {
    const ids = (facts: Case): string[] => toldOf(facts).map(({ id }) => id);
    expect(ids(early)).toHaveLength(2);
    expect(ids(early)).toEqual(ids(early));
    expect(ids({ ...early, process: { version: 8 } })).not.toEqual(ids(early));
    const back = { ...early, process: { writtenByService: true } };
    expect(ids(back)).toEqual([]);
    expect(target(back)).toBe('BudgetApproval');
  });
});
