/** Tables of the solution and of the platform as privileges spell them. */
export const ADMINISTRATOR = 'CRM-JIRA Integration Administrator';
export const USER = 'CRM-JIRA Integration User';
export const APPROVER = 'CRM-JIRA Budget Approver';
export const SERVICE = 'CRM-JIRA Integration Service';
export const VIEWER = 'CRM-JIRA Worklog Viewer';
export const PROCESS = 'crmjira_opportunitytojiraproject';

export const ROLES = [ADMINISTRATOR, USER, APPROVER, SERVICE, VIEWER] as const;

/** C create, R read, W write, D delete, A append, T append to. */
export const VERBS: Readonly<Record<string, string>> = {
  C: 'Create',
  R: 'Read',
  W: 'Write',
  D: 'Delete',
  A: 'Append',
  T: 'AppendTo',
};

export type Depth = 'Basic' | 'Local' | 'Deep' | 'Global';

/** role, table, letters of VERBS, how far they reach, requirement */
export type MatrixRow = readonly [string, string, string, Depth, string];

/** The roles of D-9, row by row. What stands in no row is granted to nobody. */
export const MATRIX: readonly MatrixRow[] = [
  [ADMINISTRATOR, 'crmjira_budget_mapping', 'CRWDAT', 'Global', 'R-1201'],
  [ADMINISTRATOR, 'crmjira_integration_log', 'CRWAT', 'Global', 'R-1202'],
  [ADMINISTRATOR, 'Opportunity', 'RWAT', 'Global', 'R-1203'],
  [ADMINISTRATOR, 'crmjira_command', 'CRA', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_budget_approval', 'CRAT', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_budget_alert', 'R', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_budget_snapshot', 'R', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_budget_category', 'R', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_final_report', 'R', 'Global', 'D-9'],
  // Beyond the matrix: who watches the integration reads what it answered and what was decided.
  [ADMINISTRATOR, 'crmjira_budget_decision', 'R', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_inbound_event', 'R', 'Global', 'D-9'],
  [ADMINISTRATOR, PROCESS, 'CRWAT', 'Global', 'D-9'],
  // A connection names its provider and a mapping its connection: append and append to, beyond the matrix.
  [ADMINISTRATOR, 'crmjira_integration', 'CRWDAT', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_integration_provider', 'CRWDAT', 'Global', 'D-9'],
  [USER, 'crmjira_budget_mapping', 'R', 'Local', 'R-1204'],
  [USER, 'Opportunity', 'R', 'Local', 'R-1205'],
  [USER, 'crmjira_integration_log', '', 'Local', 'R-1206'],
  [USER, 'crmjira_command', 'CRA', 'Basic', 'D-9'],
  [USER, 'crmjira_budget_approval', 'CRAT', 'Local', 'D-9'],
  [USER, 'crmjira_budget_alert', 'R', 'Local', 'D-9'],
  [USER, 'crmjira_budget_snapshot', 'R', 'Local', 'D-9'],
  [USER, 'crmjira_budget_category', 'R', 'Local', 'D-9'],
  [USER, 'crmjira_final_report', 'R', 'Local', 'D-9'],
  [USER, PROCESS, 'CRWAT', 'Global', 'D-9'],
  [APPROVER, 'crmjira_budget_decision', 'CRA', 'Local', 'D-9'],
  [APPROVER, 'crmjira_command', 'R', 'Basic', 'R-306'],
  [SERVICE, 'crmjira_budget_mapping', 'CRWAT', 'Global', 'R-1207'],
  [SERVICE, 'crmjira_integration_log', 'CRAT', 'Global', 'R-1207'],
  [SERVICE, 'Opportunity', 'RWAT', 'Global', 'R-1207'],
  [SERVICE, 'Activity', 'CRWAT', 'Global', 'R-1207'],
  [SERVICE, 'crmjira_budget_alert', 'CRWAT', 'Global', 'R-1207'],
  [SERVICE, 'crmjira_final_report', 'CRWAT', 'Global', 'R-1207'],
  [SERVICE, 'crmjira_inbound_event', 'CRWAT', 'Global', 'R-1207'],
  [SERVICE, 'crmjira_budget_snapshot', 'CRWAT', 'Global', 'R-1207'],
  // Hours and cost per person; whoever is not a Worklog Viewer sees sums only (R-2304).
  [SERVICE, 'crmjira_resource_allocation', 'CRWA', 'Global', 'R-2304'],
  [VIEWER, 'crmjira_resource_allocation', 'R', 'Local', 'R-2304'],
  [SERVICE, 'crmjira_command', 'CRWAT', 'Global', 'R-1207'],
  // Write beyond the matrix: what was decided is told in the request, which people read and never write (F-104).
  // It also makes a refused request inactive (F-307).
  [SERVICE, 'crmjira_budget_approval', 'CRWAT', 'Global', 'R-1207'],
  [SERVICE, 'crmjira_budget_decision', 'CRAT', 'Global', 'R-1207'],
  // Append beyond the matrix: an instance names its opportunity.
  [SERVICE, PROCESS, 'CRWA', 'Global', 'R-1207'],
  [SERVICE, 'Queue', 'RAT', 'Global', 'R-1207'],
  // Members of teams follow the groups of a directory (R-1605).
  [SERVICE, 'Team', 'RWA', 'Global', 'R-1605'],
  [SERVICE, 'Account', 'RT', 'Global', 'D-9'],
  // Known so that it can be left out of an issue.
  [SERVICE, 'Contact', 'R', 'Global', 'R-1706'],
  [SERVICE, 'Product', 'RT', 'Global', 'D-9'],
  // Append beyond the matrix: a post names its record.
  [SERVICE, 'Post', 'CRA', 'Global', 'D-9'],
  // Append to beyond the matrix: rows name users and currencies.
  [SERVICE, 'User', 'RT', 'Global', 'R-1207'],
  [SERVICE, 'TransactionCurrency', 'RT', 'Global', 'R-1207'],
  [SERVICE, 'crmjira_integration', 'CRWDAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_integration_provider', 'CRWAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_budget_category', 'R', 'Global', 'R-1207'],
  // Beyond the matrix: whoever asks is answered in the language of their settings.
  [SERVICE, 'UserSettings', 'R', 'Global', 'R-1207'],
  // Beyond the matrix: doctor tells which version is imported and whether the service itself holds its profile.
  [SERVICE, 'Solution', 'R', 'Global', 'R-1207'],
  [SERVICE, 'FieldSecurityProfile', 'R', 'Global', 'R-1207'],
  [VIEWER, 'crmjira_budget_mapping', 'R', 'Local', 'D-9'],
  [VIEWER, 'crmjira_budget_snapshot', 'R', 'Local', 'D-9'],
  [VIEWER, 'crmjira_budget_category', 'R', 'Local', 'D-9'],
  // Tables of D-4; append and append to where a row names another of ours.
  [ADMINISTRATOR, 'crmjira_integration_mapping', 'CRWDA', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_sync_log', 'CRA', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_integration_webhook', 'CRWDA', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_admin_audit', 'CRA', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_jira_project', 'CRWDAT', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_jira_issue', 'CRWDAT', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_issue_link', 'CRWDA', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_monitor_project', 'CRWDAT', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_monitor_error', 'CRWDAT', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_monitor_error_day', 'CRWDA', 'Global', 'D-9'],
  // A connection belongs to one person: not even an administrator writes it.
  [ADMINISTRATOR, 'crmjira_jira_connection', 'R', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_time_record', 'CRWDAT', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_worklog_sync_log', 'CRWDA', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_external_ref', 'CRWD', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_engagement_score', 'CRWDA', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_kpi_snapshot', 'CRWD', 'Global', 'D-9'],
  // Tables of groups 16 to 18.
  [ADMINISTRATOR, 'crmjira_integration_health', 'R', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_directory_person', 'R', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_service_key', 'R', 'Global', 'D-9'],
  [ADMINISTRATOR, 'crmjira_sync_conflict', 'R', 'Global', 'D-9'],
  [USER, 'crmjira_jira_project', 'R', 'Local', 'D-9'],
  [USER, 'crmjira_jira_issue', 'R', 'Local', 'D-9'],
  [USER, 'crmjira_issue_link', 'R', 'Local', 'D-9'],
  [USER, 'crmjira_sync_conflict', 'R', 'Local', 'D-9'],
  [USER, 'crmjira_monitor_project', 'R', 'Local', 'D-9'],
  [USER, 'crmjira_monitor_error', 'R', 'Local', 'D-9'],
  [USER, 'crmjira_monitor_error_day', 'R', 'Local', 'D-9'],
  // Their own; commands write a connection, so that its secret is tested and encrypted first.
  [USER, 'crmjira_jira_connection', 'R', 'Basic', 'D-9'],
  [USER, 'crmjira_worklog_sync_log', 'R', 'Basic', 'D-9'],
  [USER, 'crmjira_time_record', 'CRWDAT', 'Basic', 'D-9'],
  // A page of anybody encrypts a secret to it.
  [USER, 'crmjira_service_key', 'R', 'Global', 'D-9'],
  [VIEWER, 'crmjira_time_record', 'R', 'Global', 'D-9'],
  [VIEWER, 'crmjira_worklog_sync_log', 'R', 'Global', 'D-9'],
  [SERVICE, 'crmjira_jira_project', 'CRWAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_jira_issue', 'CRWAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_monitor_project', 'CRWAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_monitor_error', 'CRWAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_monitor_error_day', 'CRWAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_worklog_sync_log', 'CRWAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_integration_health', 'CRWAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_directory_person', 'CRWAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_external_ref', 'CRW', 'Global', 'R-1608'],
  [SERVICE, 'crmjira_service_key', 'CRWAT', 'Global', 'D-9'],
  // What it may also delete: of conflicts those of time, which others would read. Nobody else reads a secret.
  [SERVICE, 'crmjira_issue_link', 'CRWDAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_jira_connection', 'CRWDAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_time_record', 'CRWDAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_sync_conflict', 'CRWDAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_secret', 'CRWDAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_admin_audit', 'CRAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_sync_log', 'CRAT', 'Global', 'D-9'],
  [SERVICE, 'crmjira_integration_mapping', 'CRWDA', 'Global', 'D-9'],
  [SERVICE, 'crmjira_integration_webhook', 'CRWDA', 'Global', 'D-9'],
];

const VARIABLES = ['prvReadEnvironmentVariableDefinition', 'prvReadEnvironmentVariableValue'];

/** Beyond the matrix, at Global: settings for whoever opens the form; what the service needs to know who and where it is, and to send mail. */
export const BESIDE: Readonly<Record<string, readonly string[]>> = {
  [ADMINISTRATOR]: VARIABLES,
  [USER]: VARIABLES,
  [SERVICE]: [
    ...VARIABLES,
    // Statuses and priorities of a case are metadata.
    'prvReadAttribute',
    'prvReadEntity',
    'prvReadOptionSet',
    'prvReadBusinessUnit',
    'prvReadOrganization',
    'prvReadRole',
    'prvReadWorkflow',
    'prvSendAsUser',
  ],
};

/** What the matrix grants a role on a table: right → depth. */
export function granted(role: string, table: string): ReadonlyMap<string, Depth> {
  const rows = MATRIX.filter(([of, on]) => of === role && on.toLowerCase() === table.toLowerCase());
  return new Map(
    rows.flatMap(([, , letters, depth]) => [...letters].map((letter) => [VERBS[letter] ?? letter, depth])),
  );
}
