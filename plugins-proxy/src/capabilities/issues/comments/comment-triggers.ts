import type { JiraPayload } from '../../../clients/jira/wire/jira-payload';
import { siteJobKey } from '../../../queue/job-key';

/** Kind of the job that brings the comments of an issue, e.g. `issue-comments:<connection>/10014`. */
export const issueCommentsKind = 'issue-comments';
/** Kind of the job that tells of a deleted comment, whose id only its event names: `deleted-comment:<connection>/10014/10200`. */
export const deletedCommentKind = 'deleted-comment';

/** The issue that a comment's address names, where its event does not: `…/issue/10014/comment/10200`. */
const issueOf = ({ issue, comment }: Pick<JiraPayload, 'issue' | 'comment'>): string | undefined =>
  issue?.id ?? /\/issue\/(\d{1,20})\/comment\//.exec(comment?.self ?? '')?.[1];

/** Jobs of an event about a comment; an update of the issue that brings one, as Data Center has it, is such an event. Pure. */
export function commentKeysOfJiraEvent(
  event: string,
  payload: Pick<JiraPayload, 'issue' | 'comment'>,
  connectionId: string,
): readonly string[] {
  const issue = issueOf(payload);
  const comment = payload.comment?.id;
  if (issue === undefined || comment === undefined) return [];
  switch (event) {
    case 'comment_created':
    case 'comment_updated':
    case 'jira:issue_updated':
      return [siteJobKey(issueCommentsKind, connectionId, issue)];
    case 'comment_deleted':
      return [siteJobKey(deletedCommentKind, connectionId, `${issue}/${comment}`)];
    default:
      return [];
  }
}
