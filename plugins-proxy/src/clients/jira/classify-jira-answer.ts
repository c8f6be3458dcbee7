import { z } from 'zod';
import { type Answer, createClassifier } from '../../platform/http-client/create-classifier';
import type { ProviderName } from '../../platform/http-client/provider-name';

export const jiraName: ProviderName = {
  name: 'Jira',
  codePrefix: 'jira',
  setting: 'JIRA_URL',
  gatewayCertificate: 'JIRA_GATEWAY_CERTIFICATE',
};

/** Part by part: some answers have `errors` as a list or nested, and what else they say is not lost for it. */
const errorBody = z.object({
  errorMessages: z.array(z.string()).optional().catch(undefined),
  errors: z.record(z.string(), z.string()).optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  errorMessage: z.string().optional().catch(undefined),
});

/**
 * Whether an answer was given to nobody in particular although we signed in: Jira answers with what anonymous people may see, often a
 * 200 with an empty list or a 404, and says so in a header only. An answer without these headers says nothing either way.
 */
function isAnonymous({ headers }: Answer): boolean {
  const login = String(headers['x-seraph-loginreason'] ?? '');
  return /AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/.test(login) || headers['x-ausername'] === 'anonymous';
}

/** Answers of Jira: both `errorMessages` and `errors`. */
export const jiraAnswers = createClassifier(jiraName, {
  isAnonymous,
  readRefusal: (body) => {
    const { errorMessages = [], message = '', errorMessage = '', errors = {} } = errorBody.parse(body);
    return { sentences: [...errorMessages, message, errorMessage].filter((said) => said !== ''), fields: errors };
  },
});
