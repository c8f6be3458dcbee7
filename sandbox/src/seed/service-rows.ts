import { AuthType, derivedId, type EnteredIntegration, integrationTemplates } from '@crmjira/domain';
import { PROVIDERS } from './integration-rows';
import { ref, type SeedRow } from './seed-row';

/** Where the two services of the sandbox are, and the rows that are to know them. */
export interface ServicePlaces {
  readonly url: string;
  readonly inventoryId: string;
  readonly workOrdersId: string;
}

/** An integration as somebody has saved it who has not tested it yet. */
function integrationOf(id: string, entered: EnteredIntegration, url: string): SeedRow[] {
  const provider = PROVIDERS.find(([code]) => code === entered.provider)?.[1] ?? '';
  return [
    {
      table: 'crmjira_integration',
      row: {
        crmjira_integrationid: id,
        crmjira_name: entered.name,
        'crmjira_provider@odata.bind': ref('crmjira_integration_provider', provider),
        crmjira_base_url: url,
        crmjira_auth_type: AuthType.ApiToken,
        crmjira_config: JSON.stringify({ ...entered.settings, url }),
        crmjira_secret_name: `file:${id}`,
        crmjira_sync_interval_minutes: entered.everyMinutes,
        crmjira_batch_size: entered.batchSize,
        crmjira_is_active: false,
      },
    },
    ...entered.mappings.map((mapping, sequence): SeedRow => ({
      table: 'crmjira_integration_mapping',
      row: {
        crmjira_integration_mappingid: derivedId(id, 'mapping', String(sequence)),
        crmjira_name: `${mapping.sourceField} – ${mapping.targetField}`,
        crmjira_direction: mapping.direction,
        crmjira_source_table: mapping.sourceTable,
        crmjira_source_field: mapping.sourceField,
        crmjira_target_object: mapping.targetObject,
        crmjira_target_field: mapping.targetField,
        crmjira_transform: mapping.transform,
        crmjira_is_key: mapping.isKey,
        crmjira_sequence: sequence,
        'crmjira_integration_id@odata.bind': ref('crmjira_integration', id),
      },
    })),
  ];
}

/** Integrations with the services that stand beside the sandbox, by the templates: to be tested, switched on and run. */
export const serviceRows = ({ url, inventoryId, workOrdersId }: ServicePlaces): SeedRow[] => [
  ...integrationOf(inventoryId, integrationTemplates.inventory, `${url}/inventory`),
  ...integrationOf(workOrdersId, integrationTemplates.workOrders, `${url}/work-orders`),
];
