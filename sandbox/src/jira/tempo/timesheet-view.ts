import type { Call } from '../api';
import { durationText } from '../site/duration';
import { plainText } from '../site/rich-text';
import type { WorklogRow } from '../site/rows';
import { issueTypeById, statusById } from '../views/catalogue-views';

const tempoTime = (instant: string) => instant.replace('T', ' ').replace('Z', '');

/** A worklog as Tempo Timesheets Data Center writes it. */
export function timesheetView(call: Call, worklog: WorklogRow) {
  const { site } = call;
  const issue = site.issues.get(worklog.issueId);
  const project = issue ? site.projects.get(issue.projectId) : undefined;
  const name = (id: string) => site.users.get(id)?.key;
  return {
    tempoWorklogId: Number(worklog.id),
    billableSeconds: worklog.seconds,
    timeSpentSeconds: worklog.seconds,
    timeSpent: durationText(worklog.seconds),
    comment: plainText(worklog.comment) ?? '',
    location: { name: 'Default Location', id: 1 },
    attributes: {},
    ...(issue
      ? {
          issue: {
            id: Number(issue.id),
            key: issue.key,
            summary: issue.summary,
            internalIssue: false,
            issueStatus: statusById(issue.statusId).name,
            reporterKey: issue.reporterId ? name(issue.reporterId) : null,
            estimatedRemainingSeconds: issue.remainingEstimate ?? 0,
            components: [],
            issueType: issueTypeById(issue.typeId).name,
            projectId: Number(issue.projectId),
            projectKey: project?.key,
            iconUrl: '/secure/viewavatar',
            versions: issue.fixVersionIds.map(Number),
          },
        }
      : {}),
    originId: Number(worklog.id),
    worker: name(worklog.authorId),
    updater: name(worklog.updateAuthorId),
    started: tempoTime(worklog.startedOn),
    originTaskId: Number(worklog.issueId),
    dateCreated: tempoTime(worklog.createdOn),
    dateUpdated: tempoTime(worklog.updatedOn),
  };
}
