// Written by `npm run generate` from solution/src. Change the solution, not this file.

import type {
  AlertLevel,
  ApprovalStatus,
  AuthType,
  BudgetCategoryType,
  BudgetSource,
  BudgetStatus,
  CommandState,
  CommandType,
  ConflictState,
  Deployment,
  Direction,
  DirectoryState,
  EfficiencyRating,
  ErrorClass,
  Health,
  InboundStatus,
  IntegrationStatus,
  LinkState,
  MappingStatus,
  OperationType,
  Performance,
  ProvisioningState,
  ResolutionRule,
  Severity,
  SourceSystem,
  SyncPreference,
  SyncStatus,
  SyncTrigger,
  Verification,
} from './options';
import type { IncidentPlatformColumns, OpportunityPlatformColumns } from '../platform-rows';

/** `crmjira_admin_audit` */
export interface AdminAuditRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_action: string;
  _crmjira_actor_value: string | null;
  'crmjira_actor@odata.bind': string;
  crmjira_admin_auditid: string;
  crmjira_after_hash: string | null;
  crmjira_at: string | null;
  crmjira_before_hash: string | null;
  crmjira_name: string | null;
  crmjira_target_id: string | null;
  crmjira_target_table: string | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_budget_alert` */
export interface BudgetAlertRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_alert_level: AlertLevel;
  crmjira_approved_budget: number | null;
  crmjira_approved_budget_base: number | null;
  crmjira_budget_alertid: string;
  _crmjira_budget_mapping_id_value: string | null;
  'crmjira_budget_mapping_id@odata.bind': string;
  crmjira_cleared_on: string | null;
  crmjira_correlation_id: string | null;
  crmjira_crossing_no: number;
  crmjira_digest_mail_id: string | null;
  crmjira_digested_on: string | null;
  crmjira_emailed_on: string | null;
  crmjira_in_digest: boolean | null;
  crmjira_name: string | null;
  crmjira_raised_on: string | null;
  crmjira_recipients: string | null;
  crmjira_severity: Severity | null;
  crmjira_snoozed_until: string | null;
  crmjira_spent_amount: number | null;
  crmjira_spent_amount_base: number | null;
  crmjira_task_id: string | null;
  crmjira_utilization: number | null;
  exchangerate: number | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  _transactioncurrencyid_value: string | null;
  'transactioncurrencyid@odata.bind': string;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_budget_approval` */
export interface BudgetApprovalRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_amount: number;
  crmjira_amount_base: number | null;
  crmjira_budget_approvalid: string;
  crmjira_comment: string | null;
  _crmjira_decided_by_value: string | null;
  'crmjira_decided_by@odata.bind': string;
  crmjira_decided_on: string | null;
  crmjira_deciders: string | null;
  crmjira_decision: ApprovalStatus | null;
  crmjira_decision_comment: string | null;
  crmjira_name: string | null;
  _crmjira_opportunity_id_value: string | null;
  'crmjira_opportunity_id@odata.bind': string;
  crmjira_previous_amount: number | null;
  crmjira_previous_amount_base: number | null;
  _crmjira_requested_by_value: string | null;
  'crmjira_requested_by@odata.bind': string;
  crmjira_requested_on: string | null;
  exchangerate: number | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  _transactioncurrencyid_value: string | null;
  'transactioncurrencyid@odata.bind': string;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_budget_category` */
export interface BudgetCategoryRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_budget_amount: number | null;
  crmjira_budget_amount_base: number | null;
  crmjira_budget_categoryid: string;
  _crmjira_budget_mapping_id_value: string | null;
  'crmjira_budget_mapping_id@odata.bind': string;
  crmjira_category_id: string;
  crmjira_default_rate: number | null;
  crmjira_default_rate_base: number | null;
  crmjira_name: string;
  crmjira_type: BudgetCategoryType;
  exchangerate: number | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  _transactioncurrencyid_value: string | null;
  'transactioncurrencyid@odata.bind': string;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_budget_decision` */
