import { textOf } from '../jira/site/rich-text';
import type { IssueRow, ProjectRow } from '../jira/site/rows';
import type { Site } from '../jira/site/site';
import { jiraPeople } from './people';
import type { OpportunityScenario, ProjectScenario } from './scenarios';
import { simulateWork } from './simulate-work';
import { at } from './work-days';
import { blankIssue, EPIC, STATUS_IDS, writeIssues } from './write-issues';
import { writeWorklogs } from './write-worklogs';
import type { Writing } from './writing';

const NAME = 'Website Refresh';
const DESCRIPTION = 'Began in Jira before anybody entered an opportunity.';

/** What its work is simulated by; no such opportunity is in Dataverse. */
const work: OpportunityScenario & { readonly project: ProjectScenario } = {
  id: 'b7d10000-5e11-4a0b-9c0d-000000000301',
  name: NAME,
  description: DESCRIPTION,
  account: 'acme',
  owner: 'sales-rep',
  currency: 'CAD',
  budget: 9_000,
  estimatedValue: 9_000,
  probability: 50,
  closesInDays: 30,
  project: {
    startedDaysAgo: 40,
    lastWorkDaysAgo: 3,
    endsInDays: 30,
    spentShare: 0.4,
    doneShare: 0.4,
    issues: 5,
    team: [0, 1],
    state: 'active',
    theme: 'portal',
  },
};

/** A project with work in it that no opportunity has yet: what "Link existing project" finds (F-109). */
export function writeUnlinkedProject(site: Site, now: Date): void {
  const [lead] = site.users.all();
  if (!lead) throw new Error('The Jira site has no service account.');
  const simulated = simulateWork(work, work.project, now);
  const createdOn = at(simulated.startDay, 14);
  const project = site.projects.put<ProjectRow>({
    id: site.nextId('project', site.options.firstProjectId),
    key: 'WEBREFRESH',
    formerKeys: [],
    name: NAME,
    description: DESCRIPTION,
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
    summary: NAME,
    description: textOf(DESCRIPTION),
    statusId: STATUS_IDS['in-progress'],
    statusChangedOn: createdOn,
    reporterId: lead.id,
    creatorId: lead.id,
    createdOn,
    updatedOn: createdOn,
  });
  const people = jiraPeople.map((person) => site.addUser(person).id);
  const writing: Writing = {
    site,
    opportunity: work,
    scenario: work.project,
    work: simulated,
    leadId: lead.id,
    people,
    now,
    // Nobody has made a budget for it.
    budgetSource: 'computed',
  };
  writeWorklogs(writing, writeIssues(writing, project, root, []));
}
