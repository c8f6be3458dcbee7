import { moneyFromDecimal, moneyText } from '@crmjira/domain';
import { userLanguage } from '../opportunity-form/words';

/** A row of a request for approval, as the Web API answers it with its currency expanded. */
type RequestRow = Readonly<Record<string, unknown>> & {
  readonly transactioncurrencyid?: { readonly isocurrencycode?: string } | null;
};

/**
 * `$250,000.00 CAD` in the language of the person: what a decision is about, from the amount of the request and not from its name, which
 * anybody may have written. Null where the amount or its currency is hidden.
 */
export function requestedAmountText(row: RequestRow): string | null {
  const { crmjira_amount: amount, transactioncurrencyid: currency } = row;
  if (typeof amount !== 'number' || !currency?.isocurrencycode) return null;
  return moneyText(moneyFromDecimal(amount, currency.isocurrencycode), userLanguage());
}