export interface BudgetDecisionRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  _crmjira_budget_approval_id_value: string | null;
  'crmjira_budget_approval_id@odata.bind': string;
  crmjira_budget_decisionid: string;
  crmjira_comment: string | null;
  _crmjira_decided_by_value: string | null;
  'crmjira_decided_by@odata.bind': string;
  crmjira_decided_on: string | null;
  crmjira_decision: ApprovalStatus;
  crmjira_name: string | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_budget_mapping` */
export interface BudgetMappingRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_approved_budget: number;
  crmjira_approved_budget_base: number | null;
  crmjira_archived_on: string | null;
  crmjira_budget_amount_seen: number | null;
  crmjira_budget_amount_seen_base: number | null;
  crmjira_budget_mappingid: string;
  crmjira_budget_source: BudgetSource;
  crmjira_budget_status: BudgetStatus;
  crmjira_completed_on: string | null;
  crmjira_discrepancies: string | null;
  crmjira_failing_since: string | null;
  crmjira_held_on: string | null;
  crmjira_history_from: string | null;
  _crmjira_integration_id_value: string | null;
  'crmjira_integration_id@odata.bind': string;
  crmjira_integration_reference: string;
  crmjira_issues_done: number | null;
  crmjira_issues_open: number | null;
  crmjira_jira_amount: number | null;
  crmjira_jira_amount_base: number | null;
  crmjira_jira_budget_id: string | null;
  crmjira_jira_lead: string | null;
  crmjira_jira_project_id: string | null;
  crmjira_jira_project_key: string;
  crmjira_jira_project_name: string | null;
  crmjira_jira_project_status: string | null;
  crmjira_jira_project_url: string | null;
  crmjira_last_alert_level: AlertLevel;
  crmjira_last_error: string | null;
  crmjira_last_error_code: string | null;
  crmjira_last_event_on: string | null;
  crmjira_last_sync_date: string | null;
  crmjira_mapping_status: MappingStatus;
  crmjira_milestones: string | null;
  crmjira_name: string;
  crmjira_next_retry_on: string | null;
  _crmjira_opportunity_id_value: string | null;
  'crmjira_opportunity_id@odata.bind': string;
  crmjira_period_from: string;
  crmjira_period_to: string;
  crmjira_project_archived: boolean | null;
  crmjira_provisioning_state: ProvisioningState;
  crmjira_released_on: string | null;
  crmjira_remaining_budget: number;
  crmjira_remaining_budget_base: number | null;
  crmjira_spent_amount: number;
  crmjira_spent_amount_base: number | null;
  crmjira_team: string | null;
  crmjira_total_hours: number | null;
  crmjira_utilization: number | null;
  exchangerate: number | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  _transactioncurrencyid_value: string | null;
  'transactioncurrencyid@odata.bind': string;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_budget_snapshot` */
export interface BudgetSnapshotRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_approved_budget: number | null;
  crmjira_approved_budget_base: number | null;
  _crmjira_budget_mapping_id_value: string | null;
  'crmjira_budget_mapping_id@odata.bind': string;
  crmjira_budget_snapshotid: string;
  crmjira_done_fraction: number | null;
  crmjira_is_estimated: boolean | null;
  crmjira_name: string | null;
  crmjira_remaining_estimate_hours: number | null;
  crmjira_snapshot_date: string;
  crmjira_spent_amount: number | null;
  crmjira_spent_amount_base: number | null;
  crmjira_total_hours: number | null;
  exchangerate: number | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  _transactioncurrencyid_value: string | null;
  'transactioncurrencyid@odata.bind': string;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_command` */
export interface CommandRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_answer: string | null;
  crmjira_argument: string | null;
  crmjira_command_state: CommandState;
  crmjira_command_type: CommandType;
  crmjira_commandid: string;
  crmjira_done_count: number | null;
  crmjira_finished_on: string | null;
  crmjira_name: string | null;
  _crmjira_opportunity_id_value: string | null;
  'crmjira_opportunity_id@odata.bind': string;
  crmjira_payload: string | null;
  crmjira_regarding_id: string | null;
  crmjira_regarding_table: string | null;
  _crmjira_requested_by_value: string | null;
  'crmjira_requested_by@odata.bind': string;
  crmjira_requested_on: string | null;
  crmjira_result: string | null;
  crmjira_sealed: string | null;
  crmjira_total_count: number | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_directory_person` */
