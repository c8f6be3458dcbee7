import { JIRA_STATUS_LABEL, integrationReference, jiraKey, projectName } from '@crmjira/domain';
import type { BudgetStatus } from '@crmjira/domain';
import { DONE_RESOLUTION } from '../jira/site/defaults';
import { textOf } from '../jira/site/rich-text';
import type { ChangeRow, CommentRow, IssueRow, ProjectRow, VersionRow, WorklogRow } from '../jira/site/rows';
import type { Site } from '../jira/site/site';
import { BILLING_PROPERTY } from '../jira/tempo/budget-figures';
import { accounts } from './accounts';
import { jiraPeople } from './people';
import type { OpportunityScenario, ProjectScenario } from './scenarios';
import { rateOf } from './simulate-work';
import type { SimulatedProject } from './simulate-work';
import { at, dayFrom } from './work-days';

const TYPE_IDS = { Story: '10001', Task: '10002', Bug: '10004' } as const;
const STATUS_IDS = { done: '10001', 'in-progress': '3', 'to-do': '10000' } as const;
const EPIC = '10000';

/** What the rows of Dataverse have to agree with. */
export interface WrittenProject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly url: string;
  readonly lead: string;
  readonly reference: string;
  readonly status: string;
  readonly issuesDone: number;
  readonly issuesOpen: number;
  readonly milestones: readonly { readonly name: string; readonly date: string; readonly released: boolean }[];
}

interface Writing {
  readonly site: Site;
  readonly opportunity: OpportunityScenario;
  readonly scenario: ProjectScenario;
  readonly work: SimulatedProject;
  readonly leadId: string;
  readonly people: readonly string[];
  readonly now: Date;
}

const blankIssue = {
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

function writeVersions({ site, scenario, now }: Writing, projectId: string): VersionRow[] {
  const length = scenario.startedDaysAgo + scenario.endsInDays;
  return (
    [
      ['Discovery complete', 0.2],
      ['Beta', 0.6],
      ['Go-live', 1],
    ] as const
  ).map(([name, share]) => {
    const offset = Math.round(-scenario.startedDaysAgo + length * share);
    const previous = Math.round(-scenario.startedDaysAgo + length * Math.max(0, share - 0.4));
    return site.versions.put<VersionRow>({
      id: site.nextId('version'),
      projectId,
      name,
      description: '',
      archived: false,
      released: offset < 0 && scenario.doneShare >= share - 0.05,
      startDate: dayFrom(now, previous),
      releaseDate: dayFrom(now, offset),
    });
  });
}

function writeRoot(
  { site, opportunity, scenario, work, leadId }: Writing,
  project: ProjectRow,
  status: BudgetStatus,
): IssueRow {
  const createdOn = at(work.startDay, 14, 2);
  const completed = scenario.state === 'completed';
  const option = site.customFields
    .get('customfield_10102')
    ?.options.find(({ value }) => value === JIRA_STATUS_LABEL[status]);
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
      customfield_10100: opportunity.id,
      customfield_10101: accounts.find(({ key }) => key === opportunity.account)?.id ?? null,
      customfield_10102: option?.id ?? null,
      customfield_10103: opportunity.budget,
    },
  });
}

function writeIssues(
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

const REMARKS = [
  '',
  'Review comments worked in',
  'With the customer',
  'Tests included',
  '',
  'Pairing',
  'Clarified open points',
];

function writeWorklogs({ site, opportunity, work, people, leadId }: Writing, issues: readonly IssueRow[]): void {
  work.worklogs.forEach((entry, index) => {
    const issue = issues[entry.issue];
    if (!issue) return;
    const authorId = people[entry.person] ?? leadId;
    const remark = REMARKS[index % REMARKS.length] ?? '';
    const savedOn = at(entry.day, Math.min(23, entry.hour + Math.ceil(entry.seconds / 3600)));
    const worklog = site.worklogs.put<WorklogRow>({
      id: site.nextId('worklog'),
      issueId: issue.id,
      authorId,
      updateAuthorId: authorId,
      comment: remark ? textOf(remark) : null,
      startedOn: at(entry.day, entry.hour),
      seconds: entry.seconds,
      createdOn: savedOn,
      updatedOn: savedOn,
    });
    const { rate, own } = rateOf(opportunity, entry.person);
    if (own) site.setProperty(`worklog/${worklog.id}`, BILLING_PROPERTY, { rate, currency: 'CAD' });
  });
}

function writeComment({ site, leadId, now }: Writing, root: IssueRow): void {
  const on = at(dayFrom(now, -2), 15);
  site.comments.put<CommentRow>({
    id: site.nextId('comment'),
    issueId: root.id,
    authorId: leadId,
    updateAuthorId: leadId,
    createdOn: on,
    updatedOn: on,
    body: textOf('Budget and status are kept by Dynamics 365. Please change them there.'),
  });
}

/** Writes the project of an opportunity with everything in it, as if the team had worked on it for months. */
export function writeJiraProject(
  site: Site,
  opportunity: OpportunityScenario,
  scenario: ProjectScenario,
  work: SimulatedProject,
  status: BudgetStatus,
  organizationId: string,
  now: Date,
): WrittenProject {
  const lead = site.users.all()[0];
  if (!lead) throw new Error('The Jira site has no service account.');
  const people = jiraPeople.map((person) => site.addUser(person).id);
  const writing: Writing = { site, opportunity, scenario, work, leadId: lead.id, people, now };
  const createdOn = at(work.startDay, 14);
  const reference = integrationReference(opportunity.id, createdOn);
  const project = site.projects.put<ProjectRow>({
    id: site.nextId('project', site.options.firstProjectId),
    key: jiraKey(opportunity.id),
    formerKeys: [],
    name: projectName(opportunity.name, reference, false),
    description: opportunity.description,
    leadId: lead.id,
    typeKey: 'software',
    templateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
    simplified: false,
    categoryId: '10000',
    url: '',
    assigneeType: 'UNASSIGNED',
    createdOn,
    archivedOn: null,
    archivedById: null,
    deletedOn: null,
    deletedById: null,
    lastIssueNumber: work.issues.length + 1,
  });
  site.setProperty(`project/${project.id}`, 'crmjira.opportunity', {
    opportunityId: opportunity.id,
    reference,
    organization: organizationId,
  });
  const versions = writeVersions(writing, project.id);
  const root = writeRoot(writing, project, status);
  site.setProperty(`project/${project.id}`, 'crmjira.rootIssue', { id: root.id });
  const issues = writeIssues(writing, project, root, versions);
  writeWorklogs(writing, issues);
  writeComment(writing, root);
  if (scenario.deletedHoursAgo !== undefined) {
    const deletedOn = new Date(now.getTime() - scenario.deletedHoursAgo * 3_600_000).toISOString();
    site.projects.put<ProjectRow>({ ...project, deletedOn, deletedById: lead.id });
  }
  const done = [root, ...issues].filter(({ statusId }) => statusId === STATUS_IDS.done).length;
  return {
    id: project.id,
    key: project.key,
    name: project.name,
    url: `${site.options.publicUrl}/browse/${project.key}`,
    lead: lead.displayName,
    reference,
    status:
      root.statusId === STATUS_IDS.done ? 'Done' : root.statusId === STATUS_IDS['to-do'] ? 'To Do' : 'In Progress',
    issuesDone: done,
    issuesOpen: issues.length + 1 - done,
    milestones: versions.map((version) => ({
      name: version.name,
      date: version.releaseDate ?? '',
      released: version.released,
    })),
  };
}
