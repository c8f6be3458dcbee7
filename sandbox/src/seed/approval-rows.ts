import { ApprovalStatus, derivedId } from '@crmjira/domain';
import { currencies } from './currencies';
import type { ProjectOfOpportunity } from './opportunity-rows';
import { ownerOf } from './opportunity-rows';
import { PROJECT_MANAGER } from './people';
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
  if (waits) return [request];
  const decidedOn = at(work.startDay, 15, 10);
  return [
    request,
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