export interface DirectoryPersonRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_directory_id: string;
  crmjira_directory_personid: string;
  crmjira_dn: string | null;
  _crmjira_integration_id_value: string | null;
  'crmjira_integration_id@odata.bind': string;
  crmjira_last_seen_on: string | null;
  crmjira_name: string | null;
  crmjira_state: DirectoryState | null;
  crmjira_upn: string | null;
  _crmjira_user_value: string | null;
  'crmjira_user@odata.bind': string;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_engagement_score` */
export interface EngagementScoreRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  _crmjira_account_value: string | null;
  'crmjira_account@odata.bind': string;
  crmjira_activity_part: number | null;
  crmjira_calculated_on: string | null;
  crmjira_engagement_scoreid: string;
  crmjira_name: string | null;
  crmjira_sales_part: number | null;
  crmjira_score: number;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_external_ref` */
export interface ExternalRefRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_base: string | null;
  crmjira_direction: Direction | null;
  crmjira_external_id: string;
  crmjira_external_refid: string;
  crmjira_last_sync_on: string | null;
  crmjira_name: string | null;
  crmjira_record_id: string | null;
  crmjira_record_table: string | null;
  crmjira_system: string;
  crmjira_version: string | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_final_report` */
export interface FinalReportRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_actual: number | null;
  crmjira_actual_base: number | null;
  crmjira_approved: number | null;
  crmjira_approved_base: number | null;
  crmjira_average_hourly_rate: number | null;
  crmjira_average_hourly_rate_base: number | null;
  crmjira_avg_daily_hours: number | null;
  _crmjira_budget_mapping_id_value: string | null;
  'crmjira_budget_mapping_id@odata.bind': string;
  crmjira_completion_date: string | null;
  crmjira_duration_days: number | null;
  crmjira_efficiency_rating: EfficiencyRating | null;
  crmjira_final_reportid: string;
  crmjira_generated_on: string | null;
  crmjira_name: string | null;
  crmjira_peak_month: string | null;
  crmjira_performance: Performance | null;
  crmjira_project_key: string | null;
  crmjira_project_name: string | null;
  crmjira_total_hours: number | null;
  crmjira_variance: number | null;
  crmjira_variance_base: number | null;
  crmjira_variance_percentage: number | null;
  exchangerate: number | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  _transactioncurrencyid_value: string | null;
  'transactioncurrencyid@odata.bind': string;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_inbound_event` */
export interface InboundEventRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_attempts: number | null;
  crmjira_correlation_id: string | null;
  crmjira_error_message: string | null;
  crmjira_event_id: string;
  crmjira_event_type: string;
  crmjira_inbound_eventid: string;
  _crmjira_integration_id_value: string | null;
  'crmjira_integration_id@odata.bind': string;
  crmjira_name: string | null;
  crmjira_payload: string | null;
  crmjira_project_id: string | null;
  crmjira_received_on: string | null;
  crmjira_source_timestamp: string | null;
  crmjira_status: InboundStatus | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_integration` */
export interface IntegrationRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_auth_type: AuthType | null;
  crmjira_base_url: string | null;
  crmjira_batch_size: number | null;
  crmjira_brake_percent: number | null;
  crmjira_budget_source_delay_s: number | null;
  crmjira_budget_source_health: Health | null;
  crmjira_budget_source_kind: BudgetSource | null;
  crmjira_budget_source_last_good_on: string | null;
  crmjira_budget_source_rate: number | null;
  crmjira_budget_source_rate_currency: string | null;
  crmjira_budget_source_reason: string | null;
  crmjira_budget_source_reason_code: string | null;
  crmjira_budget_source_response_ms: number | null;
  crmjira_budget_source_since: string | null;
  crmjira_config: string | null;
  crmjira_conflict_policy: string | null;
  crmjira_dataverse_days_left: number | null;
  crmjira_dataverse_health: Health | null;
  crmjira_dataverse_last_good_on: string | null;
  crmjira_dataverse_reason: string | null;
  crmjira_dataverse_reason_code: string | null;
  crmjira_dataverse_response_ms: number | null;
  crmjira_dataverse_since: string | null;
  crmjira_dead_letters: number | null;
  crmjira_default_issue_type: string | null;
  crmjira_default_project_key: string | null;
  crmjira_deployment: Deployment | null;
  crmjira_gateway_calls_per_minute: number | null;
  crmjira_gateway_days_left: number | null;
  crmjira_gateway_health: Health | null;
  crmjira_gateway_last_good_on: string | null;
  crmjira_gateway_reason: string | null;
  crmjira_gateway_reason_code: string | null;
  crmjira_gateway_since: string | null;
  crmjira_health: Health | null;
  crmjira_integrationid: string;
  crmjira_is_active: boolean | null;
  crmjira_issue_limit_per_project: number | null;
  crmjira_jira_days_left: number | null;
  crmjira_jira_health: Health | null;
  crmjira_jira_last_good_on: string | null;
  crmjira_jira_limit_ms: number | null;
  crmjira_jira_reason: string | null;
  crmjira_jira_reason_code: string | null;
  crmjira_jira_response_ms: number | null;
  crmjira_jira_since: string | null;
  crmjira_jobs_waiting: number | null;
  crmjira_last_sync_on: string | null;
  crmjira_last_test_ok: boolean | null;
  crmjira_last_test_on: string | null;
  crmjira_name: string;
  crmjira_oauth_available: boolean | null;
  crmjira_oldest_waiting_s: number | null;
  crmjira_organization_id: string | null;
  crmjira_priority_map: string | null;
  _crmjira_provider_value: string | null;
  'crmjira_provider@odata.bind': string;
  crmjira_resolution_rule: ResolutionRule | null;
  crmjira_secret_expires_on: string | null;
  crmjira_secret_name: string | null;
  crmjira_status_map: string | null;
  crmjira_sync_interval_minutes: number | null;
  crmjira_tested_hash: string | null;
  crmjira_username: string | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_integration_health` */
