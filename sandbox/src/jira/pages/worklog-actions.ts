import { z } from 'zod';
import { JiraError } from '../jira-error';
import { moveWorklogs } from '../operations/move-worklogs';
import { addWorklog, deleteWorklog, editWorklog } from '../operations/worklogs';
import type { IssueRow, ProjectRow, UserRow, WorklogRow } from '../site/rows';
import type { Site } from '../site/site';
import type { View } from '../views/view';

const text = z.string().default('');
export const worklogInputs = {
  log: z.object({ timeSpent: text, comment: text }),
  'change-work': z.object({ worklog: text, timeSpent: text }),
  'delete-work': z.object({ worklog: text }),
  'move-work': z.object({ worklog: text, issue: text }),
  lock: z.object({}),
} as const;
export type WorklogAction = keyof typeof worklogInputs;
export const isWorklogAction = (name: string): name is WorklogAction => Object.hasOwn(worklogInputs, name);

/** What a person does by hand with the work of an issue. @throws JiraError ZodError */
export function actOnWork(view: View, actor: UserRow, issue: IssueRow, action: WorklogAction, given: unknown): void {
  const { site } = view;
  switch (action) {
    case 'log': {
      const { timeSpent, comment } = worklogInputs.log.parse(given);
      addWorklog(view, actor, issue, { timeSpent, ...(comment === '' ? {} : { comment }) });
      return;
    }
    case 'change-work': {
      const { worklog, timeSpent } = worklogInputs['change-work'].parse(given);
      editWorklog(view, actor, issue, onIssue(site, issue, worklog), { timeSpent });
      return;
    }
    case 'delete-work': {
      const { worklog } = worklogInputs['delete-work'].parse(given);
      deleteWorklog(view, actor, issue, onIssue(site, issue, worklog));
      return;
    }
    case 'move-work': {
      const { worklog, issue: key } = worklogInputs['move-work'].parse(given);
      const to = site.findIssue(key.trim());
      if (!to) throw new JiraError(400, ['There is no such issue.']);
      const all = site.worklogs.where('issue', issue.id).map(({ id }) => id);
      moveWorklogs(view, actor, { from: issue, to }, worklog === '' ? all : [worklog]);
      return;
    }
    case 'lock': {
      const project = site.projects.get(issue.projectId);
      if (project) site.projects.put<ProjectRow>({ ...project, locksDone: project.locksDone !== true });
    }
  }
}

function onIssue(site: Site, issue: IssueRow, id: string): WorklogRow {
  const worklog = site.worklogs.get(id);
  if (worklog?.issueId !== issue.id) throw new JiraError(400, ['There is no such work on this issue.']);
  return worklog;
}
