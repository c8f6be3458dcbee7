import { type Money, toDecimal } from '../money/money';
import type { ApprovalStatus } from '../schema/generated/options';

/** A request for approval as somebody makes it: rows are named by lower-case GUIDs. */
export interface WantedApproval {
  readonly opportunityId: string;
  readonly amount: Money;
  /** what is approved today; null before the first approval */
  readonly previous: Money | null;
  /** row of the amount's currency; left out, Dataverse takes the currency of whoever asks */
  readonly currencyId: string | null | undefined;
  readonly personId: string;
  /** instant */
  readonly on: string;
}

type Row = Readonly<Record<string, unknown>>;

/** The row that asks for approval of an amount in its currency; name and comment are whoever asks's. */
export function approvalRow({ opportunityId, amount, previous, currencyId, personId, on }: WantedApproval): Row {
  return {
    'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})`,
    ...(currencyId && { 'transactioncurrencyid@odata.bind': `/transactioncurrencies(${currencyId})` }),
    crmjira_amount: toDecimal(amount),
    ...(previous && { crmjira_previous_amount: toDecimal(previous) }),
    'crmjira_requested_by@odata.bind': `/systemusers(${personId})`,
    crmjira_requested_on: on,
  };
}

/** The row that decides on a request; its alternate key lets one decision through (ADR-4). */
export function decisionRow(requestId: string, outcome: ApprovalStatus, on: string): Row {
  return {
    'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${requestId})`,
    crmjira_decision: outcome,
    crmjira_decided_on: on,
  };
}
