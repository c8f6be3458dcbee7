/** Where a person may stand in our rows (R-1226), and what may happen to it. */
export interface PersonalColumn {
  readonly entitySet: string;
  readonly primaryId: string;
  readonly column: string;
  /**
   * `user`: a lookup to a user. `users`: ids of users, side by side in a text. `address`: the person's e-mail among others; `sign-in`: it
   * alone. `name`: a display name. `words`: what the person wrote, who is the row's creator. `post`: a display name among the words of a post of the
   * service's own, which the platform lets nobody change: it is replaced by one without the name.
   */
  readonly holds: 'user' | 'users' | 'address' | 'sign-in' | 'name' | 'words' | 'post';
  /** Columns of the same row that identify the same person and go along. */
  readonly along?: readonly string[];
  /**
   * `business` rows must be kept for the years of retention, with who did it: nothing of them is erased before.
   * `contact`: the row is kept, but whom it was sent to or shown is not needed once its active months are over.
   * `platform`: Dynamics sets it and keeps it for as long as the row.
   * `none`: nobody must keep it.
   */
  readonly keptAs: 'business' | 'contact' | 'platform' | 'none';
  /** Column from which the time is counted. */
  readonly since: string;
}

export const personalColumns: readonly PersonalColumn[] = [
  {
    entitySet: 'crmjira_budget_approvals',
    primaryId: 'crmjira_budget_approvalid',
    column: 'crmjira_requested_by',
    holds: 'user',
    keptAs: 'business',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_budget_approvals',
    primaryId: 'crmjira_budget_approvalid',
    column: 'crmjira_deciders',
    holds: 'users',
    keptAs: 'business',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_budget_approvals',
    primaryId: 'crmjira_budget_approvalid',
    column: 'crmjira_decided_by',
    holds: 'user',
    keptAs: 'business',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_budget_decisions',
    primaryId: 'crmjira_budget_decisionid',
    column: 'crmjira_decided_by',
    holds: 'user',
    keptAs: 'business',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_budget_approvals',
    primaryId: 'crmjira_budget_approvalid',
    column: 'createdby',
    holds: 'user',
    keptAs: 'business',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_budget_decisions',
    primaryId: 'crmjira_budget_decisionid',
    column: 'createdby',
    holds: 'user',
    keptAs: 'business',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_commands',
    primaryId: 'crmjira_commandid',
    column: 'createdby',
    holds: 'user',
    keptAs: 'platform',
    since: 'createdon',
  },
  {
    entitySet: 'opportunities',
    primaryId: 'opportunityid',
    column: 'crmjira_approved_by',
    holds: 'user',
    keptAs: 'business',
    since: 'createdon',
  },
  {
    entitySet: 'opportunities',
    primaryId: 'opportunityid',
    column: 'crmjira_project_manager_id',
    holds: 'user',
    keptAs: 'business',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_commands',
    primaryId: 'crmjira_commandid',
    column: 'crmjira_requested_by',
    holds: 'user',
    keptAs: 'none',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_budget_alerts',
    primaryId: 'crmjira_budget_alertid',
    column: 'crmjira_recipients',
    holds: 'address',
    keptAs: 'contact',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_budget_mappings',
    primaryId: 'crmjira_budget_mappingid',
    column: 'crmjira_jira_lead',
    holds: 'name',
    keptAs: 'contact',
    since: 'crmjira_archived_on',
  },
  {
    entitySet: 'crmjira_resource_allocations',
    primaryId: 'crmjira_resource_allocationid',
    column: 'crmjira_person',
    holds: 'name',
    along: ['crmjira_person_id'],
    keptAs: 'contact',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_budget_approvals',
    primaryId: 'crmjira_budget_approvalid',
    column: 'crmjira_comment',
    holds: 'words',
    keptAs: 'business',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_budget_decisions',
    primaryId: 'crmjira_budget_decisionid',
    column: 'crmjira_comment',
    holds: 'words',
    keptAs: 'business',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_budget_mappings',
    primaryId: 'crmjira_budget_mappingid',
    column: 'crmjira_team',
    holds: 'users',
    keptAs: 'contact',
    since: 'crmjira_archived_on',
  },
  {
    entitySet: 'crmjira_admin_audits',
    primaryId: 'crmjira_admin_auditid',
    column: 'crmjira_actor',
    holds: 'user',
    keptAs: 'business',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_worklog_sync_logs',
    primaryId: 'crmjira_worklog_sync_logid',
    column: 'crmjira_synced_by',
    holds: 'user',
    keptAs: 'contact',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_issue_links',
    primaryId: 'crmjira_issue_linkid',
    column: 'crmjira_created_by_user',
    holds: 'user',
    keptAs: 'contact',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_jira_connections',
    primaryId: 'crmjira_jira_connectionid',
    column: 'crmjira_user',
    holds: 'user',
    along: ['crmjira_email'],
    keptAs: 'none',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_sync_logs',
    primaryId: 'crmjira_sync_logid',
    column: 'crmjira_actor',
    holds: 'user',
    keptAs: 'business',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_sync_conflicts',
    primaryId: 'crmjira_sync_conflictid',
    column: 'crmjira_decided_by',
    holds: 'user',
    keptAs: 'business',
    since: 'createdon',
  },
  ...(['crmjira_crm_by', 'crmjira_jira_by'] as const).map((column): PersonalColumn => ({
    entitySet: 'crmjira_sync_conflicts',
    primaryId: 'crmjira_sync_conflictid',
    column,
    holds: 'name',
    keptAs: 'contact',
    since: 'createdon',
  })),
  // While an issue is open the next sync would write them again.
  ...(['crmjira_assignee', 'crmjira_resolved_by'] as const).map((column): PersonalColumn => ({
    entitySet: 'crmjira_jira_issues',
    primaryId: 'crmjira_jira_issueid',
    column,
    holds: 'name',
    keptAs: 'contact',
    since: 'crmjira_resolved_on',
  })),
  {
    entitySet: 'posts',
    primaryId: 'postid',
    column: 'text',
    holds: 'post',
    keptAs: 'contact',
    since: 'createdon',
  },
  {
    entitySet: 'crmjira_directory_persons',
    primaryId: 'crmjira_directory_personid',
    column: 'crmjira_user',
    holds: 'user',
    along: ['crmjira_name', 'crmjira_dn', 'crmjira_upn'],
    keptAs: 'none',
    since: 'createdon',
  },
  // Of somebody whom the directory has named and no run has found in Dynamics.
  {
    entitySet: 'crmjira_directory_persons',
    primaryId: 'crmjira_directory_personid',
    column: 'crmjira_upn',
    holds: 'sign-in',
    along: ['crmjira_name', 'crmjira_dn'],
    keptAs: 'none',
    since: 'createdon',
  },
];
