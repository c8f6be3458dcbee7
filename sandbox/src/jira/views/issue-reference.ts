import type { IssueRow } from '../site/rows';
import { issueTypeById, issueTypeView, priorityView, statusById, statusView } from './catalogue-views';
import { selfUrl } from './view';
import type { View } from './view';

/** An issue inside another one: its parent, its sub-tasks, the other end of a link. */
export function issueReference(view: View, issue: IssueRow) {
  return {
    id: issue.id,
    key: issue.key,
    self: selfUrl(view, `/issue/${issue.id}`),
    fields: {
      summary: issue.summary,
      status: statusView(view, statusById(issue.statusId)),
      priority: priorityView(view, issue.priorityId),
      issuetype: issueTypeView(view, issueTypeById(issue.typeId)),
    },
  };
}
