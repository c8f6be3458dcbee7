import { derivedId } from '../derived-id';
import { moneyText } from '../money-text';
import { equalMoney, toDecimal } from '../money';
import { ApprovalStatus, CommandState, CommandType } from '../schema/generated/options';
import type { Action, RowWrite } from './actions';
import { decisionRefusal, isGranted, isTakenOver } from './approved-amount';
import { refusedDecisionText, unapprovedTexts } from './decision-texts';
import type { ApprovalFacts, CrmFacts, Instant, JiraFacts, OpportunityFacts } from './facts';
import { teamNotice } from './plan-team-notice';
import { ownerTask } from './owner-task';
import type { Policy } from './policy';
import { reopenedRequest } from './reopened-request';
import { bind, create, update } from './write-rows';

/**
 * Copies a grant that a newer request has overtaken first, as if a run had come between the two, then the newest request.
 */
export function planApproval(crm: CrmFacts, jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  const { earlierGrant = null, opportunity } = crm;
  const isOvertaken =
    opportunity !== null &&
    isGranted(earlierGrant) &&
    !isGranted(crm.approval) &&
    !isTakenOver(earlierGrant, opportunity);
  return planRequest(isOvertaken ? { ...crm, approval: earlierGrant } : crm, jira, policy, now);
}

/**
 * Copies the newest request and its decision to the opportunity and tells the project team, or the owner why
 * nothing was approved. A decision that breaks a rule has no effect; a refused command row says so in words, once. Over the limit of
 * the one who decided the request stays open for others.
 */
function planRequest(crm: CrmFacts, _jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  const { approval, opportunity } = crm;
  if (!approval || !opportunity || opportunity.state !== 'open') return [];
  const refusal = decisionRefusal(approval);
  const decision = refusal ? null : approval.decision;
  const wishedStatus = decision?.outcome ?? ApprovalStatus.Pending;
  const granted = wishedStatus === ApprovalStatus.Approved;
  const writes: RowWrite[] = [];

  // A grant after another changes no status, but who approved and when.
  const isNewGrant = granted && !isTakenOver(approval, opportunity);
  const statusDiffers = opportunity.approvalStatus !== wishedStatus;
  // The opportunity's column is in the opportunity's currency; an amount approved in another has no place in it.
  const fits = approval.amount.currency === opportunity.currency;
  const amountDiffers = granted && fits && !equalMoney(opportunity.projectBudget, approval.amount);
  if (statusDiffers || amountDiffers || isNewGrant) {
    writes.push(
      update('opportunity', opportunity.id, {
        crmjira_approval_status: wishedStatus,
        ...(granted && decision
          ? {
              ...(fits ? { crmjira_project_budget: toDecimal(approval.amount) } : {}),
              'crmjira_approved_by@odata.bind': bind('systemuser', decision.decidedById),
              crmjira_approved_on: decision.decidedOn,
              crmjira_step_approve: true,
            }
          : {}),
      }),
    );
  }
  // With the status: a crash leaves both to do or neither, and the task's id is the decision's own.
  if (statusDiffers && decision && !granted) writes.push(reasonTask(opportunity, approval, decision, policy, now));
  if ((statusDiffers || isNewGrant) && granted) writes.push(...teamNotice(crm, opportunity, approval, policy));
  if (refusal && approval.decision && !approval.decision.refusalTold) {
    writes.push(
      create('crmjira_command', derivedId(approval.decision.id, 'refused'), {
        'crmjira_opportunity_id@odata.bind': bind('opportunity', opportunity.id),
        crmjira_command_type: CommandType.Retry,
        crmjira_command_state: CommandState.Refused,
        crmjira_argument: `decision ${approval.decision.id}`,
        crmjira_result: refusedDecisionText(refusal, approval, approval.decision.language),
        crmjira_finished_on: now,
        // People read their own command rows only: the one who decided is the one to tell.
        'ownerid@odata.bind': bind('systemuser', approval.decision.decidedById),
      }),
    );
    // With the words that promise it: a crash leaves both to do or neither.
    if (approval.reopening)
      writes.push(reopenedRequest(opportunity, approval, approval.decision.id, approval.reopening));
  }
  return writes.length === 0
    ? []
    : [{ kind: 'dataverse.change-set', because: 'an approval request or decision was made', writes }];
}

/** The approver's comment for the owner, who reads no decision rows (DATA-MODEL 9). */
function reasonTask(
  opportunity: OpportunityFacts,
  approval: ApprovalFacts,
  decision: NonNullable<ApprovalFacts['decision']>,
  policy: Policy,
  now: Instant,
): RowWrite {
  const { outcome, comment, ownerLanguage } = decision;
  const amount = moneyText(approval.amount, ownerLanguage);
  const texts = unapprovedTexts(outcome, amount, comment, opportunity.name, ownerLanguage);
  return ownerTask(derivedId(decision.id, 'reason'), texts, opportunity, policy, now);
}
