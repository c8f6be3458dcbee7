import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import { addWorklog, deleteWorklog } from '../operations/worklogs';
import { durationText } from '../site/duration';
import { plainText, textOf } from '../site/rich-text';
import type { BudgetRow, WorklogRow } from '../site/rows';
import { isDay } from '../site/timestamps';
import { issueTypeById, statusById } from '../views/catalogue-views';
import { budgetView, hourlyRate, projectSpending } from './budget-figures';

const day = z.string().refine(isDay, 'must be yyyy-MM-dd');
const budgetInput = z.looseObject({
  name: z.string().optional(),
  projectKey: z.string().optional(),
  amount: z.number().nonnegative().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO currency code')
    .optional(),
  period: z.looseObject({ from: day.nullish(), to: day.nullish() }).optional(),
  budgetType: z.string().optional(),
  status: z.enum(['Draft', 'Approved', 'Active', 'Overbudget', 'Completed']).optional(),
});

/** the number S0's example starts from */
const FIRST_BUDGET = 12345;

/**
 * The specification's own budget contract (S0 4.2): no public product has it. Spent is what the worklogs cost.
 */
function registerBudgets(api: Api): void {
  const base = '/rest/tempo-budgets/1/budget';
  const find = (call: Call): BudgetRow => {
    call.user();
    const budget = call.site.budgets.get(call.path('budgetId'));
    if (!budget) throw JiraError.notFound(`Budget '${call.path('budgetId')}' does not exist.`);
    return budget;
  };
  const changed = (call: Call, budget: BudgetRow, event: 'updated' | 'approved' = 'updated') =>
    call.site.emit({
      on: call.site.now(),
      actorId: call.user().id,
      kind: 'budget',
      event,
      projectKey: budget.projectKey,
    });
  api.at('GET', base, (call) => {
    call.user();
    const key = call.query('projectKey');
    const budgets = key === undefined ? call.site.budgets.all() : call.site.budgets.where('project', key);
    return budgets.map((budget) => budgetView(call.site, budget));
  });
  api.at('POST', base, (call) => {
    call.user();
    const input = call.body(budgetInput);
    const project = call.site.findProject(input.projectKey ?? '');
    if (!project)
      throw JiraError.field('projectKey', `No project could be found with key '${input.projectKey ?? ''}'.`);
    if (!input.name) throw JiraError.field('name', 'You must specify a budget name.');
    if (input.amount === undefined) throw JiraError.field('amount', 'You must specify an amount.');
    if (call.site.budgets.where('project', project.key).length > 0)
      throw new JiraError(409, [`Project '${project.key}' has a budget already.`]);
    const budget = call.site.budgets.put<BudgetRow>({
      id: `BUD-${call.site.nextId('budget', FIRST_BUDGET)}`,
      name: input.name,
      projectKey: project.key,
      amount: input.amount,
      currency: input.currency ?? 'CAD',
      from: input.period?.from ?? null,
      to: input.period?.to ?? null,
      budgetType: input.budgetType ?? 'TOTAL_BUDGET',
      status: input.status ?? 'Draft',
    });
    changed(call, budget);
    call.reply.status(201);
    return budgetView(call.site, budget);
  });
  api.at('GET', `${base}/:budgetId`, (call) => budgetView(call.site, find(call)));
  api.at('PUT', `${base}/:budgetId`, (call) => {
    const old = find(call);
    const input = call.body(budgetInput);
    const budget = call.site.budgets.put<BudgetRow>({
      ...old,
      name: input.name ?? old.name,
      amount: input.amount ?? old.amount,
      currency: input.currency ?? old.currency,
      from: input.period?.from ?? old.from,
      to: input.period?.to ?? old.to,
      status: input.status ?? old.status,
    });
    changed(call, budget, old.status === 'Draft' && budget.status === 'Approved' ? 'approved' : 'updated');
    return budgetView(call.site, budget);
  });
  api.at('GET', `${base}/:budgetId/spending`, (call) => {
    const budget = find(call);
    const { minor, seconds, entries } = projectSpending(call.site, budget.projectKey);
    return {
      budgetId: budget.id,
      projectKey: budget.projectKey,
      totalSpent: minor / 100,
      currency: budget.currency,
      totalHours: Math.round(seconds / 36) / 100,
      entries,
    };
  });
}

const TEMPO = '/rest/tempo-timesheets/4/worklogs';
const tempoTime = (instant: string) => instant.replace('T', ' ').replace('Z', '');

/** A worklog as Tempo Timesheets Data Center writes it. */
function timesheetView(call: Call, worklog: WorklogRow) {
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

function registerTimesheets(api: Api): void {
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
  // named by the specification only (S0 3.3)
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
      { comment: undefined, started: started.toISOString(), timeSpentSeconds: input.timeSpentSeconds },
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

export function registerTempo(api: Api): void {
  registerBudgets(api);
  registerTimesheets(api);
}
