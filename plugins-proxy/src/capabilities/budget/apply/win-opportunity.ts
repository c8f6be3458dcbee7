import { type Action, fitText, tables, toDecimal } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';

/** Status reason "Won" of an opportunity (the platform's own). */
const wonStatus = 3;

/** Closes an opportunity as won; a plain update of `statecode` does not. */
export async function winOpportunity(
  client: DataverseClient,
  action: Extract<Action, { kind: 'dataverse.win-opportunity' }>,
): Promise<void> {
  await client.unboundAction('WinOpportunity', {
    Status: wonStatus,
    OpportunityClose: {
      '@odata.type': 'Microsoft.Dynamics.CRM.opportunityclose',
      activityid: action.closeId,
      subject: fitText('opportunityclose', 'subject', action.subject),
      actualend: action.actualEnd,
      ...(action.actualRevenue === null ? {} : { actualrevenue: toDecimal(action.actualRevenue) }),
      'opportunityid@odata.bind': `/${tables.opportunity.entitySet}(${action.opportunityId})`,
    },
  });
}
