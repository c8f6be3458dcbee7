import { type Money, compareMoney } from '../money/money';
import { BudgetStatus } from '../schema/generated/options';

/** Labels of the Jira select field 10102; `Overbudget` is one word there (D-2). */
export const JIRA_STATUS_LABEL: Readonly<Record<BudgetStatus, string>> = {
  [BudgetStatus.Draft]: 'Draft',
  [BudgetStatus.Approved]: 'Approved',
  [BudgetStatus.Active]: 'Active',
  [BudgetStatus.OverBudget]: 'Overbudget',
  [BudgetStatus.Completed]: 'Completed',
};

export interface StatusInputs {
  readonly spent: Money;
  readonly approved: Money;
  /** A valid approval holds, or the environment approves on provisioning. */
  readonly isApproved: boolean;
  /** A person's approval has reached Jira, or the first budget event came in. */
  readonly isActivated: boolean;
  readonly isCompleted: boolean;
}

/**
 * Budget status state machine (R-309, D-8): 1→2 on approval; 2→3 on activation; {2,3}→4 when spent > approved; 4→3 when
 * spent ≤ approved; any open → 5 on completion; 5 is terminal. Equality is not over budget; a Draft stays a Draft until approved.
 */
export function nextBudgetStatus(current: BudgetStatus, inputs: StatusInputs): BudgetStatus {
  if (current === BudgetStatus.Completed || inputs.isCompleted) return BudgetStatus.Completed;
  const approvedNow = current === BudgetStatus.Draft ? inputs.isApproved : true;
  if (!approvedNow) return BudgetStatus.Draft;
  if (compareMoney(inputs.spent, inputs.approved) > 0) return BudgetStatus.OverBudget;
  if (current === BudgetStatus.Active || current === BudgetStatus.OverBudget || inputs.isActivated)
    return BudgetStatus.Active;
  return BudgetStatus.Approved;
}
