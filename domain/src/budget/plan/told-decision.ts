import type { RowWrite } from './actions';
import type { ApprovalFacts } from './facts';
import { bind, update } from './write-rows';

/**
 * What was decided, in the request's row: few may read decisions, and whoever asked is to know who decided and why (F-104). It is
 * written once the decision is carried out. Without an outcome the decision broke a rule: the request is used up and has expired.
 * @returns no write where the row has it already
 */
export function toldDecision(
  { requestId, toldDecisionOn, decision }: ApprovalFacts,
  isCarriedOut: boolean,
): RowWrite[] {
  if (!decision) return [];
  if (toldDecisionOn !== null && Date.parse(toldDecisionOn) === Date.parse(decision.decidedOn)) return [];
  return [
    update('crmjira_budget_approval', requestId, {
      'crmjira_decided_by@odata.bind': bind('systemuser', decision.decidedById),
      crmjira_decided_on: decision.decidedOn,
      crmjira_decision: isCarriedOut ? decision.outcome : null,
      crmjira_decision_comment: isCarriedOut ? decision.comment : null,
    }),
  ];
}
