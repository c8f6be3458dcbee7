import type { Site } from '../jira/site/site';
import type { SeededSource } from '../run/budget-source-of';
import type { Monitoring } from './monitoring-rows';

/** What the company is made of. */
export interface SeedOptions {
  /** today of the company; everything is dated relative to it */
  readonly now: Date;
  readonly organizationId: string;
  readonly rootBusinessUnitId: string;
  readonly connectionId: string;
  /** where people reach Jira, as it stands in the connection row */
  readonly jiraUrl: string;
  /** the second site, as its connection row has it */
  readonly plant: { readonly connectionId: string; readonly url: string };
  readonly sentry: Monitoring;
  /** its content; absent: it is not there to be written to */
  readonly plantSite?: Site;
  /** address of Dataverse, which links back into it begin with */
  readonly dataverseUrl: string;
  /** Whether the solution for cases is there, and with it their links. */
  readonly hasCases: boolean;
  /** value of `crmjira_BudgetSource` */
  readonly budgetSource: SeededSource;
  /** address of the account that the integration uses in Jira */
  readonly serviceAccount: string;
  /** id of a security role by its name */
  readonly roleId: (name: string) => string;
  /** id of a column security profile by its name */
  readonly profileId: (name: string) => string;
}
