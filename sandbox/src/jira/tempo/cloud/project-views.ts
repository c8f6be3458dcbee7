import type { TempoProjectRow, WorklogRow } from '../../site/rows';
import type { Site } from '../../site/site';
import { hourlyRate } from '../budget-figures';

const address = (site: Site, rest: string) => `${site.options.publicUrl}/4${rest}`;

/** A sum of money as Tempo writes it. */
export function amountView(project: TempoProjectRow, value: number) {
  return { value, currencyCode: project.currency };
}

/** A project as Tempo Cloud 4 writes it. */
export function projectView(site: Site, project: TempoProjectRow) {
  const self = address(site, `/projects/${project.id}`);
  return {
    self,
    id: project.id,
    name: project.name,
    status: 'IN_PROGRESS',
    type: project.type,
    owner: { id: '1', userLink: {} },
    scope: {
      self: `${self}/scope`,
      tasks: { self: `${self}/scope/tasks` },
      ...(project.scope ? { source: { ...project.scope, title: project.name } } : {}),
    },
    ...(project.budget === null ? {} : { budget: budgetView(site, project) }),
    laborActuals: { self: `${self}/actuals/labor` },
    expenseActuals: { self: `${self}/actuals/expenses` },
    timeframe: { self: `${self}/timeframe` },
  };
}

/** The budget of a project that has one. */
export function budgetView(site: Site, project: TempoProjectRow) {
  return {
    self: address(site, `/projects/${project.id}/budget`),
    amount: amountView(project, project.budget ?? 0),
  };
}

/** Work of all Jira projects that a Tempo project is made of, up to a day. */
export function workOf(site: Site, project: TempoProjectRow, to: string): WorklogRow[] {
  if (project.scope?.type !== 'JIRA_PROJECTS') return [];
  return project.scope.reference
    .split(',')
    .flatMap((id) => site.issues.where('project', id.trim()))
    .flatMap((issue) => site.worklogs.where('issue', issue.id))
    .filter((worklog) => worklog.startedOn.slice(0, 10) <= to)
    .sort((left, right) => (left.startedOn < right.startedOn ? -1 : 1));
}

/** What an hour of work cost. Projects counted by time know no money. */
export function laborView(site: Site, project: TempoProjectRow, worklog: WorklogRow) {
  const rate = hourlyRate(site, worklog.id);
  const cost = Math.round((worklog.seconds * Math.round(rate * 100)) / 3_600) / 100;
  return {
    worklogId: Number(worklog.id),
    timeRecordId: worklog.id,
    date: worklog.startedOn.slice(0, 10),
    timeSpentSeconds: worklog.seconds,
    billableSeconds: worklog.seconds,
    task: {
      linked: { ecosystem: 'JIRA', originId: worklog.issueId, self: address(site, `/tasks/${worklog.issueId}`) },
    },
    user: { id: worklog.authorId, userLink: {} },
    userRole: { self: address(site, '/roles/1') },
    ...(project.type === 'MONETARY_BASED'
      ? { cost: amountView(project, cost), costRate: amountView(project, rate) }
      : {}),
  };
}

/** A worklog as Tempo Cloud 4 writes it. */
export function tempoWorklogView(site: Site, worklog: WorklogRow) {
  return {
    self: address(site, `/worklogs/${worklog.id}`),
    tempoWorklogId: Number(worklog.id),
    issue: { id: Number(worklog.issueId), self: `${site.options.publicUrl}/rest/api/2/issue/${worklog.issueId}` },
    timeSpentSeconds: worklog.seconds,
    billableSeconds: worklog.seconds,
    startDate: worklog.startedOn.slice(0, 10),
    startTime: worklog.startedOn.slice(11, 19),
    createdAt: worklog.createdOn,
    updatedAt: worklog.updatedOn,
    author: { accountId: worklog.authorId },
    attributes: { self: address(site, `/worklogs/${worklog.id}/work-attribute-values`), values: [] },
  };
}
