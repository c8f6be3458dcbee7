import type { JiraPayload } from '../../../clients/jira/wire/jira-payload';
import { siteJobKey } from '../../../queue/job-key';
import { deletedIssueKind, linkedIssueKind } from '../link/resolvers';

/** Which jobs of links an event of a connected Jira names. Pure. */
export function linkKeysOfJiraEvent(
  event: string,
  { issue }: Pick<JiraPayload, 'issue'>,
  connectionId: string,
): readonly string[] {
  if (issue === undefined) return [];
  switch (event) {
    case 'jira:issue_created':
    case 'jira:issue_updated':
    case 'jira:issue_moved':
      return [siteJobKey(linkedIssueKind, connectionId, issue.id)];
    case 'jira:issue_deleted':
      return [siteJobKey(deletedIssueKind, connectionId, issue.id)];
    default:
      return [];
  }
}
