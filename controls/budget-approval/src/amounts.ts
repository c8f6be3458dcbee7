import { type Money, amountToAsk } from '@crmjira/domain';
import type { BriefRecord } from '@crmjira/form-data';

/** The amount that is approved today, null before the first approval (`crmjira_budgetstatus` 1 Draft). */
export function approvedToday({ mapping }: BriefRecord): Money | null {
  return mapping && (mapping.budgetStatus ?? 1) > 1 ? mapping.approved : null;
}

/** The amount that may be asked for now; null also while there is no project, and on a closed opportunity. */
export function wishedAmount(record: BriefRecord): Money | null {
  const { mapping, opportunity } = record;
  return mapping && opportunity.open ? amountToAsk(opportunity, approvedToday(record)) : null;
}
