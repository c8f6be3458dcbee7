import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import { addWorklog, deleteWorklog } from '../operations/worklogs';
import { textOf } from '../site/rich-text';
import type { WorklogRow } from '../site/rows';
import { isDay, jiraTimestamp } from '../site/timestamps';
import { hourlyRate } from './budget-figures';
import { timesheetView } from './timesheet-view';

const TEMPO = '/rest/tempo-timesheets/4/worklogs';
const day = z.string().refine(isDay, 'must be yyyy-MM-dd');
const idList = z.array(z.union([z.string(), z.number()]).transform(String)).optional();
const searchInput = z.looseObject({
  from: day,
  to: day,
  worker: z.array(z.string()).optional(),
  projectId: idList,
  projectKey: z.array(z.string()).optional(),
  taskId: idList,
  taskKey: z.array(z.string()).optional(),
});
const createInput = z.looseObject({
  worker: z.string(),
  originTaskId: z.union([z.string(), z.number()]).transform(String),
  started: z.string(),
  timeSpentSeconds: z.number(),
  comment: z.string().optional(),
  remainingEstimate: z.number().nullish(),
});

/** Tempo Timesheets 4 as Data Center has it (D-7.3). */
export function registerTimesheets(api: Api): void {
  api.at('POST', `${TEMPO}/search`, (call) => {
    call.user();
    const input = call.body(searchInput);
    return call.site.worklogs
      .all()
      .filter((worklog) => {
        const started = worklog.startedOn.slice(0, 10);
        const issue = call.site.issues.get(worklog.issueId);
        const project = issue ? call.site.projects.get(issue.projectId) : undefined;
        const author = call.site.users.get(worklog.authorId);
        return (
          started >= input.from &&
          started <= input.to &&
          issue !== undefined &&
          project !== undefined &&
          author !== undefined &&
          (!input.worker?.length || input.worker.some((name) => name === author.key || name === author.name)) &&
          (!input.projectId?.length || input.projectId.includes(project.id)) &&
          (!input.projectKey?.length || input.projectKey.includes(project.key)) &&
          (!input.taskId?.length || input.taskId.includes(issue.id)) &&
          (!input.taskKey?.length || input.taskKey.includes(issue.key))
        );
      })
      .map((worklog) => timesheetView(call, worklog));
  });
  // not an address of Tempo (D-7.3)
  api.at('GET', `${TEMPO}/project/:projectKey`, (call) => {
    call.user();
    const project = call.site.findProject(call.path('projectKey'));
    if (!project) throw JiraError.notFound(`No project could be found with key '${call.path('projectKey')}'.`);
    return call.site.issues
      .where('project', project.id)
      .flatMap((issue) => call.site.worklogs.where('issue', issue.id))
      .map((worklog) => ({ ...timesheetView(call, worklog), billingRate: hourlyRate(call.site, worklog.id) }));
  });
  api.at('POST', TEMPO, (call) => {
    call.user();
    const input = call.body(createInput);
    const issue = call.site.findIssue(input.originTaskId);
    const worker = call.site.findUser(input.worker);
    if (!issue) throw new JiraError(400, ['The issue of the worklog does not exist.']);
    if (!worker) throw new JiraError(400, [`User '${input.worker}' does not exist.`]);
    const started = new Date(`${input.started.replace(' ', 'T').replace(/Z?$/, '')}Z`);
    if (Number.isNaN(started.getTime())) throw new JiraError(400, ['The start of the worklog is not a date.']);
    const rule =
      input.remainingEstimate == null
        ? {}
        : { adjustEstimate: 'new', newEstimate: `${Math.round(input.remainingEstimate / 60)}m` };
    const worklog = addWorklog(
      { ...call.view, version: 2 },
      worker,
      issue,
      { comment: undefined, started: jiraTimestamp(started.toISOString()), timeSpentSeconds: input.timeSpentSeconds },
      rule,
    );
    if (input.comment) call.site.worklogs.put<WorklogRow>({ ...worklog, comment: textOf(input.comment) });
    return [timesheetView(call, call.site.worklogs.get(worklog.id) ?? worklog)];
  });
  const find = (call: Call): WorklogRow => {
    call.user();
    const worklog = call.site.worklogs.get(call.path('id'));
    if (!worklog) throw JiraError.notFound(`The worklog with id ${call.path('id')} does not exist.`);
    return worklog;
  };
  api.at('GET', `${TEMPO}/:id`, (call) => timesheetView(call, find(call)));
  api.at('DELETE', `${TEMPO}/:id`, (call) => {
    const worklog = find(call);
    const issue = call.site.issues.get(worklog.issueId);
    if (issue) deleteWorklog(call.view, call.user(), issue, worklog);
  });
}
