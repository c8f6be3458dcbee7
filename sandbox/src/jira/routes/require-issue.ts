import type { Call } from '../api';
import { ISSUE_NOT_FOUND, JiraError } from '../jira-error';
import type { IssueRow } from '../site/rows';

/** @throws JiraError 404, also for callers who may not see it */
export function requireIssue(call: Call, idOrKey = call.path('issueIdOrKey')): IssueRow {
  const issue = call.anonymous ? undefined : call.site.findIssue(idOrKey);
  if (!issue || !call.site.may(call.caller.user, 'browse', issue.projectId)) throw JiraError.notFound(ISSUE_NOT_FOUND);
  return issue;
}
