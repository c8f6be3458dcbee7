import { ApprovalStatus } from '@crmjira/domain';
import { createRow, readRows } from '../web-api/web-api';
import { textOf } from '../web-api/row-values';

/** Asks for approval of an amount in the opportunity's currency: a row that nobody can change afterwards (DESIGN decision 4). */
export async function requestApproval(opportunityId: string, amount: number, previous: number | null): Promise<void> {
  await createRow('crmjira_budget_approvals', {
    'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})`,
    crmjira_amount: amount,
    ...(previous === null ? {} : { crmjira_previous_amount: previous }),
    crmjira_requested_on: new Date().toISOString(),
  });
}

/**
 * Decides on the newest request.
 * @returns false when there is none
 */
export async function approveNewest(opportunityId: string): Promise<boolean> {
  const { rows } = await readRows(
    `crmjira_budget_approvals?$select=crmjira_budget_approvalid&$filter=_crmjira_opportunity_id_value eq ${opportunityId}&$orderby=createdon desc&$top=1`,
  );
  const id = rows[0] ? textOf(rows[0], 'crmjira_budget_approvalid') : null;
  if (!id) return false;
  await createRow('crmjira_budget_decisions', {
    'crmjira_budget_approval_id@odata.bind': `/crmjira_budget_approvals(${id})`,
    crmjira_decision: ApprovalStatus.Approved,
    crmjira_decided_on: new Date().toISOString(),
  });
  return true;
}
