import { IntegrationError } from '../../../platform/errors/integration-error';
import type { JiraSite } from '../../../clients/jira/jira-site';
import type { BudgetSource } from './budget-source';
import { createComputedSource } from './computed/computed-source';
import type { RecentIssues } from './computed/recent-issues';
import { createBudgetModuleSource } from './budget-module/budget-module-source';
import { createTempoSource, type Tempo } from './tempo-cloud/tempo-source';

/**
 * The source that `crmjira_BudgetSource` names.
 * @param tempo null: not configured
 * @param budgetApiUrl what `crmjira_BudgetApiBaseUrl` names; null: nothing
 * @throws IntegrationError for Tempo Cloud 4 without its token
 */
export function chooseSource(
  kind: BudgetSource['kind'],
  site: JiraSite,
  recent: RecentIssues,
  tempo: Tempo | null = null,
  budgetApiUrl: () => string | null = () => null,
): BudgetSource {
  switch (kind) {
    case 'computed':
      return createComputedSource(site, recent);
    case 's0':
      return createBudgetModuleSource(site, budgetApiUrl);
    case 'tempo4':
      if (tempo !== null) return createTempoSource(tempo);
      throw new IntegrationError(
        'Tempo Cloud 4 is the budget source, but the service has no token for it. Set TEMPO_TOKEN, or crmjira_BudgetSource to "computed" or "s0".',
        { code: 'budget-source-not-available', errorClass: 'configuration' },
      );
  }
}
