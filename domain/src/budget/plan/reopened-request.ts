import { derivedId } from '../../hash/derived-id';
import { toDecimal } from '../../money/money';
import type { RowWrite } from './actions';
import type { ApprovalFacts, Guid, OpportunityFacts, RequestReopening } from './facts';
import { bind, create } from './write-rows';

/**
 * The same request once more, as a row has one decision and a decision over its limit has used that up. Its id is the
 * decision's own, so that a repeat opens no second one; who asked stays who asked, also for who may decide.
 */
export function reopenedRequest(
  opportunity: OpportunityFacts,
  approval: ApprovalFacts,
  decisionId: Guid,
  reopening: RequestReopening,
): RowWrite {
  const { requestedById, requestedOn } = approval;
  const { comment, currencyId, deciders, name, previousAmount, requesterIsEnabled } = reopening;
  return create('crmjira_budget_approval', derivedId(decisionId, 'reopened'), {
    'crmjira_opportunity_id@odata.bind': bind('opportunity', opportunity.id),
    'transactioncurrencyid@odata.bind': bind('transactioncurrency', currencyId),
    crmjira_name: name,
    crmjira_amount: toDecimal(approval.amount),
    crmjira_previous_amount: previousAmount,
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
