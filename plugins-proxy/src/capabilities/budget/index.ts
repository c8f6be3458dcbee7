import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { JiraSite } from '../../clients/jira/jira-site';
import type { EnvironmentSettings } from '../../connections/environment/environment-settings';
import type { Store } from '../../queue/store/store';
import type { Capability } from '../../reconciler/capability';
import { searchCommand } from './link/search-command';
import { budgetModule, type Reconciler } from './reconcile/budget-module';
import { opportunityResolvers } from './reconcile/resolvers';
import type { RecentIssues } from './source/computed/recent-issues';
import { budgetTriggers } from './triggers';

/** What the capability needs of the running service. */
export interface BudgetParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: EnvironmentSettings;
  readonly site: JiraSite;
  readonly connectionId: string;
  readonly reconciler: Reconciler;
  readonly recentIssues: RecentIssues;
  readonly store: Pick<Store, 'countDeliveries'>;
  readonly now: () => Date;
}

/** The budget of an opportunity, in agreement with its Jira project. */
export const budget: Capability<BudgetParts> = {
  name: 'budget',
  triggers: budgetTriggers,
  open: ({ dataverse, environmentSettings, site, connectionId, reconciler, recentIssues, store, now }) => ({
    modules: [budgetModule(reconciler)],
    handlers: opportunityResolvers({
      dataverse,
      site,
      connectionId,
      now,
      recentIssues,
      coalesceMs: async () => (await environmentSettings.settings()).coalesceMs,
      countDeliveries: (key, at) => store.countDeliveries(key, at),
    }),
    commands: [searchCommand({ dataverse, site, connectionId, environmentSettings })],
  }),
};
