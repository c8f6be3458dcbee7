import { JiraError } from '../jira-error';
import type { IssueRow, UserRow, WorklogRow } from '../site/rows';
import type { View } from '../views/view';
import { refuseDenied, refuseForeign, refuseLocked } from './worklogs';

/** What one request may move. */
const MOST = 5000;

/**
 * Moves worklogs to another issue, as `POST /issue/{id}/worklog/move` does: nobody is told, neither by webhook nor by the history of
 * either issue, and the worklogs do not count as changed.
 * @param adjustsEstimate what is left to do goes along with what was done
 * @throws JiraError 400
 */
export function moveWorklogs(
  view: View,
  actor: UserRow,
  { from, to }: { readonly from: IssueRow; readonly to: IssueRow },
  ids: readonly string[],
  adjustsEstimate = true,
): void {
  const { site } = view;
  if (ids.length === 0) throw new JiraError(400, ['Provide the worklogs to move.']);
  if (ids.length > MOST) throw new JiraError(400, [`No more than ${MOST} worklogs can be moved at once.`]);
  for (const issue of [from, to]) {
    refuseLocked(site, issue);
    refuseDenied(view, actor, issue);
  }
  const worklogs = ids.map((id) => {
    const worklog = site.worklogs.get(id);
    if (worklog?.issueId !== from.id) throw new JiraError(400, [`Cannot find worklog with id: '${id}'.`]);
    refuseForeign(view, actor, worklog, 'edit');
    return worklog;
  });
  const seconds = worklogs.reduce((sum, worklog) => sum + worklog.seconds, 0);
  site.together(() => {
    for (const worklog of worklogs) site.worklogs.put<WorklogRow>({ ...worklog, issueId: to.id });
    if (!adjustsEstimate) return;
    for (const [issue, more] of [
      [from, seconds],
      [to, -seconds],
    ] as const)
      if (issue.remainingEstimate !== null)
        site.issues.put<IssueRow>({ ...issue, remainingEstimate: Math.max(0, issue.remainingEstimate + more) });
  });
}
