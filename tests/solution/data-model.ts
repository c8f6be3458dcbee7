/**
 * The columns that the tables of D-3 and D-4 must have, retyped by hand so that the solution is compared with a list of its
 * own and not with itself. One line a column: name, type, `!` when required.
 * Types: text N, autonumber PATTERN, memo N, choice NAME [default], money, decimal N (digits), whole, yesno, datetime,
 * day, lookup TABLE.
 */
export const DATA_MODEL: Readonly<Record<string, readonly string[]>> = {
  // 3.1
  crmjira_integration_log: [
    'crmjira_operation_type choice crmjira_operationtype !',
    'crmjira_source_system choice crmjira_sourcesystem !',
    'crmjira_source_record_id text 100 !',
    'crmjira_target_record_id text 100',
    'crmjira_integration_status choice crmjira_integrationstatus !',
    'crmjira_error_message text 2000',
    'crmjira_error_code text 50', // words in the reader's language
    'crmjira_name autonumber LOG-{SEQNUM:8} !',
    'crmjira_correlation_id text 64 !',
    'crmjira_event_id text 200',
    'crmjira_event_type text 100',
    'crmjira_duration_ms whole',
    'crmjira_records_processed whole',
    'crmjira_http_status whole',
    'crmjira_retry_count whole',
    'crmjira_next_retry_on datetime',
    'crmjira_payload_hash text 64',
    'crmjira_budget_mapping_id lookup crmjira_budget_mapping',
  ],
  // 3.2
  crmjira_budget_mapping: [
    'crmjira_opportunity_id lookup opportunity !',
    'crmjira_jira_project_key text 50 !',
    'crmjira_jira_budget_id text 100',
    'crmjira_approved_budget money !',
    'crmjira_spent_amount money !',
    'crmjira_remaining_budget money !',
    'crmjira_last_sync_date datetime',
    'crmjira_budget_status choice crmjira_budgetstatus !',
    'crmjira_mapping_status choice crmjira_mappingstatus 1 !',
    'crmjira_name text 200 !',
    'crmjira_integration_reference text 50 !',
    'crmjira_jira_project_id text 50',
    'crmjira_integration_id lookup crmjira_integration !',
    'crmjira_provisioning_state choice crmjira_provisioningstate !',
    'crmjira_budget_source choice crmjira_budgetsource !',
    'crmjira_jira_amount money',
    'crmjira_budget_amount_seen money', // tells a changed budget amount from a changed project budget
    'crmjira_period_from day !',
    'crmjira_period_to day !',
    'crmjira_utilization decimal 2',
    'crmjira_total_hours decimal 2',
    'crmjira_last_alert_level choice crmjira_alertlevel 0 !',
    'crmjira_last_event_on datetime',
    'crmjira_last_error text 2000',
    'crmjira_last_error_code text 50', // words in the reader's language
    'crmjira_failing_since datetime', // since when, and when it is tried again
    'crmjira_next_retry_on datetime', // as above
    'crmjira_completed_on datetime',
    'crmjira_archived_on datetime',
    'crmjira_project_archived yesno',
    'crmjira_jira_project_name text 200',
    'crmjira_jira_project_url text 500',
    'crmjira_jira_lead text 200',
    'crmjira_jira_project_status text 100',
    'crmjira_issues_done whole',
    'crmjira_issues_open whole',
    'crmjira_milestones memo 4000',
    'crmjira_discrepancies memo 4000', // since when a field differs (R-1506)
    'crmjira_held_on datetime', // this and the next: too many projects in an hour (R-2305)
    'crmjira_released_on datetime',
    'crmjira_history_from day', // how far back the history of a linked project goes (R-2303)
    'crmjira_team text 200', // who was given a role in the project
  ],
  // 3.4 and the checklist columns of 8
  opportunity: [
    'crmjira_jira_project_key text 50',
    'crmjira_project_budget money',
    'crmjira_budget_status choice crmjira_budgetstatus',
    'crmjira_integration_reference text 50',
    'crmjira_approval_status choice crmjira_approvalstatus 1',
    'crmjira_approved_by lookup systemuser',
    'crmjira_approved_on datetime',
    'crmjira_project_manager_id lookup systemuser',
    'crmjira_budget_review_required yesno',
    'crmjira_budget_review_note text 2000',
    // The next three: alerts snoozed or in a digest (R-2306).
    'crmjira_alerts_snoozed_until day',
    'crmjira_alerts_snooze_reason text 500',
    'crmjira_alerts_in_digest yesno',
    'crmjira_step_qualify yesno',
    'crmjira_step_scope yesno',
    'crmjira_step_requirements yesno',
    'crmjira_step_estimate yesno',
    'crmjira_step_project yesno',
    'crmjira_step_budget yesno',
    'crmjira_step_permissions yesno',
    'crmjira_step_link yesno',
    'crmjira_step_review yesno',
    'crmjira_step_approve yesno',
    'crmjira_step_activate yesno',
    'crmjira_step_notify yesno',
    'crmjira_step_monitor yesno',
    'crmjira_step_track yesno',
    'crmjira_step_changes yesno',
    'crmjira_step_forecast yesno',
  ],
  // 3.5
  crmjira_inbound_event: [
    'crmjira_event_id text 200 !',
    'crmjira_event_type text 100 !',
    'crmjira_integration_id lookup crmjira_integration',
    'crmjira_project_id text 50',
    'crmjira_source_timestamp datetime',
    'crmjira_received_on datetime',
    'crmjira_payload memo 100000',
    'crmjira_status choice crmjira_inboundstatus 1',
    'crmjira_attempts whole',
    'crmjira_error_message text 2000',
    // The next: F-219.
    'crmjira_correlation_id text 64',
    'crmjira_name text 200',
  ],
  // 3.6
  crmjira_budget_alert: [
    'crmjira_budget_mapping_id lookup crmjira_budget_mapping !',
    'crmjira_alert_level choice crmjira_alertlevel !',
    'crmjira_severity choice crmjira_severity',
    'crmjira_utilization decimal 2',
    'crmjira_spent_amount money',
    'crmjira_approved_budget money',
    'crmjira_raised_on datetime',
    'crmjira_cleared_on datetime',
    'crmjira_recipients text 1000',
    'crmjira_emailed_on datetime',
    'crmjira_task_id text 36',
    // The next four: R-2306.
    'crmjira_snoozed_until day',
    'crmjira_in_digest yesno',
    'crmjira_digest_mail_id text 36',
    'crmjira_digested_on datetime',
    'crmjira_crossing_no whole !',
    // The next: F-219.
    'crmjira_correlation_id text 64',
    'crmjira_name text 200',
  ],
  // 3.7
  crmjira_final_report: [
    'crmjira_budget_mapping_id lookup crmjira_budget_mapping !',
    'crmjira_project_name text 300',
    'crmjira_project_key text 50',
    'crmjira_duration_days whole',
    'crmjira_approved money',
    'crmjira_actual money',
    'crmjira_variance money',
    'crmjira_variance_percentage decimal 2',
    'crmjira_performance choice crmjira_performance',
    'crmjira_total_hours decimal 2',
    'crmjira_average_hourly_rate money',
    'crmjira_avg_daily_hours decimal 1',
    'crmjira_peak_month text 20',
    'crmjira_efficiency_rating choice crmjira_efficiencyrating',
    'crmjira_completion_date datetime',
    'crmjira_generated_on datetime',
    'crmjira_name text 200',
  ],
  // 3.8
  crmjira_budget_category: [
    'crmjira_category_id text 50 !',
    'crmjira_name text 200 !',
    'crmjira_type choice crmjira_budgetcategorytype !',
    'crmjira_default_rate money',
    'crmjira_budget_amount money',
    'crmjira_budget_mapping_id lookup crmjira_budget_mapping',
  ],
  // 3.9
  crmjira_budget_approval: [
    'crmjira_opportunity_id lookup opportunity !',
    'crmjira_amount money !',
    'crmjira_previous_amount money',
    'crmjira_requested_by lookup systemuser',
    'crmjira_requested_on datetime',
    'crmjira_comment text 2000',
    'crmjira_deciders text 200', // who can decide on a request that was opened again
    // what was decided, for the one who asked (F-104)
    'crmjira_decision choice crmjira_approvalstatus',
    'crmjira_decided_by lookup systemuser',
    'crmjira_decided_on datetime',
    'crmjira_decision_comment text 2000',
    'crmjira_name text 200',
  ],
  crmjira_budget_decision: [
    'crmjira_budget_approval_id lookup crmjira_budget_approval !',
    'crmjira_decision choice crmjira_approvalstatus !',
    'crmjira_decided_by lookup systemuser',
    'crmjira_decided_on datetime',
    'crmjira_comment text 2000',
    'crmjira_name text 200',
  ],
  // 3.10
  // work by person and month (R-214, R-2304)
  crmjira_resource_allocation: [
    'crmjira_budget_mapping_id lookup crmjira_budget_mapping !',
    'crmjira_month day !',
    'crmjira_person_id text 100 !',
    'crmjira_person text 200',
    'crmjira_hours decimal 2',
    'crmjira_cost money',
    'crmjira_name text 200',
  ],
  crmjira_budget_snapshot: [
    'crmjira_budget_mapping_id lookup crmjira_budget_mapping !',
    'crmjira_snapshot_date day !',
    'crmjira_spent_amount money',
    'crmjira_approved_budget money',
    'crmjira_total_hours decimal 2',
    'crmjira_remaining_estimate_hours decimal 2',
    'crmjira_done_fraction decimal 4',
    'crmjira_is_estimated yesno', // back-filled history (R-2303)
    'crmjira_name text 200',
  ],
  // 3.11
  crmjira_command: [
    'crmjira_opportunity_id lookup opportunity !',
    'crmjira_command_type choice crmjira_commandtype !',
    'crmjira_argument text 2000',
    'crmjira_command_state choice crmjira_commandstate 1 !',
    'crmjira_result text 2000',
    'crmjira_requested_by lookup systemuser',
    'crmjira_requested_on datetime',
    'crmjira_finished_on datetime',
    'crmjira_name text 200',
  ],
  // 4
  crmjira_integration_provider: [
    'crmjira_code text 50 !',
    'crmjira_name text 200 !',
    'crmjira_description text 200',
    'crmjira_supports_webhooks yesno',
    'crmjira_config_schema memo 100000',
  ],
  crmjira_integration: [
    'crmjira_organization_id text 36', // environment that writes to Jira (R-2302)
    'crmjira_provider lookup crmjira_integration_provider !',
    'crmjira_name text 200 !',
    'crmjira_base_url text 500',
    'crmjira_deployment choice crmjira_deployment',
    'crmjira_auth_type choice crmjira_authtype',
    'crmjira_username text 200',
    'crmjira_secret_name text 200',
    'crmjira_default_project_key text 50',
    'crmjira_default_issue_type text 50',
    'crmjira_sync_interval_minutes whole',
    'crmjira_issue_limit_per_project whole',
    'crmjira_batch_size whole',
    'crmjira_is_active yesno',
    'crmjira_last_sync_on datetime',
    'crmjira_last_test_on datetime',
    'crmjira_last_test_ok yesno',
    'crmjira_health choice crmjira_health 4',
    'crmjira_jobs_waiting whole', // tiles of the health page
    'crmjira_dead_letters whole', // as above
    'crmjira_jira_health choice crmjira_health 4', // cards of the health page
    'crmjira_jira_since datetime', // as above
    'crmjira_jira_last_good_on datetime', // as above
    'crmjira_jira_reason text 500', // as above
    'crmjira_jira_reason_code text 50', // as above
    'crmjira_jira_response_ms whole', // as above
    'crmjira_jira_limit_ms whole', // R-1102, R-1103: the mock-up of the health page has it beside the response
    'crmjira_jira_days_left whole', // as above
    'crmjira_dataverse_health choice crmjira_health 4', // as above
    'crmjira_dataverse_since datetime', // as above
    'crmjira_dataverse_last_good_on datetime', // as above
    'crmjira_dataverse_reason text 500', // as above
    'crmjira_dataverse_reason_code text 50', // as above
    'crmjira_dataverse_response_ms whole', // as above
    'crmjira_dataverse_days_left whole', // as above
    'crmjira_budget_source_health choice crmjira_health 4', // as above
    'crmjira_budget_source_since datetime', // as above
    'crmjira_budget_source_last_good_on datetime', // as above
    'crmjira_budget_source_reason text 500', // as above
    'crmjira_budget_source_reason_code text 50', // as above
    'crmjira_budget_source_response_ms whole', // as above
    'crmjira_budget_source_kind choice crmjira_budgetsource', // the mock-up of the health page has kind, rate and delay
    'crmjira_budget_source_rate decimal 4',
    'crmjira_budget_source_rate_currency text 3',
    'crmjira_budget_source_delay_s whole', // R-1110
    'crmjira_oldest_waiting_s whole', // R-1102, beside the number that waits
    'crmjira_gateway_health choice crmjira_health 4', // as above
    'crmjira_gateway_since datetime', // as above
    'crmjira_gateway_last_good_on datetime', // as above
    'crmjira_gateway_reason text 500', // as above
    'crmjira_gateway_reason_code text 50', // as above
    'crmjira_gateway_calls_per_minute whole', // as above
    'crmjira_gateway_days_left whole', // as above
    'crmjira_config memo 100000',
  ],
  // 4, the tables of the other capabilities; the lookup to the connection is named in 5
  crmjira_integration_mapping: [
    'crmjira_integration_id lookup crmjira_integration !',
    'crmjira_direction choice crmjira_direction !',
    'crmjira_source_table text 100',
    'crmjira_source_field text 100',
    'crmjira_target_object text 100',
    'crmjira_target_field text 100',
    'crmjira_transform text 100',
    'crmjira_is_key yesno',
    'crmjira_sequence whole',
    'crmjira_name text 200',
  ],
  crmjira_sync_log: [
    'crmjira_integration_id lookup crmjira_integration !',
    'crmjira_trigger choice crmjira_synctrigger !',
    'crmjira_status choice crmjira_syncstatus',
    'crmjira_started_on datetime',
    'crmjira_finished_on datetime',
    'crmjira_duration_ms whole',
    'crmjira_records_processed whole',
    'crmjira_records_failed whole',
    'crmjira_error_message text 2000',
    'crmjira_correlation_id text 64',
    'crmjira_name text 200',
  ],
  crmjira_integration_webhook: [
    'crmjira_integration_id lookup crmjira_integration !',
    'crmjira_url text 500 !',
    'crmjira_events text 1000',
    'crmjira_secret_name text 200',
    'crmjira_verification choice crmjira_verification',
    'crmjira_is_active yesno',
    'crmjira_last_received_on datetime',
    'crmjira_name text 200',
  ],
  crmjira_admin_audit: [
    'crmjira_actor lookup systemuser !',
    'crmjira_action text 100 !',
    'crmjira_target_table text 200',
    'crmjira_target_id text 50',
    'crmjira_before_hash text 64',
    'crmjira_after_hash text 64',
    'crmjira_at datetime',
    'crmjira_name text 200',
  ],
  crmjira_jira_project: [
    'crmjira_integration_id lookup crmjira_integration !',
    'crmjira_project_id text 50 !',
    'crmjira_project_key text 50',
    'crmjira_type text 200',
    'crmjira_lead text 200',
    'crmjira_product lookup product',
    'crmjira_opportunity lookup opportunity',
    'crmjira_last_sync_on datetime',
    'crmjira_is_archived yesno',
    'crmjira_name text 200',
  ],
  crmjira_jira_issue: [
    'crmjira_project lookup crmjira_jira_project !',
    'crmjira_issue_id text 50 !',
    'crmjira_issue_key text 50',
    'crmjira_summary text 300',
    'crmjira_status text 200',
    'crmjira_status_category text 200',
    'crmjira_priority text 200',
    'crmjira_issue_type text 200',
    'crmjira_assignee text 200',
    'crmjira_labels text 200',
    'crmjira_created datetime',
    'crmjira_updated datetime',
    'crmjira_raw memo 100000',
    'crmjira_name text 200',
  ],
  crmjira_issue_link: [
    'crmjira_jira_issue lookup crmjira_jira_issue !',
    'crmjira_regarding_incident lookup incident',
    'crmjira_regarding_opportunity lookup opportunity',
    'crmjira_regarding_account lookup account',
    'crmjira_external_system text 50',
    'crmjira_external_id text 100',
    'crmjira_external_url text 500',
    'crmjira_sync_preference choice crmjira_syncpreference',
    'crmjira_created_note text 2000',
    'crmjira_created_by_user lookup systemuser',
    'crmjira_last_sync_on datetime',
    'crmjira_last_error text 2000',
    'crmjira_name text 200',
  ],
  crmjira_monitor_project: [
    'crmjira_system text 50 !',
    'crmjira_external_id text 100 !',
    'crmjira_product lookup product',
    'crmjira_is_active yesno',
    'crmjira_last_sync_on datetime',
    'crmjira_name text 200',
  ],
  crmjira_monitor_error: [
    'crmjira_monitor_project lookup crmjira_monitor_project !',
    'crmjira_external_id text 100 !',
    'crmjira_title text 300',
    'crmjira_level text 50',
    'crmjira_status text 50',
    'crmjira_event_count whole',
    'crmjira_first_seen_on datetime',
    'crmjira_last_seen_on datetime',
    'crmjira_external_url text 500',
    'crmjira_name text 200',
  ],
  crmjira_monitor_error_day: [
    'crmjira_monitor_error lookup crmjira_monitor_error !',
    'crmjira_day day !',
    'crmjira_event_count whole',
    'crmjira_name text 200',
  ],
  crmjira_jira_connection: [
    'crmjira_user lookup systemuser !',
    'crmjira_jira_url text 500 !',
    'crmjira_auth_type choice crmjira_authtype',
    'crmjira_email text 200',
    'crmjira_secret_name text 200',
    'crmjira_oauth_access_secret_name text 200',
    'crmjira_oauth_refresh_secret_name text 200',
    'crmjira_is_active yesno',
    'crmjira_name text 200',
  ],
  crmjira_time_record: [
    'crmjira_subject text 200 !',
    'crmjira_time_in datetime !',
    'crmjira_time_out datetime',
    'crmjira_notes memo 100000',
    'crmjira_external_link text 500',
    'crmjira_jira_issue_key text 50',
    'crmjira_jira_worklog_id text 50',
    'crmjira_jira_synced yesno',
    'crmjira_jira_sync_error text 2000',
    'crmjira_last_synced_at datetime',
    'crmjira_regarding_incident lookup incident',
    'crmjira_regarding_opportunity lookup opportunity',
    'crmjira_regarding_account lookup account',
    'crmjira_name text 200',
  ],
  crmjira_worklog_sync_log: [
    'crmjira_time_record lookup crmjira_time_record !',
    'crmjira_jira_issue_key text 50 !',
    'crmjira_jira_worklog_id text 50',
    'crmjira_sync_status choice crmjira_syncstatus',
    'crmjira_sync_error text 2000',
    'crmjira_synced_at datetime',
    'crmjira_synced_by lookup systemuser',
    'crmjira_name text 200',
  ],
  crmjira_external_ref: [
    'crmjira_system text 50 !',
    'crmjira_external_id text 100 !',
    'crmjira_record_table text 200',
    'crmjira_record_id text 50',
    'crmjira_direction choice crmjira_direction',
    'crmjira_version text 100',
    'crmjira_last_sync_on datetime',
    'crmjira_name text 200',
  ],
  crmjira_engagement_score: [
    'crmjira_account lookup account !',
    'crmjira_score whole !',
    'crmjira_activity_part decimal 4',
    'crmjira_sales_part decimal 4',
    'crmjira_calculated_on datetime',
    'crmjira_name text 200',
  ],
  crmjira_kpi_snapshot: [
    'crmjira_kpi text 50 !',
    'crmjira_period day !',
    'crmjira_value decimal 4',
    'crmjira_dimension text 100',
    'crmjira_name text 200',
  ],
  account: ['crmjira_engagement_score whole', 'crmjira_engagement_score_on datetime'],
};

