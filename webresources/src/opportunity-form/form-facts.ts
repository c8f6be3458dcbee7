import { ApprovalStatus, type BudgetStatus, type Money, type StageFacts, moneyFromDecimal } from '@crmjira/domain';
import type { RecordFacts } from './read-record-facts';

/** Columns of the form that the gate looks at. */
export const GATE_COLUMNS = [
  'budgetamount',
  'crmjira_jira_project_key',
  'crmjira_approval_status',
  'crmjira_project_budget',
  'crmjira_budget_status',
  'crmjira_budget_review_required',
  'crmjira_budget_review_note',
] as const;

/** Facts for the gate: what stands on the form, saved or not, and what was read beside it. */
export function formFacts(formContext: Xrm.FormContext, record: RecordFacts, budgetThreshold: number): StageFacts {
  const text = (column: string) => formContext.getAttribute<Xrm.Attributes.StringAttribute>(column)?.getValue() ?? null;
  const choice = (column: string) =>
    formContext.getAttribute<Xrm.Attributes.OptionSetAttribute>(column)?.getValue() ?? null;
  const amount = (column: string): Money | null => {
    const value = formContext.getAttribute<Xrm.Attributes.NumberAttribute>(column)?.getValue() ?? null;
    return value === null ? null : moneyFromDecimal(value, record.currency);
  };
  return {
    isOpen: record.isOpen,
    budgetAmount: amount('budgetamount'),
    budgetThreshold,
    jiraProjectKey: text('crmjira_jira_project_key'),
    provisioningState: record.provisioningState,
    // The columns are of these global choices: their values are the generated ones.
    approvalStatus: (choice('crmjira_approval_status') ?? ApprovalStatus.NotRequested) as ApprovalStatus,
    projectBudget: amount('crmjira_project_budget'),
    budgetStatus: choice('crmjira_budget_status') as BudgetStatus | null,
    reviewRequired:
      formContext.getAttribute<Xrm.Attributes.BooleanAttribute>('crmjira_budget_review_required')?.getValue() ?? false,
    reviewNote: text('crmjira_budget_review_note'),
  };
}
