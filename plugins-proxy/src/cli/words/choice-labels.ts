import {
  entryOf,
  alertLevelLabels,
  approvalStatusLabels,
  budgetCategoryTypeLabels,
  budgetSourceLabels,
  budgetStatusLabels,
  commandStateLabels,
  commandTypeLabels,
  efficiencyRatingLabels,
  inboundStatusLabels,
  integrationStatusLabels,
  mappingStatusLabels,
  operationTypeLabels,
  performanceLabels,
  provisioningStateLabels,
  severityLabels,
  sourceSystemLabels,
} from '@crmjira/domain';

type LabelsByOption = Readonly<Record<number, { readonly 1033: string }>>;

/** Choice columns that the service writes; no two tables use one name for different choices. */
const labelsByColumn: Readonly<Record<string, LabelsByOption>> = {
  crmjira_alert_level: alertLevelLabels,
  crmjira_last_alert_level: alertLevelLabels,
  crmjira_severity: severityLabels,
  crmjira_type: budgetCategoryTypeLabels,
  crmjira_decision: approvalStatusLabels,
  crmjira_approval_status: approvalStatusLabels,
  crmjira_budget_source: budgetSourceLabels,
  crmjira_budget_status: budgetStatusLabels,
  crmjira_mapping_status: mappingStatusLabels,
  crmjira_provisioning_state: provisioningStateLabels,
  crmjira_command_state: commandStateLabels,
  crmjira_command_type: commandTypeLabels,
  crmjira_efficiency_rating: efficiencyRatingLabels,
  crmjira_performance: performanceLabels,
  crmjira_status: inboundStatusLabels,
  crmjira_integration_status: integrationStatusLabels,
  crmjira_operation_type: operationTypeLabels,
  crmjira_source_system: sourceSystemLabels,
};

/** English label of an option, null where the column is no choice or the option is not known. */
export function choiceLabel(column: string, value: number): string | null {
  return entryOf(labelsByColumn, column)?.[value]?.[1033] ?? null;
}
