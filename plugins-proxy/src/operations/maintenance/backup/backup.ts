import { z } from 'zod';

const columns = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const row = z.object({ id: z.guid(), columns });
export type BackupRow = z.output<typeof row>;

/** A backup of the configuration (R-1507): what an administrator set, and the links between the two sides. No secret is in it. */
export const backupDocument = z.object({
  format: z.literal('crmjira-backup-1', 'a file that "crmjira backup" wrote'),
  takenOn: z.iso.datetime(),
  organizationId: z.guid(),
  /** set name → rows */
  tables: z.record(z.string(), z.array(row)),
  /** schema name → value in this environment; variables that hold the solution's default are not listed */
  environmentVariables: z.record(z.string(), z.string()),
});
export type Backup = z.output<typeof backupDocument>;

/** One table of a backup. */
export interface BackupTable {
  readonly entitySet: string;
  readonly primaryId: string;
  /** Columns that are saved and restored; what is measured, computed or secret is not among them. */
  readonly columns: readonly string[];
  /** Lookup → set name of the table it points at. */
  readonly lookups: Readonly<Record<string, string>>;
}

const prefixed = (names: string): string[] => names.split(' ').map((name) => `crmjira_${name}`);

/** In the order in which a restore writes them: what others point at comes first. */
export const backupTables: readonly BackupTable[] = [
  {
    entitySet: 'crmjira_integration_providers',
    primaryId: 'crmjira_integration_providerid',
    columns: prefixed('name code supports_webhooks config_schema'),
    lookups: {},
  },
  {
    entitySet: 'crmjira_integrations',
    primaryId: 'crmjira_integrationid',
    columns: prefixed(
      'name auth_type base_url batch_size brake_percent config default_issue_type default_project_key deployment is_active issue_limit_per_project sync_interval_minutes username',
    ),
    lookups: { crmjira_provider: 'crmjira_integration_providers' },
  },
  {
    entitySet: 'crmjira_integration_mappings',
    primaryId: 'crmjira_integration_mappingid',
    columns: prefixed('name direction source_table source_field target_object target_field transform is_key sequence'),
    lookups: { crmjira_integration_id: 'crmjira_integrations' },
  },
  {
    entitySet: 'crmjira_integration_webhooks',
    primaryId: 'crmjira_integration_webhookid',
    columns: prefixed('name url events verification is_active'),
    lookups: { crmjira_integration_id: 'crmjira_integrations' },
  },
  {
    entitySet: 'crmjira_budget_mappings',
    primaryId: 'crmjira_budget_mappingid',
    columns: prefixed(
      'name integration_reference jira_project_id jira_project_key jira_budget_id budget_source budget_status mapping_status provisioning_state approved_budget spent_amount remaining_budget last_alert_level period_from period_to completed_on archived_on project_archived',
    ),
    lookups: { crmjira_opportunity_id: 'opportunities', crmjira_integration_id: 'crmjira_integrations' },
  },
  {
    entitySet: 'crmjira_budget_categories',
    primaryId: 'crmjira_budget_categoryid',
    columns: prefixed('name category_id type default_rate budget_amount'),
    lookups: { crmjira_budget_mapping_id: 'crmjira_budget_mappings' },
  },
];

const secretName = /secret|password|token|credential|api_?key|private/i;

/** Whether a property of a connection's configuration may be a secret: it is left out of a backup. Where a token is asked for is none. */
export const mayBeSecret = (name: string, value: unknown): boolean =>
  secretName.test(name) && typeof value !== 'boolean' && !/url$/i.test(name);
