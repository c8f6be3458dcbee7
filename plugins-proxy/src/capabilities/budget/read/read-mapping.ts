import {
  AlertLevel,
  BudgetSource,
  BudgetStatus,
  type DetailColumn,
  detailColumns,
  mappingId,
  type MappingFacts,
  MappingStatus,
  moneyFromDecimal,
  type ProjectDetails,
  ProvisioningState,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { equalsId } from '../../../clients/dataverse/filter';
import {
  choice,
  guid,
  optionalDay,
  optionalFlag,
  optionalGuid,
  optionalInstant,
  optionalMoney,
  optionalNumber,
  optionalText,
  text,
} from '../../../clients/dataverse/columns';
import type { Currencies } from '../../../connections/environment/read-currencies';

const { entitySet } = tables.crmjira_budget_mapping;

const optionalDetail = z
  .union([z.number(), text])
  .nullish()
  .transform((value) => value ?? null);
const details = Object.fromEntries(detailColumns.map((column) => [column, optionalDetail]));

const mappingRow = z.object({
  ...(details as Readonly<Record<DetailColumn, typeof optionalDetail>>),
  '@odata.etag': z.string(),
  crmjira_budget_mappingid: guid,
  _crmjira_opportunity_id_value: optionalGuid,
  _crmjira_integration_id_value: optionalGuid,
  _transactioncurrencyid_value: optionalGuid,
  crmjira_jira_project_key: text,
  crmjira_jira_project_id: optionalText,
  crmjira_jira_budget_id: optionalText,
  crmjira_integration_reference: text,
  crmjira_approved_budget: z.number(),
  crmjira_spent_amount: z.number(),
  crmjira_remaining_budget: z.number(),
  crmjira_jira_amount: optionalNumber,
  crmjira_budget_amount_seen: optionalNumber,
  crmjira_budget_status: choice(BudgetStatus),
  crmjira_mapping_status: choice(MappingStatus),
  crmjira_provisioning_state: choice(ProvisioningState),
  crmjira_budget_source: choice(BudgetSource),
  crmjira_period_from: optionalDay,
  crmjira_period_to: optionalDay,
  crmjira_utilization: optionalNumber,
  crmjira_total_hours: optionalNumber,
  crmjira_last_alert_level: choice(AlertLevel),
  crmjira_last_sync_date: optionalInstant,
  crmjira_last_event_on: optionalInstant,
  crmjira_last_error: optionalText,
  crmjira_last_error_code: optionalText,
  crmjira_failing_since: optionalInstant,
  crmjira_next_retry_on: optionalInstant,
  crmjira_completed_on: optionalInstant,
  crmjira_project_archived: optionalFlag,
  crmjira_discrepancies: optionalText,
  crmjira_held_on: optionalInstant,
  crmjira_released_on: optionalInstant,
  crmjira_history_from: optionalDay,
  crmjira_team: optionalText,
});
type MappingRow = z.output<typeof mappingRow>;

const columns = Object.keys(mappingRow.shape).filter((name) => !name.startsWith('@'));

/** A mapping with the opportunity it belongs to; null once that was deleted. */
export interface Mapping {
  readonly facts: MappingFacts;
  readonly opportunityId: string | null;
}

function toMapping(row: MappingRow, currencies: Currencies, defaultCurrency: string): Mapping {
  const currency =
    row._transactioncurrencyid_value === null ? defaultCurrency : currencies.codeOf(row._transactioncurrencyid_value);
  return {
    opportunityId: row._crmjira_opportunity_id_value,
    facts: {
      id: row.crmjira_budget_mappingid,
      version: row['@odata.etag'],
      projectKey: row.crmjira_jira_project_key,
      projectId: row.crmjira_jira_project_id,
      budgetId: row.crmjira_jira_budget_id,
      reference: row.crmjira_integration_reference,
      connectionId: row._crmjira_integration_id_value ?? '',
      currencyId: row._transactioncurrencyid_value,
      approved: moneyFromDecimal(row.crmjira_approved_budget, currency),
      spent: moneyFromDecimal(row.crmjira_spent_amount, currency),
      remaining: moneyFromDecimal(row.crmjira_remaining_budget, currency),
      jiraAmount: optionalMoney(row.crmjira_jira_amount, currency),
      budgetAmountSeen: optionalMoney(row.crmjira_budget_amount_seen, currency),
      status: row.crmjira_budget_status,
      mappingStatus: row.crmjira_mapping_status,
      provisioningState: row.crmjira_provisioning_state,
      source: row.crmjira_budget_source,
      periodFrom: row.crmjira_period_from,
      periodTo: row.crmjira_period_to,
      utilization: row.crmjira_utilization,
      totalHours: row.crmjira_total_hours,
      lastAlertLevel: row.crmjira_last_alert_level,
      lastSyncOn: row.crmjira_last_sync_date,
      lastEventOn: row.crmjira_last_event_on,
      lastError: row.crmjira_last_error,
      lastErrorCode: row.crmjira_last_error_code,
      failingSince: row.crmjira_failing_since,
      nextRetryOn: row.crmjira_next_retry_on,
      completedOn: row.crmjira_completed_on,
      projectArchived: row.crmjira_project_archived,
      details: Object.fromEntries(detailColumns.map((column) => [column, row[column]])) as ProjectDetails,
      discrepancies: row.crmjira_discrepancies,
      heldOn: row.crmjira_held_on,
      releasedOn: row.crmjira_released_on,
      historyFrom: row.crmjira_history_from,
      team: row.crmjira_team,
    },
  };
}

/** The mapping of an opportunity; by its derived id also once the opportunity is gone and the lookup with it. */
export async function readMapping(
  client: DataverseReader,
  opportunityId: string,
  currencies: Currencies,
  defaultCurrency: string,
): Promise<MappingFacts | null> {
  const byLookup = equalsId('_crmjira_opportunity_id_value', opportunityId);
  const byId = equalsId('crmjira_budget_mappingid', mappingId(opportunityId));
  const rows = await client.many(entitySet, { select: columns, filter: `${byLookup} or ${byId}` }, mappingRow);
  const row = rows.find((one) => one._crmjira_opportunity_id_value === opportunityId) ?? rows[0];
  return row === undefined ? null : toMapping(row, currencies, defaultCurrency).facts;
}

const ownerRow = z.object({ crmjira_budget_mappingid: guid, _crmjira_opportunity_id_value: optionalGuid });

/** Opportunities whose mapping fits a filter, for resolving a project and for the daily schedule. */
export async function readMappedOpportunities(
  client: Pick<DataverseReader, 'many'>,
  filter: string,
): Promise<readonly string[]> {
  const select = ['crmjira_budget_mappingid', '_crmjira_opportunity_id_value'];
  const rows = await client.many(entitySet, { select, filter }, ownerRow);
  return rows.flatMap((row) => (row._crmjira_opportunity_id_value === null ? [] : [row._crmjira_opportunity_id_value]));
}
