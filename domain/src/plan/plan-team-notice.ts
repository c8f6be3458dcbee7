import { approvalMailId } from '../derived-id';
import { approvalMail } from '../mail/approval-mail';
import { BudgetStatus } from '../schema/generated/options';
import type { Action, RowWrite } from './actions';
import { grantedApproval } from './approved-amount';
import type { ApprovalFacts, CrmFacts, JiraFacts, OpportunityFacts } from './facts';
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
      project: mapping && { key: mapping.projectKey, url: mapping.projectUrl },
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

/**
 * Once the budget is active the team's mail leaves, and the step of the checklist is ticked when it has. Last of
 * all: a mail that can not leave holds back neither figures nor stage.
 */
export function planTeamNotice(crm: CrmFacts, _jira: JiraFacts): Action[] {
  const { mapping, opportunity } = crm;
  const granted = grantedApproval(crm);
  if (!granted || !mapping || opportunity?.state !== 'open') return [];
  if (mapping.status !== BudgetStatus.Active && mapping.status !== BudgetStatus.OverBudget) return [];
  if (granted.teamMail === 'draft')
    return [{ kind: 'dataverse.send-email', emailId: approvalMailId(granted.requestId), alertId: null }];
  if (granted.teamMail !== 'sent' || opportunity.stepsDone.includes('crmjira_step_notify')) return [];
  return [
    {
      kind: 'dataverse.change-set',
      because: 'the project team was told of the approved budget',
      writes: [update('opportunity', opportunity.id, { crmjira_step_notify: true })],
    },
  ];
}