export interface IntegrationHealthRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_days_left: number | null;
  crmjira_dead_letters: number | null;
  crmjira_dependency: string;
  crmjira_health: Health | null;
  crmjira_integration_healthid: string;
  _crmjira_integration_id_value: string | null;
  'crmjira_integration_id@odata.bind': string;
  crmjira_last_good_on: string | null;
  crmjira_limit_ms: number | null;
  crmjira_name: string | null;
  crmjira_reason: string | null;
  crmjira_reason_code: string | null;
  crmjira_response_ms: number | null;
  crmjira_since: string | null;
  crmjira_waiting: number | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_integration_log` */
export interface IntegrationLogRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  _crmjira_budget_mapping_id_value: string | null;
  'crmjira_budget_mapping_id@odata.bind': string;
  crmjira_correlation_id: string;
  crmjira_duration_ms: number | null;
  crmjira_error_code: string | null;
  crmjira_error_message: string | null;
  crmjira_event_id: string | null;
  crmjira_event_type: string | null;
  crmjira_http_status: number | null;
  _crmjira_integration_id_value: string | null;
  'crmjira_integration_id@odata.bind': string;
  crmjira_integration_logid: string;
  crmjira_integration_status: IntegrationStatus;
  crmjira_name: string;
  crmjira_next_retry_on: string | null;
  crmjira_operation_type: OperationType;
  crmjira_payload_hash: string | null;
  crmjira_records_processed: number | null;
  crmjira_regarding_id: string | null;
  crmjira_regarding_table: string | null;
  crmjira_retry_count: number | null;
  crmjira_source_record_id: string;
  crmjira_source_system: SourceSystem;
  crmjira_target_record_id: string | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_integration_mapping` */
export interface IntegrationMappingRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_direction: Direction;
  _crmjira_integration_id_value: string | null;
  'crmjira_integration_id@odata.bind': string;
  crmjira_integration_mappingid: string;
  crmjira_is_key: boolean | null;
  crmjira_name: string | null;
  crmjira_sequence: number | null;
  crmjira_source_field: string | null;
  crmjira_source_table: string | null;
  crmjira_target_field: string | null;
  crmjira_target_object: string | null;
  crmjira_transform: string | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_integration_provider` */
export interface IntegrationProviderRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_code: string;
  crmjira_config_schema: string | null;
  crmjira_description: string | null;
  crmjira_integration_providerid: string;
  crmjira_name: string;
  crmjira_supports_webhooks: boolean | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_integration_webhook` */
