import type { JiraEvent } from './events';

/** Events a webhook may ask for. `budget:*` is not Jira's: it belongs to the contract of the budget module. */
export const webhookEvents = [
  'jira:issue_created',
  'jira:issue_updated',
  'jira:issue_deleted',
  'comment_created',
  'comment_updated',
  'comment_deleted',
  'issue_property_set',
  'issue_property_deleted',
  'issuelink_created',
  'issuelink_deleted',
  'attachment_created',
  'attachment_deleted',
  'worklog_created',
  'worklog_updated',
  'worklog_deleted',
  'project_created',
  'project_updated',
  'project_deleted',
  'project_soft_deleted',
  'project_restored_deleted',
  'project_archived',
  'project_restored_archived',
  'jira:version_released',
  'jira:version_unreleased',
  'jira:version_created',
  'jira:version_moved',
  'jira:version_updated',
  'jira:version_merged',
  'jira:version_deleted',
  'user_created',
  'user_updated',
  'user_deleted',
  'sprint_created',
  'sprint_deleted',
  'sprint_updated',
  'sprint_started',
  'sprint_closed',
  'board_created',
  'board_updated',
  'board_deleted',
  'board_configuration_changed',
  'option_voting_changed',
  'option_watching_changed',
  'option_unassigned_issues_changed',
  'option_subtasks_changed',
  'option_attachments_changed',
  'option_issuelinks_changed',
  'option_timetracking_changed',
  'budget:budget_updated',
  'budget:budget_approved',
] as const;

/** Events that dynamic webhooks may ask for on Cloud. */
export const dynamicWebhookEvents: readonly string[] = webhookEvents.filter((name) =>
  /^(jira:issue_|comment_|issue_property_|worklog_|sprint_|jira:version_|project_|issuelink_|attachment_)/.test(name),
);

/** Name under which an event goes out. */
export function eventName(event: JiraEvent): string {
  switch (event.kind) {
    case 'issue':
      return `jira:issue_${event.event}`;
    case 'version':
      return `jira:version_${event.event}`;
    case 'issue-property':
      return `issue_property_${event.event}`;
    case 'budget':
      return `budget:budget_${event.event}`;
    default:
      return `${event.kind}_${event.event}`;
  }
}
