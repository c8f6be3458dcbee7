import { textField } from './rows/row-fields';
import type { WebApi } from './store/read-record';

type Navigation = Pick<ComponentFramework.Navigation, 'openForm'>;

/** Opens the newest integration log row of a mapping; does nothing when there is none. */
export async function openNewestLog(webApi: WebApi, navigation: Navigation, mappingId: string): Promise<void> {
  const answer = await webApi.retrieveMultipleRecords(
    'crmjira_integration_log',
    `?$select=crmjira_integration_logid&$filter=_crmjira_budget_mapping_id_value eq ${mappingId}&$orderby=createdon desc&$top=1`,
  );
  const row: unknown = answer.entities[0];
  // An entity of the answer is an object of columns; the one that is used is checked.
  const id = row ? textField(row as Readonly<Record<string, unknown>>, 'crmjira_integration_logid') : null;
  if (id !== null) await navigation.openForm({ entityName: 'crmjira_integration_log', entityId: id });
}
