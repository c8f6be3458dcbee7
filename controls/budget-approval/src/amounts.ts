import { BudgetStatus, type Money, amountToAsk } from '@crmjira/domain';
import type { BriefRecord } from './rows/brief';

/** The amount that is approved today, null before the first approval (`crmjira_budgetstatus` Draft). */
export function approvedToday({ figures }: BriefRecord): Money | null {
  return figures && (figures.budgetStatus ?? BudgetStatus.Draft) > BudgetStatus.Draft ? figures.approved : null;
}

/** The amount that may be asked for now; null also while there is no project, and on a closed opportunity. */
export function wishedAmount(record: BriefRecord): Money | null {
  const { figures, opportunity } = record;
  return figures && opportunity.open ? amountToAsk(opportunity, approvedToday(record)) : null;
}
