import type { JiraPayload } from '../../../clients/jira/wire/jira-payload';
import { siteJobKey } from '../../../queue/job-key';
import { mirrorIssueKind } from './mirror-issue';

/**
 * The mirror's job of an event about an issue. It names the project too: whether that is offered, the job looks up, and only then asks
 * Jira. Pure.
 */
export function mirrorKeysOfJiraEvent(event: string, payload: JiraPayload, connectionId: string): readonly string[] {
  const issue = payload.issue?.id;
  if (!event.startsWith('jira:issue_') || issue === undefined) return [];
  const project = payload.issue?.fields?.project?.id;
  return [siteJobKey(mirrorIssueKind, connectionId, project === undefined ? issue : `${issue}/${project}`)];
}
