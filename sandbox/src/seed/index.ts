import type { Site } from '../jira/site/site';
import { caseRows } from './cases/case-rows';
import { products } from './cases/products';
import { companyRows } from './company-rows';
import { monitoredProjectRows } from './monitoring-rows';
import { jiraPeople } from './people';
import { opportunityRows, statusOf } from './opportunity-rows';
import type { ProjectOfOpportunity } from './project-of-opportunity';
import { opportunities } from './scenarios';
import type { SeedOptions } from './seed-options';
import type { SeedRow } from './seed-row';
import { simulateWork } from './simulate-work';
import { writeJiraProject } from './write-jira-project';
import { timeRows } from './time/time-rows';
import { writeUnlinkedProject } from './write-unlinked-project';

export { STANDARD_HOURLY_RATE } from './currencies';
export { integrationRows } from './integration-rows';
export { serviceRows } from './service-rows';
export { applicationUsers, crmPeople, jiraPeople, jiraPersonas } from './people';
export type { CrmPerson, JiraPerson } from './people';
export { EXAMPLE_OPPORTUNITY_ID } from './scenarios';
export type { SeedOptions } from './seed-options';
export type { SeedRow } from './seed-row';

/**
 * Writes the company's projects into an empty Jira site and answers the rows for Dataverse that agree with them. The same
 * options give the same company.
 */
export function seedCompany(site: Site, options: SeedOptions): SeedRow[] {
  const { now, connectionId, budgetSource } = options;
  const projects = site.together(() => {
    // also those who have no project yet: they are to be found when work is logged
    for (const person of jiraPeople) site.addUser(person);
    const linked = opportunities.flatMap((opportunity): ProjectOfOpportunity[] => {
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
          jira: writeJiraProject(site, opportunity, scenario, work, status, options),
        },
      ];
    });
    writeUnlinkedProject(site, now);
    return linked;
  });
  const context = { now, connectionId, budgetSource };
  return [
    ...companyRows({
      ...options,
      jiraAccounts: site.users.all().flatMap(({ id, key }) => [id, key]),
      now: `${now.toISOString().slice(0, 19)}Z`,
    }),
    ...opportunities.flatMap((opportunity) =>
      opportunityRows(
        opportunity,
        projects.find((project) => project.opportunity === opportunity),
        context,
      ),
    ),
    ...(options.hasCases
      ? [
          ...site.together(() => caseRows({ first: site, plant: options.plantSite ?? null }, options)),
          ...monitoredProjectRows(options.sentry, products.dockflow.id),
          // Of the issues that come with the cases.
          ...site.together(() => timeRows(site, options)),
        ]
      : []),
  ];
}
