import { approvalMailId } from '../../hash/derived-id';
import { approvalMail } from '../mail/approval-mail';
import { unapprovedMail } from '../mail/unapproved-mail';
import { BudgetStatus } from '../../schema/generated/options';
import type { Action, RowWrite } from './actions';
import { decisionRefusal, grantedApproval } from './approved-amount';
import type { ApprovalFacts, CrmFacts, Instant, JiraFacts, OpportunityFacts } from './facts';
import { distinctAddresses, mailDraft } from './mail-draft';
import type { Policy } from './policy';
import { update } from './write-rows';

/**
 * The mail that tells the project team of the approved budget: owner, project manager, whoever asked; the one who decided knows.
 * It stands in the change set that takes the approval over, so there is one a request.
 */
export function teamNotice(
  crm: CrmFacts,
  opportunity: OpportunityFacts,
  approval: ApprovalFacts,
  policy: Policy,
): RowWrite[] {
  const { decision, teamMail, requesterEmail } = approval;
  if (decision === null || teamMail !== null) return [];
  const { mapping } = crm;
  const owners = opportunity.ownerId === decision.decidedById ? [] : crm.ownerEmails;
  const manager = opportunity.projectManagerId === decision.decidedById ? null : crm.projectManagerEmail;
  const people = distinctAddresses([...owners, manager, requesterEmail]);
  const texts = approvalMail(
    {
      opportunityName: opportunity.name,
      approved: approval.amount,
      project: mapping && { key: mapping.projectKey, url: mapping.details.crmjira_jira_project_url },
      redactAmounts: policy.redactAmountsInEmail,
      recordUrl: policy.recordUrl === null ? null : policy.recordUrl + opportunity.id,
    },
    decision.ownerLanguage,
  );
  return mailDraft(crm, approvalMailId(approval.requestId), {
    ...texts,
    to: people.length > 0 ? people : distinctAddresses([policy.administratorMailbox]),
    isImportant: false,
  });
}

/** A decision is news for a week, in milliseconds; what is told later stands in the request alone. */
const NEWS_FOR = 7 * 24 * 3_600_000;

/** The mail that tells whoever asked that nothing was approved, and why (F-104); the owner where that person has no address. */
export function unapprovedNotice(
  crm: CrmFacts,
  opportunity: OpportunityFacts,
  approval: ApprovalFacts,
  policy: Policy,
  now: Instant,
): RowWrite[] {
  const { amount, decision, teamMail, requesterEmail } = approval;
  if (decision === null || teamMail !== null || Date.parse(now) - Date.parse(decision.decidedOn) > NEWS_FOR) return [];
  const asked = distinctAddresses([requesterEmail]);
  const texts = unapprovedMail(
    {
      opportunityName: opportunity.name,
      outcome: decision.outcome,
      requested: amount,
      comment: decision.comment,
      approvedBefore: opportunity.approvedOn !== null,
      redactAmounts: policy.redactAmountsInEmail,
      recordUrl: policy.recordUrl === null ? null : policy.recordUrl + opportunity.id,
    },
    decision.ownerLanguage,
  );
  return mailDraft(crm, approvalMailId(approval.requestId), {
    ...texts,
    to: asked.length > 0 ? asked : distinctAddresses(crm.ownerEmails),
    isImportant: false,
  });
}

/**
 * Once the budget is active the team's mail leaves, and the step of the checklist is ticked when it has. Last of
 * all: a mail that cannot leave holds back neither figures nor stage.
 */
export function planTeamNotice(crm: CrmFacts, _jira: JiraFacts): Action[] {
  const { approval, mapping, opportunity } = crm;
  const granted = grantedApproval(crm);
  const isTurnedDown = approval?.decision && approval !== granted && !decisionRefusal(approval);
  if (isTurnedDown && approval.teamMail === 'draft')
    return [{ kind: 'dataverse.send-email', emailId: approvalMailId(approval.requestId), alertId: null }];
  if (!granted || !mapping || !opportunity || opportunity.state === 'lost') return [];
  if (mapping.status !== BudgetStatus.Active && mapping.status !== BudgetStatus.OverBudget) return [];
  if (granted.teamMail === 'draft')
    return [{ kind: 'dataverse.send-email', emailId: approvalMailId(granted.requestId), alertId: null }];
  if (
    granted.teamMail !== 'sent' ||
    opportunity.state !== 'open' ||
    opportunity.stepsDone.includes('crmjira_step_notify')
  )
    return [];
  return [
    {
      kind: 'dataverse.change-set',
      because: 'the project team was told of the approved budget',
      writes: [update('opportunity', opportunity.id, { crmjira_step_notify: true })],
    },
  ];
}
