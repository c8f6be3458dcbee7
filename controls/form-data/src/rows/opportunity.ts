import type { Money } from '@crmjira/domain';
import { type Currencies, type Currency, currencyOf } from './currencies';
import { type RawRow, flagField, moneyField, numberField, textField } from './row-fields';

/** The opportunity as far as the controls show it (DATA-MODEL 3.3, 3.4). */
export interface Opportunity {
  readonly open: boolean;
  readonly currency: Currency;
  readonly budgetAmount: Money | null;
  readonly projectBudget: Money | null;
  readonly projectKey: string | null;
  readonly reviewRequired: boolean;
}

export const OPPORTUNITY_QUERY =
  '?$select=statecode,budgetamount,crmjira_project_budget,crmjira_jira_project_key,crmjira_budget_review_required,_transactioncurrencyid_value';

/** `opportunity.statecode`: 0 open, 1 won, 2 lost */
const OPEN = 0;

export function parseOpportunity(row: RawRow, currencies: Currencies): Opportunity {
  const currency = currencyOf(row, currencies);
  return {
    open: numberField(row, 'statecode') === OPEN,
    currency,
    budgetAmount: moneyField(row, 'budgetamount', currency.code),
    projectBudget: moneyField(row, 'crmjira_project_budget', currency.code),
    projectKey: textField(row, 'crmjira_jira_project_key'),
    reviewRequired: flagField(row, 'crmjira_budget_review_required'),
  };
}
