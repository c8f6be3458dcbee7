import { type Money, approvalRow, equalMoney } from '@crmjira/domain';
import { type Desk, type RawRow, type ReadFailure, isTaken, readFailure } from '@crmjira/form-data';
import { approvedToday, wishedAmount } from '../amounts';
import { type BriefRecord, readBrief } from './brief';

/** What became of a request or decision; noComment: not sent without one; changed: not sent, as the amount is another by now; taken: the request has a decision already. */
export type Sent = 'noComment' | 'changed' | 'sending' | 'sent' | 'taken' | ReadFailure;

/**
 * Sends a row that no person can change or delete afterwards.
 * @param table the end of its name
 * @param name of the row in lists
 * @param comment left out when empty
 */
export async function send(
  { webApi, isOffline }: Desk,
  table: 'approval' | 'decision',
  row: RawRow,
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
    return isTaken(error) ? 'taken' : readFailure(error, isOffline());
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
    const row = approvalRow({
      opportunityId: desk.id,
      amount,
      previous: approvedToday(fresh),
      // Also where it is the organization's because the opportunity has none.
      currencyId: fresh.opportunity.currency.id,
      personId,
      on: desk.instant(),
    });
    return await send(desk, 'approval', row, name, comment);
  } catch (error) {
    return readFailure(error, desk.isOffline());
  }
}
