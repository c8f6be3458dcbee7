import type { WebhookRow } from '../site/rows';
import type { Site } from '../site/site';

/** Where the budget module tells of its budgets: set up in the module, so that Jira's own list of webhooks has none of it. */
export interface BudgetModuleTarget {
  readonly url: string;
  /** Signs each delivery. */
  readonly secret: string;
}

/** Has the budget module send `budget:budget_updated` and `budget:budget_approved`, which no webhook of Jira itself can ask for. */
export function connectBudgetModule(site: Site, { url, secret }: BudgetModuleTarget): void {
  site.webhooks.put<WebhookRow>({
    id: 'budget-module',
    kind: 'module',
    name: 'Budget module',
    description: '',
    url,
    events: ['budget:budget_updated', 'budget:budget_approved'],
    jql: '',
    fieldIds: null,
    excludeBody: false,
    enabled: true,
    secret,
    // Nobody's: without a filter there is nothing to look up in somebody's name.
    ownerId: '',
    updatedOn: site.now(),
    expiresOn: null,
    edition: 'cloud',
  });
}
