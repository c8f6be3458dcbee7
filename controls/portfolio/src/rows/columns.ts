import type { BudgetMappingRow } from '@crmjira/domain';

/** Rows of one page: the most that a Dataverse view gives at once. */
export const PAGE_SIZE = 250;

/** Columns of the budget mapping that the grid and its details are drawn from, checked against the generated schema. */
export const COLUMNS = [
  'crmjira_opportunity_id',
  'crmjira_jira_project_key',
  'crmjira_jira_project_name',
  'crmjira_budget_status',
  'crmjira_utilization',
  'crmjira_approved_budget',
  'crmjira_spent_amount',
  'crmjira_remaining_budget',
  'crmjira_jira_amount',
  'crmjira_discrepancies',
  'crmjira_last_sync_date',
  'crmjira_last_error',
  'crmjira_provisioning_state',
  'crmjira_completed_on',
  'crmjira_period_from',
  'crmjira_period_to',
  'transactioncurrencyid',
  'createdon',
  'modifiedon',
] as const satisfies readonly (LookupName | (keyof BudgetMappingRow & string))[];

/** A data set names a lookup by its column, a row of the Web API by `_<column>_value`. */
type LookupName = keyof BudgetMappingRow extends infer Name
  ? Name extends `_${infer Column}_value`
    ? Column
    : never
  : never;

export type ColumnName = (typeof COLUMNS)[number];
