import { IntegrationError } from '../../../platform/errors/integration-error';
import type { JiraSite } from '../../../clients/jira/jira-site';
import type { Settings } from '../../../connections/environment/to-settings';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import type { BudgetSource } from './budget-source';
import { createComputedSource } from './computed/computed-source';
import type { RecentIssuesOfSites } from './computed/recent-issues';
import { createBudgetModuleSource } from './budget-module/budget-module-source';
import { createTempoSource, type Tempo } from './tempo-cloud/tempo-source';

/** What sources need beside the site. */
export interface SourceParts {
  readonly recent: RecentIssuesOfSites;
  /** Of the first connection; null: not configured */
  readonly tempo: Tempo | null;
  /** As last read; null before that */
  readonly settings: () => Pick<Settings, 'budgetApiUrl'> | null;
}

/**
 * The source of a connection's budgets: what its row says, else what `crmjira_BudgetSource` names.
 * @param named what `crmjira_BudgetSource` names
 * @throws IntegrationError for Tempo Cloud without its token
 */
export function chooseSource(
  named: BudgetSource['kind'],
  { id, site, config }: Pick<JiraConnection, 'id' | 'config'> & { readonly site: JiraSite },
  { recent, tempo, settings }: SourceParts,
): BudgetSource {
  const kind = config?.budgetSource ?? named;
  switch (kind) {
    case 'computed':
      return createComputedSource(site, recent.of(id));
    case 'budget-module':
      return createBudgetModuleSource(site, () =>
        config === null ? (settings()?.budgetApiUrl ?? null) : config.budgetApiUrl,
      );
    case 'tempo-cloud':
      // Its token is of one Jira site's Tempo.
      if (tempo !== null && config === null) return createTempoSource(tempo);
      throw new IntegrationError(
        'Tempo Cloud is the budget source, but the service has no token for it. Set TEMPO_TOKEN (it is for the connection of the variables of this service), or crmjira_BudgetSource to "computed" or "budget-module".',
        { code: 'budget-source-not-available', errorClass: 'configuration' },
      );
  }
}
