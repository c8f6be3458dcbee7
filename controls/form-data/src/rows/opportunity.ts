import { type Money, moneyFromDecimal } from '@crmjira/domain';
import { type Currencies, type Currency, currencyOf } from './currencies';
import { type RawRow, numberField, textField } from './row-fields';

/** The opportunity as far as the controls show it (DATA-MODEL 3.3, 3.4). */
export interface Opportunity {
  readonly open: boolean;
  readonly currency: Currency;
  readonly budgetAmount: Money | null;
}

export const OPPORTUNITY_QUERY = '?$select=statecode,budgetamount,_transactioncurrencyid_value';

/** `opportunity.statecode`: 0 open, 1 won, 2 lost */
const OPEN = 0;

export function parseOpportunity(row: RawRow, currencies: Currencies): Opportunity {
  const currency = currencyOf(textField(row, '_transactioncurrencyid_value'), currencies);
  const amount = numberField(row, 'budgetamount');
  return {
    open: numberField(row, 'statecode') === OPEN,
    currency,
    budgetAmount: amount === null ? null : moneyFromDecimal(amount, currency.code),
  };
}
