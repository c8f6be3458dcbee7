import { JiraError } from '../jira-error';
import type { IssueRow, UserRow } from '../site/rows';
import type { Site } from '../site/site';
import { issueTypeById } from '../views/catalogue-views';
import { linksOf, unlinkIssues } from './link-issues';
import { forgetIssue } from './projects';

/** @throws JiraError 400 when there are sub-tasks that were not to go with it */
export function deleteIssue(site: Site, actor: UserRow, issue: IssueRow, withSubtasks: boolean): void {
  const children = site.issues.where('parent', issue.id);
  const subtasks = children.filter((child) => issueTypeById(child.typeId).level === -1);
  if (subtasks.length > 0 && !withSubtasks)
    throw new JiraError(400, [
      `The issue '${issue.key}' has subtasks.  You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.`,
    ]);
  site.together(() => {
    for (const subtask of subtasks) deleteIssue(site, actor, subtask, true);
    for (const child of children.filter((row) => !subtasks.includes(row)))
      site.issues.put<IssueRow>({ ...child, parentId: null });
    for (const link of linksOf(site, issue.id)) unlinkIssues(site, actor, link);
    // told before it is gone, so that filters still see its project
    site.emit({ on: site.now(), actorId: actor.id, kind: 'issue', event: 'deleted', issue });
    forgetIssue(site, issue.id);
  });
}
