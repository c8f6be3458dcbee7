import type { Site } from '../jira/site/site';
import { companyRows } from './company-rows';
import { jiraPeople } from './people';
import { opportunityRows, statusOf } from './opportunity-rows';
import type { ProjectOfOpportunity } from './opportunity-rows';
import { opportunities } from './scenarios';
import type { SeedRow } from './seed-row';
import { simulateWork } from './simulate-work';
import { writeJiraProject } from './write-jira-project';

export { STANDARD_HOURLY_RATE } from './currencies';
export { applicationUsers, crmPeople, jiraPeople } from './people';
export type { CrmPerson, JiraPerson } from './people';
export { EXAMPLE_OPPORTUNITY_ID } from './scenarios';
export type { SeedRow } from './seed-row';

export interface SeedOptions {
  /** today of the company; everything is dated relative to it */
  readonly now: Date;
  readonly organizationId: string;
  readonly rootBusinessUnitId: string;
  readonly connectionId: string;
  /** where people reach Jira, as it stands in the connection row */
  readonly jiraUrl: string;
  /** value of `crmjira_BudgetSource` */
  readonly budgetSource: string;
  /** address of the account that the integration uses in Jira */
  readonly serviceAccount: string;
  /** id of a security role by its name */
  readonly roleId: (name: string) => string;
  /** id of a column security profile by its name */
  readonly profileId: (name: string) => string;
}

/**
 * Writes the company's projects into an empty Jira site and answers the rows for Dataverse that agree with them. The same
 * options give the same company.
 */
export function seedCompany(site: Site, options: SeedOptions): SeedRow[] {
  const { now, organizationId, connectionId } = options;
  const projects = site.together(() => {
    // also those who have no project yet: they are to be found when work is logged
    for (const person of jiraPeople) site.addUser(person);
    return opportunities.flatMap((opportunity): ProjectOfOpportunity[] => {
      const scenario = opportunity.project;
      if (!scenario) return [];
      const work = simulateWork(opportunity, scenario, now);
      const status = statusOf(scenario);
      return [
        {
          opportunity,
          scenario,
          work,
          status,
          jira: writeJiraProject(site, opportunity, scenario, work, status, organizationId, now),
        },
      ];
    });
  });
  const context = { now, connectionId };
  return [
    ...companyRows({ ...options, now: `${now.toISOString().slice(0, 19)}Z` }),
    ...opportunities.flatMap((opportunity) =>
      opportunityRows(
        opportunity,
        projects.find((project) => project.opportunity === opportunity),
        context,
      ),
    ),
  ];
}
