import { IntegrationError } from '../errors/integration-error';
import type { JiraSite } from '../jira/jira-site';
import type { BudgetSource } from './budget-source';
import { createComputedSource } from './computed/computed-source';
import type { RecentIssues } from './computed/recent-issues';
import { createS0Source } from './s0/s0-source';

/**
 * The source that `crmjira_BudgetSource` names.
 * @throws IntegrationError for Tempo Cloud 4, which this release does not have yet
 */
export function chooseSource(kind: BudgetSource['kind'], site: JiraSite, recent: RecentIssues): BudgetSource {
  if (kind === 'computed') return createComputedSource(site, recent);
  if (kind === 's0') return createS0Source(site);
  throw new IntegrationError(
    'Tempo Cloud 4 is not available as budget source yet. Set crmjira_BudgetSource to "computed" or "s0".',
    { code: 'budget-source-not-available', errorClass: 'configuration' },
  );
}
