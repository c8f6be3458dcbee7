import { type Money, equalMoney, toDecimal } from '@crmjira/domain';
import { type Desk, type Opportunity, type RawRow, type ReadFailure, hasCode, readFailure } from '@crmjira/form-data';
import { approvedToday, wishedAmount } from '../amounts';
import { type BriefRecord, readBrief } from './brief';

/** What became of a request or decision; noComment: not sent without one; changed: not sent, as the amount is another by now; taken: the request has a decision already. */
export type Sent = 'noComment' | 'changed' | 'sending' | 'sent' | 'taken' | ReadFailure;

/** Codes of a row whose alternate key is taken, and the HTTP status where a client gives that. */
const TAKEN = [0x80060892, 0x80040237, 412];

/** A row to be written: the end of its table's name, and the columns that the other table has not. */
export type Errand = readonly [table: 'approval' | 'decision', row: RawRow];

/**
 * Sends a row that no person can change or delete afterwards.
 * @param name of the row in lists
 * @param comment left out when empty
 */
export async function send(
  { webApi, isOffline }: Desk,
  [table, row]: Errand,
  name: string,
  comment: string,
): Promise<Sent> {
  try {
    await webApi.createRecord(`crmjira_budget_${table}`, {
      ...row,
      crmjira_name: name,
      crmjira_comment: comment || undefined,
    });
    return 'sent';
  } catch (error) {
    return hasCode(error, TAKEN) ? 'taken' : readFailure(error, isOffline());
  }
}

/**
 * Asks for approval of what is shown, if the row still has that amount: it is read once more, as the form may have saved since (F-102).
 * @param name see `send`
 */
export async function askFor(
  desk: Desk,
  shown: BriefRecord,
  personId: string,
  amount: Money,
  name: string,
  comment: string,
): Promise<Sent> {
  try {
    const fresh = await readBrief(desk, shown);
    if (!equalMoney(wishedAmount(fresh), amount)) return 'changed';
    const row = requestOf(desk, fresh.opportunity, personId, amount, approvedToday(fresh));
    return await send(desk, row, name, comment);
  } catch (error) {
    return readFailure(error, desk.isOffline());
  }
}

/**
 * The row that asks for approval of an amount in the opportunity's currency, also where that is the organization's because the opportunity has
 * none: Dataverse would take the currency of whoever asks.
 */
function requestOf(
  { id, instant }: Desk,
  { currency }: Opportunity,
  personId: string,
  amount: Money,
  previous: Money | null,
): Errand {
  const row = {
    'crmjira_opportunity_id@odata.bind': `/opportunities(${id})`,
    ...(currency.id && { 'transactioncurrencyid@odata.bind': `/transactioncurrencies(${currency.id})` }),
    crmjira_amount: toDecimal(amount),
    crmjira_previous_amount: previous ? toDecimal(previous) : undefined,
    'crmjira_requested_by@odata.bind': `/systemusers(${personId})`,
    crmjira_requested_on: instant(),
  };
  return ['approval', row];
}

/** Decides on a request; its alternate key lets one decision through (ADR-4). */
export function decisionOn({ instant }: Desk, requestId: string, outcome: number): Errand {
  const row = {
    'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${requestId})`,
    crmjira_decision: outcome,
    crmjira_decided_on: instant(),
  };
  return ['decision', row];
}
