import { requestMailId } from '../../hash/derived-id';
import { requestMail } from '../mail/request-mail';
import type { Action, RowWrite } from './actions';
import { approvedSoFar } from './approved-amount';
import type { ApprovalFacts, CrmFacts, JiraFacts, OpportunityFacts } from './facts';
import { distinctAddresses, mailDraft } from './mail-draft';
import type { Policy } from './policy';

/**
 * The mail that asks those who can decide on a request (F-105). It stands in the change set that shows the request on the opportunity,
 * so there is one a request. Where nobody can decide, the administrator is told.
 */
export function requestNotice(
  crm: CrmFacts,
  opportunity: OpportunityFacts,
  approval: ApprovalFacts,
  policy: Policy,
): RowWrite[] {
  const { amount, decision, notice } = approval;
  if (decision !== null || notice?.mail !== null) return [];
  const { approvers, comment, requestedBy } = notice;
  const people = distinctAddresses(approvers.map(({ email }) => email));
  const languages = [...new Set(approvers.flatMap(({ email, language }) => (email === null ? [] : [language])))].sort();
  const texts = requestMail(
    {
      opportunityName: opportunity.name,
      requestedBy,
      amount,
      previous: approvedSoFar(crm.mapping),
      comment,
      canBeDecided: people.length > 0,
      redactAmounts: policy.redactAmountsInEmail,
      recordUrl: policy.recordUrl === null ? null : policy.recordUrl + opportunity.id,
    },
    // An administrator's mailbox has no language of its own.
    people.length > 0 ? languages : [1033, 3084],
  );
  return mailDraft(crm, requestMailId(approval.requestId), {
    ...texts,
    to: people.length > 0 ? people : distinctAddresses([policy.administratorMailbox]),
    isImportant: false,
  });
}

/** Sends the mail about a request that waits. Last of all: a mail that cannot leave holds back neither figures nor stage. */
export function planRequestNotice({ approval, opportunity }: CrmFacts, _jira: JiraFacts): Action[] {
  if (!approval || approval.decision !== null || approval.notice?.mail !== 'draft') return [];
  if (opportunity?.state !== 'open') return [];
  return [{ kind: 'dataverse.send-email', emailId: requestMailId(approval.requestId), alertId: null }];
}