/** Section 2: `value label` of each global choice; the last two are inline in 3.11. */
export const CHOICES: Readonly<Record<string, readonly string[]>> = {
  crmjira_budgetstatus: ['1 Draft', '2 Approved', '3 Active', '4 Over Budget', '5 Completed'],
  crmjira_operationtype: ['1 Create', '2 Update', '3 Delete', '4 Sync'],
  crmjira_sourcesystem: ['1 Dynamics 365', '2 JIRA'],
  crmjira_integrationstatus: ['1 Pending', '2 Success', '3 Failed', '4 Retry'],
  crmjira_mappingstatus: ['1 Active', '2 Archived', '3 Orphaned'],
  crmjira_provisioningstate: ['1 Requested', '2 Project created', '3 Budget created', '4 Linked', '5 Failed'],
  crmjira_budgetsource: ['1 S0 budget contract', '2 Tempo Cloud 4', '3 Computed (worklogs × rate)'],
  crmjira_approvalstatus: ['1 Not requested', '2 Pending', '3 Approved', '4 Rejected', '5 Changes requested'],
  crmjira_alertlevel: ['0 None', '1 Budget Warning', '2 Over Budget'],
  crmjira_severity: ['1 Low', '2 Medium', '3 High', '4 Critical'],
  crmjira_inboundstatus: ['1 New', '2 Processed', '3 Ignored', '4 Failed'],
  crmjira_budgetcategorytype: ['1 HOURLY_RATE', '2 FIXED_COST', '3 VARIABLE_COST'],
  crmjira_performance: ['1 Under Budget', '2 On Budget', '3 Over Budget'],
  crmjira_efficiencyrating: ['1 Excellent', '2 Good', '3 Fair', '4 Poor'],
  crmjira_authtype: ['1 Basic', '2 API token', '3 PAT (bearer)', '4 OAuth 2.0 (3LO)', '5 LDAP bind', '6 None'],
  crmjira_syncstatus: ['1 pending', '2 success', '3 failed'],
  crmjira_synctrigger: ['1 Scheduled', '2 Manual', '3 Webhook', '4 Retry'],
  crmjira_health: ['1 Healthy', '2 Degraded', '3 Down', '4 Unknown', '5 Not Used'],
  crmjira_direction: ['1 Outbound', '2 Inbound', '3 Both'],
  crmjira_syncpreference: ['1 Both', '2 Jira to CRM', '3 CRM to Jira', '4 Off'],
  crmjira_verification: ['1 HMAC signature', '2 Secret in URL', '3 Bearer token'],
  crmjira_deployment: ['1 Jira Cloud', '2 Jira Data Center', '3 Jira Server'],
  crmjira_commandtype: [
    '1 Create project',
    '2 Link project',
    '3 Sync now',
    '4 Complete project',
    '5 Reopen',
    '6 Retry',
    '7 Resolve discrepancy',
    '8 Stage move',
    '9 Find projects', // candidates for "Link existing" (ADR-2)
  ],
  crmjira_commandstate: ['1 Requested', '2 Running', '3 Done', '4 Refused', '5 Failed'],
};
