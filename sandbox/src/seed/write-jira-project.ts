import { integrationReference, jiraKey, projectName } from '@crmjira/domain';
import type { BudgetStatus } from '@crmjira/domain';
import { textOf } from '../jira/site/rich-text';
import type { CommentRow, IssueRow, ProjectRow, VersionRow } from '../jira/site/rows';
import type { Site } from '../jira/site/site';
import { jiraPeople } from './people';
import type { OpportunityScenario, ProjectScenario } from './scenarios';
import type { SeedOptions } from './seed-options';
import type { SimulatedProject } from './simulate-work';
import { at, dayFrom } from './work-days';
import { rootState, STATUS_IDS, writeIssues, writeRoot } from './write-issues';
import { writeWorklogs } from './write-worklogs';
import { writeBudget, type WrittenBudget } from './write-budget';
import type { Writing } from './writing';

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
  readonly budget: WrittenBudget;
  readonly milestones: readonly { readonly name: string; readonly date: string; readonly released: boolean }[];
}

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
  { organizationId, now, budgetSource }: Pick<SeedOptions, 'organizationId' | 'now' | 'budgetSource'>,
): WrittenProject {
  const lead = site.users.all()[0];
  if (!lead) throw new Error('The Jira site has no service account.');
  const people = jiraPeople.map((person) => site.addUser(person).id);
  const writing: Writing = { site, opportunity, scenario, work, leadId: lead.id, people, now, budgetSource };
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
  // With the values that the integration wrote, so that a change by hand is told from one of its own.
  const known = [rootState(writing, status)];
  site.setProperty(`project/${project.id}`, 'crmjira.rootIssue', { id: root.id, known });
  const issues = writeIssues(writing, project, root, versions);
  writeWorklogs(writing, issues);
  writeComment(writing, root);
  const budget = writeBudget(writing, project, status);
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
    budget,
    issuesOpen: issues.length + 1 - done,
    milestones: versions.map((version) => ({
      name: version.name,
      date: version.releaseDate ?? '',
      released: version.released,
    })),
  };
}
