import { plainId } from '@crmjira/form-data';
import { OpportunityState, ApprovalStatus, type BudgetStatus } from '@crmjira/domain';
import { isReadOnly } from '../opportunity-form/is-read-only';
import { isReadable } from '../opportunity-form/is-readable';
import type { CommandFacts } from './command-rules';

/** Id of the record as the Web API takes it; empty before the first save. */
export function recordId(formContext: Xrm.FormContext): string {
  return plainId(formContext.data.entity.getId());
}

export function commandFacts(formContext: Xrm.FormContext): CommandFacts {
  const value = (column: string): unknown => formContext.getAttribute(column)?.getValue() ?? null;
  return {
    isSaved: recordId(formContext) !== '',
    mayWrite: !isReadOnly(formContext),
    // Not every form has the column; the service asks again and answers in words.
    isOpen: (value('statecode') ?? OpportunityState.Open) === OpportunityState.Open,
    // The columns are text, money and global choices: their values are of these types.
    jiraProjectKey: value('crmjira_jira_project_key') as string | null,
    isKeyReadable: isReadable(formContext, 'crmjira_jira_project_key'),
    approvalStatus: (value('crmjira_approval_status') ?? ApprovalStatus.NotRequested) as ApprovalStatus,
    budgetStatus: value('crmjira_budget_status') as BudgetStatus | null,
    budgetAmount: value('budgetamount') as number | null,
  };
}
