import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { JiraConnections } from '../../connections/jira/jira-connections';
import type { EnvironmentSettings } from '../../connections/environment/environment-settings';
import type { Store } from '../../queue/store/store';
import type { Capability } from '../../reconciler/capability';
import { searchCommand } from './link/search-command';
import { budgetModule, type Reconciler } from './reconcile/budget-module';
import { opportunityResolvers } from './reconcile/resolvers';
import type { RecentIssuesOfSites } from './source/computed/recent-issues';
import { budgetTriggers } from './triggers';

/** What the capability needs of the running service. */
export interface BudgetParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: EnvironmentSettings;
  readonly jira: JiraConnections;
  readonly reconciler: Reconciler;
  readonly recentIssues: RecentIssuesOfSites;
  readonly store: Pick<Store, 'countDeliveries'>;
  readonly now: () => Date;
}

/** The budget of an opportunity, in agreement with its Jira project. */
export const budget: Capability<BudgetParts> = {
  name: 'budget',
  triggers: budgetTriggers,
  open: ({ dataverse, environmentSettings, jira, reconciler, recentIssues, store, now }) => ({
    modules: [budgetModule(reconciler)],
    handlers: opportunityResolvers({
      dataverse,
      jira,
      now,
      recentIssues,
      coalesceMs: async () => (await environmentSettings.settings()).coalesceMs,
      countDeliveries: (key, at) => store.countDeliveries(key, at),
    }),
    commands: [searchCommand({ dataverse, jira, environmentSettings })],
  }),
};
