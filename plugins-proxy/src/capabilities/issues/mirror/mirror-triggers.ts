import type { JiraPayload } from '../../../clients/jira/wire/jira-payload';
import { siteJobKey } from '../../../queue/job-key';
import { mirrorIssueKind } from './mirror-issue';

/** The mirror's job of an event about an issue: whether its project is offered, the job looks up. Pure. */
export function mirrorKeysOfJiraEvent(event: string, payload: JiraPayload, connectionId: string): readonly string[] {
  const issue = payload.issue?.id;
  return event.startsWith('jira:issue_') && issue !== undefined
    ? [siteJobKey(mirrorIssueKind, connectionId, issue)]
    : [];
}
