import { derivedId } from '../../hash/derived-id';
import { toDecimal } from '../../money/money';
import type { RowWrite } from './actions';
import { approvedSoFar } from './approved-amount';
import type { ApprovalFacts, Guid, MappingFacts, OpportunityFacts, RequestReopening } from './facts';
import { bind, create } from './write-rows';

/**
 * The same request once more, as a row has one decision and a decision over its limit has used that up. Its id is the
 * decision's own, so that a repeat opens no second one; who asked stays who asked, also for who may decide.
 */
export function reopenedRequest(
  opportunity: OpportunityFacts,
  mapping: MappingFacts | null,
  approval: ApprovalFacts,
  decisionId: Guid,
  reopening: RequestReopening,
): RowWrite {
  const { requestedById, requestedOn } = approval;
  const { comment, currencyId, deciders, name, requesterIsEnabled } = reopening;
  const before = approvedSoFar(mapping);
  return create('crmjira_budget_approval', derivedId(decisionId, 'reopened'), {
    'crmjira_opportunity_id@odata.bind': bind('opportunity', opportunity.id),
    'transactioncurrencyid@odata.bind': bind('transactioncurrency', currencyId),
    crmjira_name: name,
    crmjira_amount: toDecimal(approval.amount),
    // The row has one currency.
    crmjira_previous_amount: before?.currency === approval.amount.currency ? toDecimal(before) : null,
    crmjira_comment: comment,
    // For everybody who sees the request: few may read decisions, and nobody but the service knows the limits.
    crmjira_deciders: deciders.map(({ id }) => id).join(',') || null,
    'crmjira_requested_by@odata.bind': bind('systemuser', requestedById),
    crmjira_requested_on: requestedOn,
    // Whoever could read the first row reads this one: people see the requests of their business unit.
    'ownerid@odata.bind': requesterIsEnabled
      ? bind('systemuser', requestedById)
      : bind(opportunity.ownerType, opportunity.ownerId),
  });
}
