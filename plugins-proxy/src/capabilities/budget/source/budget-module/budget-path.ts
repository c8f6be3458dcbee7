import { IntegrationError } from '../../../../platform/errors/integration-error';

/** Where the budget module has its contract (D-7.3). */
export const contractPath = '/rest/tempo-budgets/1';

function refuse(says: string): never {
  throw new IntegrationError(says, { code: 'budget-source-not-available', errorClass: 'configuration' });
}

/**
 * Path of the budget contract below the site's address (D-7.3). Only an address of the site itself is taken: the calls carry
 * Jira's credentials, and who may change a setting in Dynamics shall not learn them (R-1212). Pure.
 * @param address `crmjira_BudgetApiBaseUrl`; null: nobody has set it
 * @throws IntegrationError `budget-source-not-available`
 */
export function budgetPath(siteUrl: string, address: string | null): string {
  if (address === null) return contractPath;
  const site = new URL(siteUrl);
  const wanted = new URL(address);
  const prefix = site.pathname.replace(/\/+$/, '');
  const path = wanted.pathname.replace(/\/+$/, '');
  if (wanted.origin !== site.origin || wanted.username !== '' || !path.startsWith(`${prefix}/`))
    refuse(
      `crmjira_BudgetApiBaseUrl is at ${wanted.host}${path}, which does not belong to JIRA_URL (${site.host}${prefix}): the service gives Jira's credentials to no other address. Set it to an address of that Jira, or crmjira_BudgetSource to "computed" or "tempo-cloud".`,
    );
  return path.slice(prefix.length);
}
