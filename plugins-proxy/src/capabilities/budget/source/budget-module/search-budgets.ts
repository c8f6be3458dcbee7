import type { z } from 'zod';
import { jiraAnswers } from '../../../../clients/jira/classify-jira-answer';
import { IntegrationError } from '../../../../platform/errors/integration-error';
import { Absence, type Classifier } from '../../../../platform/http-client/create-classifier';
import type { HttpClient } from '../../../../platform/http-client/http-client';

/** Jira's router on an address that none of its modules has; a module that has no such project words it otherwise. */
const noSuchAddress = /\bnull for uri\b/i;

/** Answers of the budget module's list at an address: a page, or JSON that says nothing of a project, is none of the module's. */
const answersAt = (address: string): Classifier => ({
  isData: jiraAnswers.isData,
  errorOf: (answer, now, redact) => {
    const error = jiraAnswers.errorOf(answer, now, redact);
    const isModules = error instanceof Absence && error.words !== '' && !noSuchAddress.test(error.words);
    return error.status !== 404 || isModules
      ? error
      : new IntegrationError(
          `No budget module answered at ${address} (404): it is not installed in Jira, crmjira_BudgetApiBaseUrl names another place, or a gateway before Jira does not let this address through. Without such a module set crmjira_BudgetSource to "computed" or "tempo-cloud".`,
          { code: 'budget-source-not-available', errorClass: 'configuration', status: 404, cause: error },
        );
  },
});

/**
 * Searches the budget module (D-7.3) for a project's budgets.
 * @param base path of the contract below the site (`budgetPath`)
 * @returns null where the module says that it has none
 * @throws IntegrationError `budget-source-not-available` where no such module answers
 */
export async function searchBudgets<Schema extends z.ZodType>(
  http: HttpClient,
  base: string,
  projectKey: string,
  schema: Schema,
): Promise<z.output<Schema> | null> {
  const address = `${base}/budget`;
  return http.find({
    method: 'GET',
    path: address,
    query: { projectKey },
    schema,
    classifier: answersAt(address),
  });
}
