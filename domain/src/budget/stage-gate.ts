import { type Money, compareMoney, zero } from '../money/money';
import { ApprovalStatus, BudgetStatus, ProvisioningState } from '../schema/generated/options';
import { exceedsProvisioningThreshold } from './thresholds';

/** Stages of "Opportunity to JIRA Project" in their order. */
export const STAGES = [
  'OpportunityQualification',
  'JiraProjectCreation',
  'BudgetApproval',
  'ProjectExecution',
  'BudgetReviewRequired',
] as const;
export type Stage = (typeof STAGES)[number];

/** Where a move may lead: another stage, or the end of the process. */
export type StageGoal = Stage | 'Finished';

/** What the gates look at; form script and proxy fill it from the same columns. */
export interface StageFacts {
  readonly isOpen: boolean;
  readonly budgetAmount: Money | null;
  /** `crmjira_BudgetThreshold`, major units */
  readonly budgetThreshold: number;
  readonly jiraProjectKey: string | null;
  /** null: no mapping yet */
  readonly provisioningState: ProvisioningState | null;
  readonly approvalStatus: ApprovalStatus;
  readonly projectBudget: Money | null;
  readonly budgetStatus: BudgetStatus | null;
  readonly reviewRequired: boolean;
  readonly reviewNote: string | null;
}

export type StageReasonCode =
  | 'opportunity-not-open'
  | 'budget-amount-too-small'
  | 'project-key-missing'
  | 'project-not-linked'
  | 'approval-missing'
  | 'project-budget-missing'
  | 'budget-not-active'
  | 'review-not-required'
  | 'review-still-required'
  | 'review-note-missing'
  | 'project-not-completed';

export interface StageReason {
  readonly code: StageReasonCode;
  /** column of the opportunity that is missing or wrong: where the form puts the message */
  readonly column: string;
  /** major units, for reasons that name an amount */
  readonly amount?: number;
}

export interface StageVerdict {
  readonly allowed: boolean;
  readonly reasons: readonly StageReason[];
}

type Exit = (facts: StageFacts) => (StageReason | false)[];

/** Exit conditions in stage order (D-8). The entry condition of a stage is the exit condition of the one before it. */
const EXITS: Readonly<Record<Stage, Exit>> = {
  OpportunityQualification: (f) => [
    !f.isOpen && { code: 'opportunity-not-open', column: 'statecode' },
    !exceedsProvisioningThreshold(f.budgetAmount, f.budgetThreshold) && {
      code: 'budget-amount-too-small',
      column: 'budgetamount',
      amount: f.budgetThreshold,
    },
  ],
  JiraProjectCreation: (f) => [
    !f.jiraProjectKey && { code: 'project-key-missing', column: 'crmjira_jira_project_key' },
    f.provisioningState !== ProvisioningState.Linked && {
      code: 'project-not-linked',
      column: 'crmjira_jira_project_key',
    },
  ],
  BudgetApproval: (f) => [
    f.approvalStatus !== ApprovalStatus.Approved && { code: 'approval-missing', column: 'crmjira_approval_status' },
    !isPositive(f.projectBudget) && { code: 'project-budget-missing', column: 'crmjira_project_budget' },
    f.approvalStatus === ApprovalStatus.Approved &&
      f.budgetStatus !== BudgetStatus.Active &&
      f.budgetStatus !== BudgetStatus.OverBudget && { code: 'budget-not-active', column: 'crmjira_budget_status' },
  ],
  ProjectExecution: (f) => [
    !f.reviewRequired && { code: 'review-not-required', column: 'crmjira_budget_review_required' },
  ],
  BudgetReviewRequired: (f) => [
    !f.reviewNote?.trim() && { code: 'review-note-missing', column: 'crmjira_budget_review_note' },
    f.reviewRequired && { code: 'review-still-required', column: 'crmjira_budget_review_required' },
  ],
};

/** The process finishes when the project completes (D-8, R-310), from whatever stage. */
const FINISH: Exit = (f) => [
  f.budgetStatus !== BudgetStatus.Completed && { code: 'project-not-completed', column: 'crmjira_budget_status' },
];

function isPositive(amount: Money | null): boolean {
  return amount !== null && compareMoney(amount, zero(amount.currency)) > 0;
}

/**
 * May the process move from one stage to another, or finish? Forward: every stage on the way must be complete. Back:
 * always, but for the return from the review branch to execution, which is the exit of the review and needs its note.
 */
export function stageGate(move: { readonly from: Stage; readonly to: StageGoal }, facts: StageFacts): StageVerdict {
  const reasons = exitsOf(move.from, move.to)
    .flatMap((exit) => exit(facts))
    .filter((reason) => reason !== false);
  return { allowed: reasons.length === 0, reasons };
}

function exitsOf(from: Stage, to: StageGoal): readonly Exit[] {
  if (to === 'Finished') return [FINISH];
  if (from === 'BudgetReviewRequired' && to === 'ProjectExecution') return [EXITS.BudgetReviewRequired];
  return STAGES.slice(STAGES.indexOf(from), STAGES.indexOf(to)).map((stage) => EXITS[stage]);
}
