import type { TableRows } from '../../schema/rows';
import { fitText } from '../../text/fit-text';
import { type MilestoneFacts, milestonesText } from './milestones-text';

/** What Jira tells of a project that the mapping only shows: nothing is decided by it. */
export interface ProjectDetailFacts {
  readonly name: string;
  /** browse address for people */
  readonly url: string;
  readonly lead: string | null;
  /** Jira status shown to people: status of the root issue, else Archived or Active */
  readonly status: string;
  readonly issuesDone: number;
  readonly issuesOpen: number;
  readonly milestones: readonly MilestoneFacts[];
}

type MappingRow = TableRows['crmjira_budget_mapping'];

/** The one list of these columns: each is read, compared and written by it. */
const DETAILS = {
  crmjira_jira_project_name: ({ name }) => name,
  crmjira_jira_project_url: ({ url }) => url,
  crmjira_jira_lead: ({ lead }) => lead,
  crmjira_jira_project_status: ({ status }) => status,
  crmjira_issues_done: ({ issuesDone }) => issuesDone,
  crmjira_issues_open: ({ issuesOpen }) => issuesOpen,
  crmjira_milestones: ({ milestones }) => milestonesText(milestones),
} as const satisfies { readonly [Column in keyof MappingRow]?: (project: ProjectDetailFacts) => MappingRow[Column] };

export type DetailColumn = keyof typeof DETAILS;
/** These columns as the row holds them. */
export type ProjectDetails = Readonly<Pick<MappingRow, DetailColumn>>;

export const detailColumns = Object.keys(DETAILS) as readonly DetailColumn[];

/** The project's details as the row will hold them. */
export function projectDetails(project: ProjectDetailFacts): ProjectDetails {
  const entries = Object.entries(DETAILS).map(([column, of]) => {
    const value = of(project);
    return [column, typeof value === 'string' ? fitText('crmjira_budget_mapping', column, value) : value];
  });
  return Object.fromEntries(entries) as ProjectDetails;
}