export interface IntegrationWebhookRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_events: string | null;
  _crmjira_integration_id_value: string | null;
  'crmjira_integration_id@odata.bind': string;
  crmjira_integration_webhookid: string;
  crmjira_is_active: boolean | null;
  crmjira_last_received_on: string | null;
  crmjira_name: string | null;
  crmjira_old_secret_until: string | null;
  crmjira_secret_name: string | null;
  crmjira_secret_rotated_on: string | null;
  crmjira_url: string;
  crmjira_verification: Verification | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_issue_link` */
export interface IssueLinkRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_base: string | null;
  _crmjira_created_by_user_value: string | null;
  'crmjira_created_by_user@odata.bind': string;
  crmjira_created_note: string | null;
  crmjira_error_code: string | null;
  crmjira_external_id: string | null;
  crmjira_external_system: string | null;
  crmjira_external_url: string | null;
  crmjira_failing_since: string | null;
  crmjira_issue_linkid: string;
  _crmjira_jira_issue_value: string | null;
  'crmjira_jira_issue@odata.bind': string;
  crmjira_last_error: string | null;
  crmjira_last_sync_on: string | null;
  crmjira_name: string | null;
  crmjira_next_retry_on: string | null;
  _crmjira_regarding_account_value: string | null;
  'crmjira_regarding_account@odata.bind': string;
  crmjira_regarding_id: string;
  crmjira_regarding_name: string | null;
  _crmjira_regarding_opportunity_value: string | null;
  'crmjira_regarding_opportunity@odata.bind': string;
  _crmjira_regarding_product_value: string | null;
  'crmjira_regarding_product@odata.bind': string;
  crmjira_regarding_table: string;
  crmjira_resolves_record: boolean | null;
  crmjira_state: LinkState | null;
  crmjira_sync_preference: SyncPreference | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_jira_connection` */
export interface JiraConnectionRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_account_id: string | null;
  crmjira_auth_type: AuthType | null;
  crmjira_display_name: string | null;
  crmjira_email: string | null;
  crmjira_expires_on: string | null;
  crmjira_inbound: boolean | null;
  _crmjira_integration_id_value: string | null;
  'crmjira_integration_id@odata.bind': string;
  crmjira_is_active: boolean | null;
  crmjira_jira_connectionid: string;
  crmjira_jira_url: string;
  crmjira_last_test_ms: number | null;
  crmjira_last_test_ok: boolean | null;
  crmjira_last_test_on: string | null;
  crmjira_last_test_reason: string | null;
  crmjira_name: string | null;
  crmjira_secret_name: string | null;
  _crmjira_user_value: string | null;
  'crmjira_user@odata.bind': string;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_jira_issue` */
export interface JiraIssueRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_assignee: string | null;
  crmjira_created: string | null;
  crmjira_due_on: string | null;
  _crmjira_integration_id_value: string | null;
  'crmjira_integration_id@odata.bind': string;
  crmjira_is_deleted: boolean | null;
  crmjira_issue_id: string;
  crmjira_issue_key: string | null;
  crmjira_issue_type: string | null;
  crmjira_jira_issueid: string;
  crmjira_labels: string | null;
  crmjira_name: string | null;
  crmjira_priority: string | null;
  _crmjira_project_value: string | null;
  'crmjira_project@odata.bind': string;
  crmjira_raw: string | null;
  crmjira_resolution: string | null;
  crmjira_resolved_by: string | null;
  crmjira_resolved_on: string | null;
  crmjira_status: string | null;
  crmjira_status_category: string | null;
  crmjira_summary: string | null;
  crmjira_updated: string | null;
  crmjira_url: string | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_jira_project` */
