import { ApprovalStatus, BudgetStatus } from '@crmjira/domain';
import { isFixed } from './is-read-only';
import { leadToColumn } from './lead-to-column';
import { readFlag } from './read-record-facts';
import { actualCostLabel, approvedOnlyText, changeAmountText } from './words';

const NOTIFICATION = 'crmjira.owned';
const PROJECT_BUDGET = ['crmjira_project_budget', 'header_process_crmjira_project_budget'] as const;

interface Standing {
  readonly approvalStatus: ApprovalStatus | null;
  readonly budgetStatus: BudgetStatus | null;
  readonly projectKey: string | null;
}

/** Once a budget is approved only another approval changes it: the service writes over what people enter. Pure. */
export function isBudgetOwned({ approvalStatus, budgetStatus }: Omit<Standing, 'projectKey'>): boolean {
  return approvalStatus === ApprovalStatus.Approved || (budgetStatus ?? BudgetStatus.Draft) > BudgetStatus.Draft;
}

/**
 * Locks what the service owns and would write over (F-111): the approved budget, and the actual revenue where it holds what was spent
 * in Jira. Said again whenever the form has its data; only what was locked here is unlocked again.
 */
export function lockOwnedColumns(formContext: Xrm.FormContext): void {
  const locked = new Set<string>();
  const lock = (name: string, owned: boolean): void => {
    const control = formContext.getControl<Xrm.Controls.StandardControl>(name);
    if (!control || owned === locked.has(name)) return;
    control.setDisabled(owned);
    if (owned) locked.add(name);
    else locked.delete(name);
  };
  const look = async (): Promise<void> => {
    const standing = standingOf(formContext);
    const isApproved = isBudgetOwned(standing);
    for (const name of PROJECT_BUDGET) lock(name, isApproved);
    sayWhatToChange(formContext, isApproved);
    if (standing.projectKey === null || !(await readFlag('crmjira_WriteSpentToActualValue', true))) return;
    lock('actualvalue', true);
    formContext.getControl<Xrm.Controls.StandardControl>('actualvalue')?.setLabel(actualCostLabel());
  };
  const lookOrReport = (): void =>
    void look().catch((error: unknown) => console.error('What the service owns could not be read.', error));
  formContext.data.addOnLoad(lookOrReport);
  lookOrReport();
}

function standingOf(formContext: Xrm.FormContext): Standing {
  const value = (column: string): unknown => formContext.getAttribute(column)?.getValue() ?? null;
  return {
    // Global choices and a text: their values are of these types.
    approvalStatus: value('crmjira_approval_status') as ApprovalStatus | null,
    budgetStatus: value('crmjira_budget_status') as BudgetStatus | null,
    projectKey: value('crmjira_jira_project_key') as string | null,
  };
}

/** Beside the locked budget: what can be changed instead, and the way there; to those who can change it. */
function sayWhatToChange(formContext: Xrm.FormContext, isApproved: boolean): void {
  const control = formContext.getControl<Xrm.Controls.StandardControl>(PROJECT_BUDGET[0]);
  if (!control) return;
  if (!isApproved || isFixed(formContext)) return void control.clearNotification(NOTIFICATION);
  control.addNotification({
    messages: [approvedOnlyText()],
    notificationLevel: 'RECOMMENDATION',
    uniqueId: NOTIFICATION,
    actions: [{ message: changeAmountText(), actions: [() => leadToColumn(formContext, 'budgetamount')] }],
  });
}
