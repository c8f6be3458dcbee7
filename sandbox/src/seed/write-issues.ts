import { JIRA_STATUS_LABEL } from '@crmjira/domain';
import type { BudgetStatus } from '@crmjira/domain';
import { DONE_RESOLUTION } from '../jira/site/defaults';
import { textOf } from '../jira/site/rich-text';
import type { ChangeRow, IssueRow, ProjectRow, VersionRow } from '../jira/site/rows';
import { accounts } from './accounts';
import { at } from './work-days';
import type { Writing } from './writing';

const TYPE_IDS = { Story: '10001', Task: '10002', Bug: '10004' } as const;
export const STATUS_IDS = { done: '10001', 'in-progress': '3', 'to-do': '10000' } as const;
export const EPIC = '10000';

export const blankIssue = {
  description: null,
  environment: null,
  priorityId: '3',
  resolutionId: null,
  resolvedOn: null,
  assigneeId: null,
  labels: [],
  parentId: null,
  fixVersionIds: [],
  versionIds: [],
  componentIds: [],
  dueDate: null,
  originalEstimate: null,
  remainingEstimate: null,
  custom: {},
} as const;

/** What the integration keeps on the root issue (D-7.1). */
export function rootState({ opportunity }: Pick<Writing, 'opportunity'>, status: BudgetStatus) {
  return {
    opportunityId: opportunity.id,
    accountId: accounts.find(({ key }) => key === opportunity.account)?.id ?? null,
    budgetStatus: JIRA_STATUS_LABEL[status],
    approvedAmount: opportunity.budget ?? 0,
  };
}

/** The root issue with the four fields of D-7.1. */
export function writeRoot(writing: Writing, project: ProjectRow, status: BudgetStatus): IssueRow {
  const { site, opportunity, scenario, work, leadId } = writing;
  const state = rootState(writing, status);
  const createdOn = at(work.startDay, 14, 2);
  const completed = scenario.state === 'completed';
  const option = site.customFields.get('customfield_10102')?.options.find(({ value }) => value === state.budgetStatus);
  return site.issues.put<IssueRow>({
    ...blankIssue,
    id: site.nextId('issue'),
    key: `${project.key}-1`,
    projectId: project.id,
    typeId: EPIC,
    summary: project.name,
    description: textOf(opportunity.description),
    statusId: completed
      ? STATUS_IDS.done
      : scenario.state === 'draft'
        ? STATUS_IDS['to-do']
        : STATUS_IDS['in-progress'],
    statusChangedOn: createdOn,
    ...(completed ? { resolutionId: DONE_RESOLUTION, resolvedOn: createdOn } : {}),
    reporterId: leadId,
    creatorId: leadId,
    createdOn,
    updatedOn: createdOn,
    custom: {
      customfield_10100: state.opportunityId,
      customfield_10101: state.accountId,
      customfield_10102: option?.id ?? null,
      customfield_10103: state.approvedAmount,
    },
  });
}

/** The issues of the team, with the history of those that were started. */
export function writeIssues(
  writing: Writing,
  project: ProjectRow,
  root: IssueRow,
  versions: readonly VersionRow[],
): IssueRow[] {
  const { site, work, leadId, people } = writing;
  return work.issues.map((issue, index) => {
    const days = work.worklogs.filter((row) => row.issue === index).map(({ day }) => day);
    const [first, last] = [days[0] ?? work.startDay, days.at(-1) ?? work.startDay];
    const version = versions[Math.min(versions.length - 1, Math.floor((index / work.issues.length) * versions.length))];
    const createdOn = at(work.startDay, 14, 5);
    const changedOn = issue.status === 'to-do' ? createdOn : at(issue.status === 'done' ? last : first, 21, 30);
    const row = site.issues.put<IssueRow>({
      ...blankIssue,
      id: site.nextId('issue'),
      key: `${project.key}-${index + 2}`,
      projectId: project.id,
      typeId: TYPE_IDS[issue.type],
      summary: issue.summary,
      statusId: STATUS_IDS[issue.status],
      statusChangedOn: changedOn,
      ...(issue.status === 'done' ? { resolutionId: DONE_RESOLUTION, resolvedOn: changedOn } : {}),
      assigneeId: people[issue.assignee] ?? null,
      reporterId: leadId,
      creatorId: leadId,
      priorityId: issue.type === 'Bug' ? '2' : '3',
      parentId: root.id,
      fixVersionIds: version ? [version.id] : [],
      originalEstimate: issue.estimate,
      remainingEstimate: issue.remaining,
      createdOn,
      updatedOn: days.length > 0 ? at(last, 21, 30) : createdOn,
    });
    if (issue.status !== 'to-do') writeHistory(writing, row, at(first, 13), issue.status === 'done' ? changedOn : null);
    return row;
  });
}

function writeHistory({ site, leadId }: Writing, issue: IssueRow, startedOn: string, doneOn: string | null): void {
  const move = (createdOn: string, from: string, fromString: string, to: string, toString: string) =>
    site.changes.put<ChangeRow>({
      id: site.nextId('change'),
      issueId: issue.id,
      authorId: issue.assigneeId ?? leadId,
      createdOn,
      items: [{ field: 'status', fieldId: 'status', custom: false, from, fromString, to, toString }],
    });
  move(startedOn, STATUS_IDS['to-do'], 'To Do', STATUS_IDS['in-progress'], 'In Progress');
  if (doneOn) move(doneOn, STATUS_IDS['in-progress'], 'In Progress', STATUS_IDS.done, 'Done');
}
