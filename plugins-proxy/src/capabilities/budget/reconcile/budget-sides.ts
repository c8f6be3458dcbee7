import type { CrmFacts, JiraFacts } from '@crmjira/domain';

/** Both sides of one opportunity. */
export interface BudgetSides {
  readonly crm: CrmFacts;
  /** null: Jira was not looked at, or has not answered yet */
  readonly jira: JiraFacts | null;
}
