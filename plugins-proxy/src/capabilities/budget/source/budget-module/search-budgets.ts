import type { z } from 'zod';
import { IntegrationError } from '../../../../platform/errors/integration-error';
import { JiraAbsence } from '../../../../clients/jira/classify-jira-answer';
import type { JiraHttp } from '../../../../clients/jira/jira-http';

/** Jira's router on an address that none of its modules has; a module that has no such project words it otherwise. */
const noSuchAddress = /\bnull for uri\b/i;

/** Whether a search was answered by something that is not the budget module: with a page, or with JSON that says nothing of a project. */
function isFromElsewhere(error: unknown): boolean {
  if (error instanceof JiraAbsence) return error.words === '' || noSuchAddress.test(error.words);
  return error instanceof IntegrationError && error.status === 404;
}

/**
 * Searches the budget module of the specification's contract (D-7.3) for a project's budgets.
 * @param base path of the contract below the site (`budgetPath`)
 * @returns null where the module says that it has none
 * @throws IntegrationError `budget-source-not-available` where no such module answers
 */
export async function searchBudgets<Schema extends z.ZodType>(
  http: JiraHttp,
  base: string,
  projectKey: string,
  schema: Schema,
): Promise<z.output<Schema> | null> {
  const address = `${base}/budget`;
  try {
    return await http.call({ method: 'GET', path: address, query: { projectKey }, schema });
  } catch (error) {
    if (isFromElsewhere(error))
      throw new IntegrationError(
        `No budget module answered at ${address} (404): it is not installed in Jira, crmjira_BudgetApiBaseUrl names another place, or a gateway before Jira does not let this address through. Without such a module set crmjira_BudgetSource to "computed" or "tempo4".`,
        { code: 'budget-source-not-available', errorClass: 'configuration', status: 404, cause: error },
      );
    if (error instanceof JiraAbsence) return null;
    throw error;
  }
}