export interface JiraProjectRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_discovered_on: string | null;
  _crmjira_integration_id_value: string | null;
  'crmjira_integration_id@odata.bind': string;
  crmjira_is_archived: boolean | null;
  crmjira_is_offered: boolean | null;
  crmjira_jira_projectid: string;
  crmjira_last_sync_on: string | null;
  crmjira_lead: string | null;
  crmjira_name: string | null;
  _crmjira_opportunity_value: string | null;
  'crmjira_opportunity@odata.bind': string;
  _crmjira_previous_product_value: string | null;
  'crmjira_previous_product@odata.bind': string;
  _crmjira_product_value: string | null;
  'crmjira_product@odata.bind': string;
  crmjira_project_id: string;
  crmjira_project_key: string | null;
  crmjira_style: string | null;
  crmjira_type: string | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_kpi_snapshot` */
export interface KpiSnapshotRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_dimension: string | null;
  crmjira_kpi: string;
  crmjira_kpi_snapshotid: string;
  crmjira_name: string | null;
  crmjira_period: string;
  crmjira_value: number | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_monitor_error` */
export interface MonitorErrorRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_base: string | null;
  crmjira_came_back_on: string | null;
  crmjira_event_count: number | null;
  crmjira_external_id: string;
  crmjira_external_url: string | null;
  crmjira_first_seen_on: string | null;
  crmjira_last_seen_on: string | null;
  crmjira_level: string | null;
  crmjira_monitor_errorid: string;
  _crmjira_monitor_project_value: string | null;
  'crmjira_monitor_project@odata.bind': string;
  crmjira_name: string | null;
  crmjira_status: string | null;
  crmjira_title: string | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_monitor_error_day` */
export interface MonitorErrorDayRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_day: string;
  crmjira_event_count: number | null;
  _crmjira_monitor_error_value: string | null;
  'crmjira_monitor_error@odata.bind': string;
  crmjira_monitor_error_dayid: string;
  crmjira_name: string | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_monitor_project` */
export interface MonitorProjectRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_external_id: string;
  _crmjira_integration_id_value: string | null;
  'crmjira_integration_id@odata.bind': string;
  crmjira_is_active: boolean | null;
  crmjira_last_sync_on: string | null;
  crmjira_monitor_projectid: string;
  crmjira_name: string | null;
  _crmjira_product_value: string | null;
  'crmjira_product@odata.bind': string;
  crmjira_system: string;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_opportunitytojiraproject` */
export interface OpportunitytojiraprojectRow {
  _activestageid_value: string | null;
  'activestageid@odata.bind': string;
  activestagestartedon: string | null;
  bpf_duration: number | null;
  bpf_name: string;
  _bpf_opportunityid_value: string | null;
  'bpf_opportunityid@odata.bind': string;
  businessprocessflowinstanceid: string;
  completedon: string | null;
  _createdby_value: string | null;
  createdon: string | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _organizationid_value: string | null;
  overriddencreatedon: string | null;
  _processid_value: string | null;
  'processid@odata.bind': string;
  statecode: 0 | 1;
  statuscode: 1 | 2 | 3 | null;
  timezoneruleversionnumber: number | null;
  traversedpath: string | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_resource_allocation` */
export interface ResourceAllocationRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  _crmjira_budget_mapping_id_value: string | null;
  'crmjira_budget_mapping_id@odata.bind': string;
  crmjira_cost: number | null;
  crmjira_cost_base: number | null;
  crmjira_hours: number | null;
  crmjira_month: string;
  crmjira_name: string | null;
  crmjira_person: string | null;
  crmjira_person_id: string;
  crmjira_resource_allocationid: string;
  exchangerate: number | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  _transactioncurrencyid_value: string | null;
  'transactioncurrencyid@odata.bind': string;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_secret` */
export interface SecretRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_ciphertext: string | null;
  crmjira_context: string | null;
  crmjira_key_id: string;
  crmjira_name: string;
  crmjira_nonce: string | null;
  crmjira_secretid: string;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_service_key` */
export interface ServiceKeyRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_key_id: string;
  crmjira_name: string | null;
  crmjira_public_key: string;
  crmjira_service_keyid: string;
  crmjira_valid_until: string | null;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_sync_conflict` */
export interface SyncConflictRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_base_value: string | null;
  crmjira_crm_by: string | null;
  crmjira_crm_on: string | null;
  crmjira_crm_value: string | null;
  _crmjira_decided_by_value: string | null;
  'crmjira_decided_by@odata.bind': string;
  crmjira_decided_on: string | null;
  crmjira_field: string | null;
  crmjira_jira_by: string | null;
  crmjira_jira_on: string | null;
  crmjira_jira_value: string | null;
  _crmjira_link_value: string | null;
  'crmjira_link@odata.bind': string;
  crmjira_name: string | null;
  crmjira_regarding_id: string;
  crmjira_regarding_table: string;
  crmjira_state: ConflictState | null;
  crmjira_sync_conflictid: string;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_sync_log` */
