import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { JiraConnections } from '../../connections/jira/jira-connections';
import type { EnvironmentSettings } from '../../connections/environment/environment-settings';
import type { Store } from '../../queue/store/store';
import type { JobHandler } from '../../reconciler/job-handler';
import { handlerOf, type SettleContext } from '../../reconciler/module-handler';
import type { CommandHandler } from '../../reconciler/commands';
import { searchCommand } from './link/search-command';
import { budgetModule, type Reconciler } from './reconcile/budget-module';
import { opportunityResolvers } from './reconcile/resolvers';
import type { RecentIssuesOfSites } from './source/computed/recent-issues';

/** What the capability needs of the running service. */
export interface BudgetParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: EnvironmentSettings;
  readonly jira: JiraConnections;
  readonly reconciler: Reconciler;
  readonly recentIssues: RecentIssuesOfSites;
  readonly store: Pick<Store, 'countDeliveries' | 'jobs'>;
  readonly now: () => Date;
}

/** The handlers of the budget's jobs: the opportunity itself, and every key that stands for opportunities. */
export function budgetHandlers(parts: BudgetParts, context: SettleContext): readonly JobHandler[] {
  const { dataverse, environmentSettings, jira, recentIssues, store, now } = parts;
  return [
    handlerOf(budgetModule(parts.reconciler), context),
    ...opportunityResolvers({
      dataverse,
      jira,
      now,
      recentIssues,
      coalesceMs: async () => (await environmentSettings.settings()).coalesceMs,
      countDeliveries: (key, at) => store.countDeliveries(key, at),
    }),
  ];
}

/** The commands that the budget answers in their own rows. */
export function budgetCommands({ dataverse, environmentSettings, jira }: BudgetParts): readonly CommandHandler[] {
  return [searchCommand({ dataverse, jira, environmentSettings })];
}
