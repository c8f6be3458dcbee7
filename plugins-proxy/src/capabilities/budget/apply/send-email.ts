import { type Action, tables } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';

/** Hands a draft to Dataverse and notes the time on its alert, if it has one. Cut off in between, the next plan notes it. */
export async function sendEmail(
  client: DataverseClient,
  action: Extract<Action, { kind: 'dataverse.send-email' }>,
  now: string,
): Promise<void> {
  await client.action(tables.email.entitySet, action.emailId, 'SendEmail', { IssueSend: true });
  if (action.alertId === null) return;
  await client.changeSet([
    {
      op: 'update',
      collection: tables.crmjira_budget_alert.entitySet,
      id: action.alertId,
      columns: { crmjira_emailed_on: now },
    },
  ]);
}
