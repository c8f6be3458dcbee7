import { remainingBudget, utilization } from '../burn';
import { wholeSecond } from '../../calendar/calendar';
import { type Money, toDecimal } from '../../money/money';
import type { BudgetStatus } from '../../schema/generated/options';
import type { TableRows } from '../../schema/rows';
import type { BudgetFacts, JiraProjectFacts, MappingFacts } from './facts';

/** Hours with two decimals, as the columns keep them. */
export const storedHours = (hours: number): number => Math.round(hours * 100) / 100;

/** The mapping's columns that follow from what was spent and what is approved. */
export function figureColumns(
  budget: BudgetFacts,
  approved: Money,
  jiraAmount: Money | null,
  status: BudgetStatus,
): Partial<TableRows['crmjira_budget_mapping']> {
  return {
    crmjira_approved_budget: toDecimal(approved),
    crmjira_spent_amount: toDecimal(budget.spent),
    crmjira_remaining_budget: toDecimal(remainingBudget(approved, budget.spent)),
    crmjira_jira_amount: jiraAmount === null ? null : toDecimal(jiraAmount),
    crmjira_budget_status: status,
    crmjira_utilization: utilization(budget.spent, approved),
    crmjira_total_hours: storedHours(budget.hours),
  };
}

/** When Jira last had news that these figures hold (D-3.2); never put back, as a deleted issue takes its times along. */
export function eventColumn(
  { lastEventOn }: MappingFacts,
  { changedOn }: JiraProjectFacts,
): Partial<TableRows['crmjira_budget_mapping']> {
  if (changedOn == null) return {};
  const at = wholeSecond(changedOn);
  return lastEventOn === null || at > wholeSecond(lastEventOn) ? { crmjira_last_event_on: at } : {};
}
