import { type Dataverse, organizationId, rootBusinessUnitId, userRole } from '../dataverse/index';
import { type Jira, SERVICE_ACCOUNT } from '../jira/index';
import { applicationUsers, seedCompany } from '../seed/index';
import type { SeededSource } from './budget-source-of';
import { CONNECTION_ID, PLANT_CONNECTION_ID, SENTRY_CONNECTION_ID, SENTRY_ORGANIZATION } from './directory';

export interface World {
  readonly dataverse: Dataverse;
  readonly dataverseUrl: string;
  readonly jira: Jira;
  readonly jiraUrl: string;
  /** Address of the second site. */
  readonly plantUrl: string;
  readonly sentryUrl: string;
  /** Address of the inventory and the work orders. */
  readonly servicesUrl: string;
  /** the second site, where it is to have linked issues */
  readonly plant?: Jira;
  /** value of `crmjira_BudgetSource` */
  readonly budgetSource: SeededSource;
  readonly now: Date;
}

export class HalfSeededError extends Error {
  static readonly code = 'HALF_SEEDED';
  readonly code = HalfSeededError.code;

  constructor() {
    super('The example data was not written completely: run npm start -- --reset.');
  }
}

/** Writes the example company into an empty Dataverse and an empty Jira. @throws HalfSeededError when only Jira has it */
export async function seedExample({
  dataverse,
  dataverseUrl,
  jira,
  jiraUrl,
  plantUrl,
  plant,
  sentryUrl,
  budgetSource,
  now,
}: World): Promise<void> {
  // Of the solution for cases, which not every sandbox has imported.
  const forCases = dataverse.roleId('CRM-JIRA Integration Service for Cases');
  if (jira.site.projects.all().length > 0) throw new HalfSeededError();
  const rows = seedCompany(jira.site, {
    now,
    organizationId,
    rootBusinessUnitId,
    connectionId: CONNECTION_ID,
    jiraUrl,
    plant: { connectionId: PLANT_CONNECTION_ID, url: plantUrl },
    sentry: { connectionId: SENTRY_CONNECTION_ID, url: sentryUrl, organization: SENTRY_ORGANIZATION },
    plantSite: plant?.site,
    dataverseUrl,
    hasCases: forCases !== null,
    budgetSource,
    serviceAccount: SERVICE_ACCOUNT.email,
    roleId: (name) => {
      const id = dataverse.roleId(name);
      if (id === null) throw new Error(`The solution has no security role ${name}.`);
      return id;
    },
    profileId: (name) => {
      const id = dataverse.profileId(name);
      if (id === null) throw new Error(`The solution has no column security profile ${name}.`);
      return id;
    },
  });
  await dataverse.seed(forCases === null ? rows : [...rows, userRole(applicationUsers[1].id, forCases)]);
}
