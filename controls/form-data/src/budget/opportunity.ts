import { type Money, OpportunityState } from '@crmjira/domain';
import { type Currencies, type Currency, currencyOf } from '../environment/currencies';
import { moneyField } from '../row/money-field';
import { type RawRow, dateField, formattedField, numberField, textField } from '../row/row-fields';

/** The opportunity as far as the controls show it (D-3.3, D-3.4). */
export interface Opportunity {
  readonly open: boolean;
  readonly currency: Currency;
  readonly budgetAmount: Money | null;
  readonly projectBudget: Money | null;
  /** `crmjira_approvalstatus`, as the integration last wrote it */
  readonly approvalStatus: number | null;
  /** name of the person; null before the first approval */
  readonly approvedBy: string | null;
  /** instant */
  readonly approvedOn: string | null;
}

export const OPPORTUNITY_QUERY =
  '?$select=statecode,budgetamount,_transactioncurrencyid_value,crmjira_project_budget,crmjira_approval_status,_crmjira_approved_by_value,crmjira_approved_on';

export function parseOpportunity(row: RawRow, currencies: Currencies): Opportunity {
  const currency = currencyOf(textField(row, '_transactioncurrencyid_value'), currencies);
  return {
    open: numberField(row, 'statecode') === OpportunityState.Open,
    currency,
    budgetAmount: moneyField(row, 'budgetamount', currency),
    projectBudget: moneyField(row, 'crmjira_project_budget', currency),
    approvalStatus: numberField(row, 'crmjira_approval_status'),
    approvedBy: formattedField(row, '_crmjira_approved_by_value'),
    approvedOn: dateField(row, 'crmjira_approved_on'),
  };
}