export interface SyncLogRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  _crmjira_actor_value: string | null;
  'crmjira_actor@odata.bind': string;
  crmjira_changed: number | null;
  crmjira_correlation_id: string | null;
  crmjira_dataverse_requests: number | null;
  crmjira_duration_ms: number | null;
  crmjira_error_arguments: string | null;
  crmjira_error_class: ErrorClass | null;
  crmjira_error_code: string | null;
  crmjira_error_message: string | null;
  crmjira_finished_on: string | null;
  _crmjira_integration_id_value: string | null;
  'crmjira_integration_id@odata.bind': string;
  crmjira_is_dry_run: boolean | null;
  crmjira_jira_points: number | null;
  crmjira_jira_requests: number | null;
  crmjira_name: string | null;
  crmjira_records_failed: number | null;
  crmjira_records_processed: number | null;
  crmjira_removed: number | null;
  crmjira_started_on: string | null;
  crmjira_status: SyncStatus | null;
  crmjira_sync_logid: string;
  crmjira_trigger: SyncTrigger;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_time_record` */
export interface TimeRecordRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_base: string | null;
  crmjira_error_code: string | null;
  crmjira_external_link: string | null;
  crmjira_issue_id: string | null;
  crmjira_jira_issue_key: string | null;
  crmjira_jira_seconds: number | null;
  crmjira_jira_sync_error: string | null;
  crmjira_jira_synced: boolean | null;
  crmjira_jira_worklog_id: string | null;
  crmjira_last_synced_at: string | null;
  crmjira_name: string | null;
  crmjira_next_retry_on: string | null;
  crmjira_notes: string | null;
  _crmjira_regarding_account_value: string | null;
  'crmjira_regarding_account@odata.bind': string;
  _crmjira_regarding_opportunity_value: string | null;
  'crmjira_regarding_opportunity@odata.bind': string;
  crmjira_subject: string;
  crmjira_sync_requested: boolean | null;
  crmjira_time_in: string;
  crmjira_time_out: string | null;
  crmjira_time_recordid: string;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `crmjira_worklog_sync_log` */
export interface WorklogSyncLogRow {
  _createdby_value: string | null;
  createdon: string | null;
  _createdonbehalfby_value: string | null;
  crmjira_error_code: string | null;
  crmjira_error_facts: string | null;
  crmjira_jira_issue_key: string;
  crmjira_jira_worklog_id: string | null;
  crmjira_name: string | null;
  crmjira_operation: OperationType | null;
  crmjira_sent_comment: string | null;
  crmjira_sent_seconds: number | null;
  crmjira_sent_start: string | null;
  crmjira_sync_error: string | null;
  crmjira_sync_status: SyncStatus | null;
  crmjira_synced_at: string | null;
  _crmjira_synced_by_value: string | null;
  'crmjira_synced_by@odata.bind': string;
  _crmjira_time_record_value: string | null;
  'crmjira_time_record@odata.bind': string;
  crmjira_worklog_sync_logid: string;
  importsequencenumber: number | null;
  _modifiedby_value: string | null;
  modifiedon: string | null;
  _modifiedonbehalfby_value: string | null;
  overriddencreatedon: string | null;
  _ownerid_value: string | null;
  'ownerid@odata.bind': string;
  _owningbusinessunit_value: string | null;
  _owningteam_value: string | null;
  _owninguser_value: string | null;
  statecode: 0 | 1;
  statuscode: 1 | 2 | null;
  timezoneruleversionnumber: number | null;
  utcconversiontimezonecode: number | null;
}

/** `account` */
export interface AccountExtensionRow {
  crmjira_engagement_score: number | null;
  crmjira_engagement_score_on: string | null;
}

/** `opportunity` */
export interface OpportunityExtensionRow {
  crmjira_alerts_in_digest: boolean | null;
  crmjira_alerts_snooze_reason: string | null;
  crmjira_alerts_snoozed_until: string | null;
  crmjira_approval_status: ApprovalStatus | null;
  _crmjira_approved_by_value: string | null;
  'crmjira_approved_by@odata.bind': string;
  crmjira_approved_on: string | null;
  crmjira_budget_review_note: string | null;
  crmjira_budget_review_required: boolean | null;
  crmjira_budget_status: BudgetStatus | null;
  crmjira_integration_reference: string | null;
  crmjira_jira_project_key: string | null;
  crmjira_project_budget: number | null;
  crmjira_project_budget_base: number | null;
  _crmjira_project_manager_id_value: string | null;
  'crmjira_project_manager_id@odata.bind': string;
  crmjira_step_activate: boolean | null;
  crmjira_step_approve: boolean | null;
  crmjira_step_budget: boolean | null;
  crmjira_step_changes: boolean | null;
  crmjira_step_estimate: boolean | null;
  crmjira_step_forecast: boolean | null;
  crmjira_step_link: boolean | null;
  crmjira_step_monitor: boolean | null;
  crmjira_step_notify: boolean | null;
  crmjira_step_permissions: boolean | null;
  crmjira_step_project: boolean | null;
  crmjira_step_qualify: boolean | null;
  crmjira_step_requirements: boolean | null;
  crmjira_step_review: boolean | null;
  crmjira_step_scope: boolean | null;
  crmjira_step_track: boolean | null;
}

/** `crmjira_issue_link` */
export interface IssueLinkCasesRow {
  _crmjira_regarding_incident_value: string | null;
  'crmjira_regarding_incident@odata.bind': string;
}

/** `crmjira_time_record` */
export interface TimeRecordCasesRow {
  _crmjira_regarding_incident_value: string | null;
  'crmjira_regarding_incident@odata.bind': string;
}

/** `incident` */
export interface IncidentCasesRow {
  crmjira_issue_resolution: string | null;
}

/** Row types by logical name of the table. */
export interface GeneratedTableRows {
  crmjira_admin_audit: AdminAuditRow;
  crmjira_budget_alert: BudgetAlertRow;
  crmjira_budget_approval: BudgetApprovalRow;
  crmjira_budget_category: BudgetCategoryRow;
  crmjira_budget_decision: BudgetDecisionRow;
  crmjira_budget_mapping: BudgetMappingRow;
  crmjira_budget_snapshot: BudgetSnapshotRow;
  crmjira_command: CommandRow;
  crmjira_directory_person: DirectoryPersonRow;
  crmjira_engagement_score: EngagementScoreRow;
  crmjira_external_ref: ExternalRefRow;
  crmjira_final_report: FinalReportRow;
  crmjira_inbound_event: InboundEventRow;
  crmjira_integration: IntegrationRow;
  crmjira_integration_health: IntegrationHealthRow;
  crmjira_integration_log: IntegrationLogRow;
  crmjira_integration_mapping: IntegrationMappingRow;
  crmjira_integration_provider: IntegrationProviderRow;
  crmjira_integration_webhook: IntegrationWebhookRow;
  crmjira_issue_link: IssueLinkRow & IssueLinkCasesRow;
  crmjira_jira_connection: JiraConnectionRow;
  crmjira_jira_issue: JiraIssueRow;
  crmjira_jira_project: JiraProjectRow;
  crmjira_kpi_snapshot: KpiSnapshotRow;
  crmjira_monitor_error: MonitorErrorRow;
  crmjira_monitor_error_day: MonitorErrorDayRow;
  crmjira_monitor_project: MonitorProjectRow;
  crmjira_opportunitytojiraproject: OpportunitytojiraprojectRow;
  crmjira_resource_allocation: ResourceAllocationRow;
  crmjira_secret: SecretRow;
  crmjira_service_key: ServiceKeyRow;
  crmjira_sync_conflict: SyncConflictRow;
  crmjira_sync_log: SyncLogRow;
  crmjira_time_record: TimeRecordRow & TimeRecordCasesRow;
  crmjira_worklog_sync_log: WorklogSyncLogRow;
  account: AccountExtensionRow;
  opportunity: OpportunityPlatformColumns & OpportunityExtensionRow;
  incident: IncidentPlatformColumns & IncidentCasesRow;
}
