import { type Money, toDecimal } from '@crmjira/domain';
import { type Desk, type Opportunity, type RawRow, type ReadFailure, hasCode, readFailure } from '@crmjira/form-data';

/** What became of a request or decision that was sent; taken: the request has a decision already. */
export type Sent = 'sending' | 'sent' | 'taken' | ReadFailure;

/** Codes of a row whose alternate key is taken, and the HTTP status where a client gives that. */
const TAKEN = [0x80060892, 0x80040237, 412];

/** Sends a row that nobody can change or delete afterwards. @param comment left out when empty */
export async function send({ webApi, isOffline }: Desk, table: string, row: RawRow, comment: string): Promise<Sent> {
  try {
    await webApi.createRecord(table, { ...row, crmjira_comment: comment || undefined });
    return 'sent';
  } catch (error) {
    return hasCode(error, TAKEN) ? 'taken' : readFailure(error, isOffline());
  }
}

/**
 * Asks for approval of an amount in the opportunity's currency, also where that is the organization's because the opportunity has
 * none: Dataverse would take the currency of whoever asks.
 * @param name of the row in lists
 */
export function requestRow(
  opportunityId: string,
  { currency }: Opportunity,
  name: string,
  amount: Money,
  previous: Money | null,
): RawRow {
  return {
    'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})`,
    ...(currency.id && { 'transactioncurrencyid@odata.bind': `/transactioncurrencies(${currency.id})` }),
    crmjira_name: name,
    crmjira_amount: toDecimal(amount),
    crmjira_previous_amount: previous ? toDecimal(previous) : undefined,
    crmjira_requested_on: new Date().toISOString(),
  };
}

/** Decides on a request; its alternate key lets one decision through (DESIGN decision 4). */
export function decisionRow(requestId: string, name: string, outcome: number): RawRow {
  return {
    'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${requestId})`,
    crmjira_name: name,
    crmjira_decision: outcome,
    crmjira_decided_on: new Date().toISOString(),
  };
}
