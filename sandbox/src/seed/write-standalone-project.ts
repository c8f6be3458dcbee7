import { textOf } from '../jira/site/rich-text';
import type { IssueRow, ProjectRow } from '../jira/site/rows';
import type { Site } from '../jira/site/site';
import type { JiraPerson } from './people';
import type { OpportunityScenario, ProjectScenario } from './scenarios';
import { simulateWork } from './simulate-work';
import { at } from './work-days';
import { blankIssue, EPIC, STATUS_IDS, writeIssues } from './write-issues';
import { writeWorklogs } from './write-worklogs';
import type { Writing } from './writing';

/** A project that is in Jira only. */
export interface StandaloneProject {
  /** what its work is simulated by; no such opportunity is in Dataverse */
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** CAD that the whole of its work would cost */
  readonly budget: number;
  readonly scenario: ProjectScenario;
}

/** Work is simulated for opportunities; nothing of a sale counts for it. */
const workOf = ({ id, name, description, budget, scenario }: StandaloneProject): OpportunityScenario => ({
  id,
  name,
  description,
  account: 'acme',
  owner: 'sales-rep',
  currency: 'CAD',
  budget,
  estimatedValue: budget,
  probability: 50,
  closesInDays: scenario.endsInDays,
  project: scenario,
});

/** Writes a project with work in it of which Dataverse knows nothing. @param team who works in it */
export function writeStandaloneProject(
  site: Site,
  standalone: StandaloneProject,
  team: readonly JiraPerson[],
  now: Date,
): void {
  const { key, name, description, scenario } = standalone;
  const opportunity = workOf(standalone);
  const [lead] = site.users.all();
  if (!lead) throw new Error('The Jira site has no service account.');
  const simulated = simulateWork(opportunity, scenario, now);
  const createdOn = at(simulated.startDay, 14);
  const project = site.projects.put<ProjectRow>({
    id: site.nextId('project', site.options.firstProjectId),
    key,
    formerKeys: [],
    name,
    description,
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
    lastIssueNumber: simulated.issues.length + 1,
  });
  const root = site.issues.put<IssueRow>({
    ...blankIssue,
    id: site.nextId('issue'),
    key: `${project.key}-1`,
    projectId: project.id,
    typeId: EPIC,
    summary: name,
    description: textOf(description),
    statusId: STATUS_IDS['in-progress'],
    statusChangedOn: createdOn,
    reporterId: lead.id,
    creatorId: lead.id,
    createdOn,
    updatedOn: createdOn,
  });
  const people = team.map((person) => site.addUser(person).id);
  const writing: Writing = {
    site,
    opportunity,
    scenario,
    work: simulated,
    leadId: lead.id,
    people,
    now,
    // Nobody has made a budget for it.
    budgetSource: 'computed',
  };
  writeWorklogs(writing, writeIssues(writing, project, root, []));
}
