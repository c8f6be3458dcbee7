import { derivedId } from '../../hash/derived-id';
import { moneyText } from '../../money/money-text';
import { equalMoney, toDecimal } from '../../money/money';
import { commandRow } from '../../schema/command-row';
import { ApprovalStatus, CommandState, CommandType } from '../../schema/generated/options';
import type { Action, RowWrite } from './actions';
import { decisionRefusal, isGranted, isTakenOver } from './approved-amount';
import { refusedDecisionText, unapprovedTexts } from './decision-texts';
import type { ApprovalFacts, CrmFacts, Instant, JiraFacts, OpportunityFacts } from './facts';
import { requestNotice } from './plan-request-notice';
import { teamNotice, unapprovedNotice } from './plan-team-notice';
import { ownerTask } from './owner-task';
import type { Policy } from './policy';
import { reopenedRequest } from './reopened-request';
import { toldDecision } from './told-decision';
import { bind, create, update } from './write-rows';

/**
 * Copies a grant that a newer request has overtaken first, as if a run had come between the two, then the newest request.
 */
export function planApproval(crm: CrmFacts, _jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  const { earlierGrant = null, opportunity } = crm;
  const isOvertaken =
    opportunity !== null &&
    isGranted(earlierGrant) &&
    !isGranted(crm.approval) &&
    !isTakenOver(earlierGrant, opportunity);
  return planRequest(crm, isOvertaken ? earlierGrant : crm.approval, policy, now);
}

/**
 * Copies the newest request and its decision to the opportunity and tells the project team, or the owner why
 * nothing was approved. A decision that breaks a rule has no effect; a refused command row says so in words, once. Over the limit of
 * the one who decided the request stays open for others.
 */
function planRequest(crm: CrmFacts, approval: ApprovalFacts | null, policy: Policy, now: Instant): Action[] {
  const { opportunity } = crm;
  if (!opportunity || opportunity.state === 'lost') return [];
  const isOpen = opportunity.state === 'open';
  if (!approval) return isOpen ? nothingPending(opportunity) : [];
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
  if (isOpen && (statusDiffers || amountDiffers || isNewGrant)) {
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
  const told = approval.decision && !approval.reopening ? toldDecision(approval, refusal === null) : [];
  // What was decided before the deal was won stands in the request and on the mapping: the opportunity is left alone (R-2301).
  const isNews = statusDiffers || isNewGrant;
  if (!isOpen && (told.length === 0 || !isNews)) return [];
  // With what the request tells: a crash leaves all to do or nothing, and the task's id is the decision's own.
  if ((statusDiffers || told.length > 0) && decision && !granted)
    writes.push(
      reasonTask(opportunity, approval, decision, policy, now),
      ...unapprovedNotice(crm, opportunity, approval, policy, now),
    );
  if (isNews && granted) writes.push(...teamNotice(crm, opportunity, approval, policy));
  writes.push(...requestNotice(crm, opportunity, approval, policy));
  if (refusal && approval.decision && !approval.decision.refusalTold) {
    writes.push(
      create('crmjira_command', derivedId(approval.decision.id, 'refused'), {
        ...commandRow({ table: 'opportunity', id: opportunity.id }, CommandType.Retry),
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
      writes.push(reopenedRequest(opportunity, crm.mapping, approval, approval.decision.id, approval.reopening));
  }
  if (!isOvertakenAtOnce(crm, approval)) writes.push(...told);
  return writes.length === 0
    ? []
    : [{ kind: 'dataverse.change-set', because: 'an approval request or decision was made', writes }];
}

/** No request counts any more: the one that was pending has been refused. What was approved before still holds. */
function nothingPending(opportunity: OpportunityFacts): Action[] {
  if (opportunity.approvalStatus !== ApprovalStatus.Pending) return [];
  const status = opportunity.approvedOn === null ? ApprovalStatus.NotRequested : ApprovalStatus.Approved;
  const writes = [update('opportunity', opportunity.id, { crmjira_approval_status: status })];
  return [{ kind: 'dataverse.change-set', because: 'no request for approval is pending', writes }];
}

/**
 * Of requests of one second the version tells which came later, and a write raises it: the one that another has overtaken is left as it
 * is.
 */
function isOvertakenAtOnce(crm: CrmFacts, approval: ApprovalFacts): boolean {
  return approval !== crm.approval && approval.requestedOn === crm.approval?.requestedOn;
}

/** The approver's comment for the owner, who reads no decision rows (D-9). */
function reasonTask(
  opportunity: OpportunityFacts,
  approval: ApprovalFacts,
  decision: NonNullable<ApprovalFacts['decision']>,
  policy: Policy,
  now: Instant,
): RowWrite {
  const { outcome, comment, ownerLanguage } = decision;
  const amount = moneyText(approval.amount, ownerLanguage);
  const texts = unapprovedTexts(
    outcome,
    amount,
    comment,
    opportunity.approvedOn !== null,
    opportunity.name,
    ownerLanguage,
  );
  return ownerTask(derivedId(decision.id, 'reason'), texts, opportunity, policy, now);
}
