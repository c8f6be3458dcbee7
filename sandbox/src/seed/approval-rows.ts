import { ApprovalStatus, derivedId, moneyFromDecimal, requestMail, requestMailId } from '@crmjira/domain';
import { currencies } from './currencies';
import { sentMailRows } from './mail-rows';
import { crmPeople, FINANCE_CONTROLLER, PROJECT_MANAGER } from './people';
import { type ProjectOfOpportunity, ownerOf } from './project-of-opportunity';
import { ref } from './seed-row';
import type { SeedRow } from './seed-row';
import { at, dayFrom } from './work-days';

/** The owner's request for the budget and, unless it still waits, the project manager's decision. */
export function approvalRows({ opportunity, scenario, work }: ProjectOfOpportunity): SeedRow[] {
  const requestId = derivedId(opportunity.id, 'seed', 'approval');
  const waits = scenario.state === 'draft';
  const requestedOn = waits ? at(dayFrom(new Date(work.startDay), 1), 13, 20) : at(work.startDay, 14, 40);
  const owner = ref('systemuser', ownerOf(opportunity));
  const manager = ref('systemuser', PROJECT_MANAGER.id);
  const request: SeedRow = {
    table: 'crmjira_budget_approval',
    row: {
      crmjira_budget_approvalid: requestId,
      crmjira_name: `Budget of ${opportunity.name}`.slice(0, 200),
      'crmjira_opportunity_id@odata.bind': ref('opportunity', opportunity.id),
      'transactioncurrencyid@odata.bind': ref('transactioncurrency', currencies[opportunity.currency].id),
      crmjira_amount: opportunity.budget,
      crmjira_comment: 'Scope and estimate agreed with the customer.',
      'crmjira_requested_by@odata.bind': owner,
      crmjira_requested_on: requestedOn,
      'ownerid@odata.bind': owner,
      'createdby@odata.bind': owner,
      createdon: requestedOn,
    },
  };
  if (waits) {
    const asked = crmPeople.find(({ id }) => id === ownerOf(opportunity));
    const mail = requestMail(
      {
        opportunityName: opportunity.name,
        requestedBy: `${asked?.firstName} ${asked?.lastName}`,
        amount: moneyFromDecimal(opportunity.budget ?? 0, opportunity.currency),
        previous: null,
        comment: 'Scope and estimate agreed with the customer.',
        canBeDecided: true,
        redactAmounts: false,
        recordUrl: null,
      },
      [1033],
    );
    const to = [PROJECT_MANAGER.upn, FINANCE_CONTROLLER.upn];
    const sent = { ...mail, to, isImportant: false, sentOn: requestedOn, opportunityId: opportunity.id };
    return [request, ...sentMailRows(requestMailId(requestId), sent)];
  }
  const decidedOn = at(work.startDay, 15, 10);
  // The requester reads no decision rows: the service repeats on the request what was decided (F-104).
  const told: SeedRow = {
    table: 'crmjira_budget_approval',
    row: {
      ...request.row,
      crmjira_decision: ApprovalStatus.Approved,
      'crmjira_decided_by@odata.bind': manager,
      crmjira_decided_on: decidedOn,
    },
  };
  return [
    told,
    {
      table: 'crmjira_budget_decision',
      row: {
        crmjira_budget_decisionid: derivedId(opportunity.id, 'seed', 'decision'),
        crmjira_name: 'Approved',
        'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${requestId})`,
        crmjira_decision: ApprovalStatus.Approved,
        'crmjira_decided_by@odata.bind': manager,
        crmjira_decided_on: decidedOn,
        'ownerid@odata.bind': manager,
        'createdby@odata.bind': manager,
        createdon: decidedOn,
      },
    },
  ];
}
