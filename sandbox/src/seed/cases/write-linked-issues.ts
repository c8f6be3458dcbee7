import { type ShownIssue, wholeSecond } from '@crmjira/domain';
import { DONE_RESOLUTION, issueTypes, priorities, resolutions, statuses } from '../../jira/site/defaults';
import type { ChangeItem, ChangeRow, IssueRow, ProjectRow } from '../../jira/site/rows';
import type { Site } from '../../jira/site/site';
import { jiraPeople } from '../people';
import { at, dayFrom } from '../work-days';
import { blankIssue } from '../write-issues';
import { type IssueScenario, issueProjects, issues, type IssueStatus } from './scenarios';

/** An issue as Jira has it, or had it last. */
export interface WrittenIssue {
  readonly shown: ShownIssue;
  readonly statusId: string;
  readonly priorityId: string;
  readonly project: { readonly id: string; readonly key: string };
  readonly created: string;
  readonly updated: string;
  /** Newest entry of its changelog; 0: none. */
  readonly lastChange: number;
  /** How its status has changed, oldest first. */
  readonly steps: readonly {
    readonly entry: number;
    readonly on: string;
    readonly by: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  /** Entry in which somebody has changed its summary since it was linked. */
  readonly summaryChange: { readonly entry: number; readonly on: string; readonly by: string } | null;
}

const STEPS: readonly IssueStatus[] = ['to-do', 'in-progress', 'in-review', 'done'];
const STATUS_IDS: Readonly<Record<IssueStatus, string>> = {
  'to-do': '10000',
  'in-progress': '3',
  'in-review': '10002',
  done: '10001',
};

const named = <Item extends { readonly id: string; readonly name: string }>(items: readonly Item[], id: string) =>
  items.find((item) => item.id === id);
const idOf = (items: readonly { readonly id: string; readonly name: string }[], name: string): string =>
  items.find((item) => item.name === name)?.id ?? '';

/** What Dynamics shows of an issue of the site. */
export function writtenIssue(site: Site, issue: IssueRow): WrittenIssue {
  const project = site.projects.get(issue.projectId);
  const status = named(statuses, issue.statusId);
  const assignee = issue.assigneeId === null ? undefined : site.users.get(issue.assigneeId);
  const changes = site.changes.where('issue', issue.id).sort((one, other) => Number(one.id) - Number(other.id));
  const resolver = changes.findLast(({ items }) =>
    items.some(({ field, to }) => field === 'resolution' && to !== null),
  );
  const summary = changes.findLast(({ items }) => items.some(({ field }) => field === 'summary'));
  const nameOf = (userId: string): string => site.users.get(userId)?.displayName ?? '';
  return {
    shown: {
      issueId: issue.id,
      key: issue.key,
      projectId: issue.projectId,
      summary: issue.summary,
      type: named(issueTypes, issue.typeId)?.name ?? '',
      status: status?.name ?? '',
      statusCategory: status?.categoryKey ?? 'undefined',
      priority: named(priorities, issue.priorityId)?.name ?? null,
      assignee: assignee?.displayName ?? null,
      assigneeActive: assignee?.active ?? true,
      labels: issue.labels,
      resolution: issue.resolutionId === null ? null : (named(resolutions, issue.resolutionId)?.name ?? null),
      resolvedOn: issue.resolvedOn && wholeSecond(issue.resolvedOn),
      resolvedBy: resolver ? nameOf(resolver.authorId) : null,
      archived: false,
    },
    statusId: issue.statusId,
    priorityId: issue.priorityId,
    project: { id: issue.projectId, key: project?.key ?? '' },
    created: wholeSecond(issue.createdOn),
    updated: wholeSecond(issue.updatedOn),
    lastChange: Number(changes.at(-1)?.id ?? 0),
    steps: changes.flatMap(({ id, createdOn, authorId, items }) =>
      items
        .filter(({ field }) => field === 'status')
        .map((step) => ({
          entry: Number(id),
          on: wholeSecond(createdOn),
          by: nameOf(authorId),
          from: step.fromString,
          to: step.toString,
        })),
    ),
    summaryChange: summary
      ? { entry: Number(summary.id), on: wholeSecond(summary.createdOn), by: nameOf(summary.authorId) }
      : null,
  };
}

/** Writes the development projects with the issues that records are linked to. @returns also those that Jira has no more */
export function writeLinkedIssues(site: Site, now: Date): ReadonlyMap<string, WrittenIssue> {
  const people = jiraPeople.map((person) => site.addUser(person));
  const written = new Map<string, WrittenIssue>();
  for (const { key, name, description, lead } of issueProjects) {
    const own = issues.filter((issue) => issue.key.startsWith(`${key}-`));
    const project = site.projects.put<ProjectRow>({
      id: site.nextId('project', site.options.firstProjectId),
      key,
      formerKeys: [],
      name,
      description,
      leadId: people[lead]!.id,
      typeKey: 'software',
      templateKey: 'com.pyxis.greenhopper.jira:gh-simplified-kanban-classic',
      simplified: false,
      categoryId: null,
      url: '',
      assigneeType: 'UNASSIGNED',
      createdOn: at(dayFrom(now, -200), 13),
      archivedOn: null,
      archivedById: null,
      deletedOn: null,
      deletedById: null,
      lastIssueNumber: Math.max(...own.map((issue) => Number(issue.key.slice(key.length + 1)))),
    });
    for (const scenario of own) {
      const issue = writeIssue(
        site,
        project,
        scenario,
        people.map(({ id }) => id),
        now,
      );
      written.set(scenario.key, writtenIssue(site, issue));
      if (!scenario.isGone) continue;
      for (const change of site.changes.where('issue', issue.id)) site.changes.delete(change.id);
      site.issues.delete(issue.id);
    }
  }
  return written;
}

function writeIssue(
  site: Site,
  project: ProjectRow,
  scenario: IssueScenario,
  people: readonly string[],
  now: Date,
): IssueRow {
  const { status, createdDaysAgo, changedDaysAgo, summaryBefore } = scenario;
  const createdOn = at(dayFrom(now, -createdDaysAgo), 13, 20);
  const assigneeId = scenario.assignee === null ? null : (people[scenario.assignee] ?? null);
  const id = site.nextId('issue');
  const change = (createdOn_: string, items: readonly ChangeItem[]): void =>
    void site.changes.put<ChangeRow>({
      id: site.nextId('change'),
      issueId: id,
      authorId: assigneeId ?? project.leadId,
      createdOn: createdOn_,
      items,
    });
  const reached = STEPS.slice(0, STEPS.indexOf(status) + 1);
  const changedOn = at(dayFrom(now, -changedDaysAgo), 15, 10);
  for (const [step, to] of reached.entries()) {
    const from = reached[step - 1];
    if (from === undefined) continue;
    const isLast = step === reached.length - 1;
    const days = isLast ? changedDaysAgo : createdDaysAgo - Math.floor(((createdDaysAgo - changedDaysAgo) * step) / 3);
    change(at(dayFrom(now, -days), isLast ? 15 : 14, 10), [
      item('status', STATUS_IDS[from], named(statuses, STATUS_IDS[from])?.name, STATUS_IDS[to], to),
      ...(to === 'done' ? [resolved] : []),
    ]);
  }
  if (summaryBefore !== undefined)
    change(at(dayFrom(now, -changedDaysAgo), 16, 5), [
      { ...item('summary', null, summaryBefore, null), toString: scenario.summary },
    ]);
  return site.issues.put<IssueRow>({
    ...blankIssue,
    id,
    key: scenario.key,
    projectId: project.id,
    typeId: idOf(issueTypes, scenario.type),
    summary: scenario.summary,
    statusId: STATUS_IDS[status],
    statusChangedOn: status === 'to-do' ? createdOn : changedOn,
    ...(status === 'done' ? { resolutionId: DONE_RESOLUTION, resolvedOn: changedOn } : {}),
    priorityId: idOf(priorities, scenario.priority),
    assigneeId,
    reporterId: project.leadId,
    creatorId: project.leadId,
    createdOn,
    updatedOn: summaryBefore === undefined ? changedOn : at(dayFrom(now, -changedDaysAgo), 16, 5),
  });
}

const item = (
  field: string,
  from: string | null,
  fromString: string | undefined,
  to: string | null,
  status?: IssueStatus,
): ChangeItem => ({
  field,
  fieldId: field,
  custom: false,
  from,
  fromString: fromString ?? null,
  to,
  toString: status === undefined ? null : (named(statuses, STATUS_IDS[status])?.name ?? null),
});

const resolved: ChangeItem = {
  field: 'resolution',
  fieldId: 'resolution',
  custom: false,
  from: null,
  fromString: null,
  to: DONE_RESOLUTION,
  toString: 'Done',
};
