import { Health, RowState, type Verification, Verification as Verifications } from '@crmjira/domain';
import { type RawRow, dateField, flagField, numberField, textField } from '@crmjira/form-data';
import { readIntegration } from '../integrations/enter-read';
import type { Start } from '../integrations/enter-view';
import { fetchRows, readRows, readRowsIfAllowed } from '../platform/read-rows';
import { valueIn } from '../platform/value-in';

/** Where the other side reports what happens there. */
export interface Webhook {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly events: string;
  readonly verification: Verification | null;
  readonly isActive: boolean;
  readonly receivedOn: string | null;
  readonly rotatedOn: string | null;
  /** until when the secret before is taken too */
  readonly oldUntil: string | null;
}

/** What the page shows beside what is entered. */
export interface Detail {
  /** null: there is no such integration any more */
  readonly start: Start | null;
  readonly health: Health;
  readonly syncedOn: string | null;
  readonly testedOn: string | null;
  readonly testOk: boolean;
  readonly webhooks: readonly Webhook[];
}

/** @throws what the client API throws */
export async function readDetail(id: string): Promise<Detail> {
  const [start, [row = {}], webhooks] = await Promise.all([
    readIntegration(id),
    readRows(
      'crmjira_integration',
      '?$select=crmjira_health,crmjira_last_sync_on,crmjira_last_test_on,crmjira_last_test_ok' +
        `&$filter=crmjira_integrationid eq ${id}`,
    ),
    readRowsIfAllowed(
      'crmjira_integration_webhook',
      '?$select=crmjira_integration_webhookid,crmjira_name,crmjira_url,crmjira_events,crmjira_verification,' +
        'crmjira_is_active,crmjira_last_received_on,crmjira_secret_rotated_on,crmjira_old_secret_until' +
        `&$filter=_crmjira_integration_id_value eq ${id} and statecode eq ${RowState.Active}&$orderby=crmjira_name`,
    ),
  ]);
  return {
    start,
    health: valueIn(Health, numberField(row, 'crmjira_health')) ?? Health.Unknown,
    syncedOn: dateField(row, 'crmjira_last_sync_on'),
    testedOn: dateField(row, 'crmjira_last_test_on'),
    testOk: flagField(row, 'crmjira_last_test_ok'),
    webhooks: webhooks.map(webhookOf),
  };
}

const webhookOf = (row: RawRow): Webhook => ({
  id: textField(row, 'crmjira_integration_webhookid') ?? '',
  name: textField(row, 'crmjira_name') ?? '',
  url: textField(row, 'crmjira_url') ?? '',
  events: textField(row, 'crmjira_events') ?? '',
  verification: valueIn(Verifications, numberField(row, 'crmjira_verification')),
  isActive: flagField(row, 'crmjira_is_active'),
  receivedOn: dateField(row, 'crmjira_last_received_on'),
  rotatedOn: dateField(row, 'crmjira_secret_rotated_on'),
  oldUntil: dateField(row, 'crmjira_old_secret_until'),
});

/** How much a whole reading of a Jira site reads. */
export interface Size {
  readonly projects: number;
  readonly issues: number;
}

const countOf = async (table: string, filter: string): Promise<number> => {
  const [row = {}] = await fetchRows(
    table,
    `<fetch aggregate="true"><entity name="${table}"><attribute name="${table}id" alias="found" aggregate="count" />` +
      `<filter>${filter}</filter></entity></fetch>`,
  );
  return numberField(row, 'found') ?? 0;
};

/** @throws what the client API throws, also where there are more than it counts */
export async function readSize(id: string): Promise<Size> {
  const ofThis = `<condition attribute="crmjira_integration_id" operator="eq" value="${id}" />`;
  const [projects, issues] = await Promise.all([
    countOf('crmjira_jira_project', ofThis),
    countOf('crmjira_jira_issue', ofThis),
  ]);
  return { projects, issues };
}
