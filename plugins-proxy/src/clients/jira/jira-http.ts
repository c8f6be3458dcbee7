import type { JiraCredentials } from '../../platform/config/jira-credentials';
import { createHttpClient, type HttpClientOptions, type SiteClient } from '../../platform/http-client/http-client';
import { jiraAnswers, jiraName } from './classify-jira-answer';

export type JiraHttpOptions = HttpClientOptions<JiraCredentials>;

/** The Authorization header of the service's account. */
export function authorization(credentials: JiraCredentials): string {
  if (credentials.kind === 'bearer') return `Bearer ${credentials.pat}`;
  const [user, secret] =
    credentials.kind === 'basic' ? [credentials.email, credentials.apiToken] : [credentials.user, credentials.password];
  return `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
}

/** A client for one Jira site. */
export const createJiraHttp = (options: JiraHttpOptions): SiteClient<JiraCredentials> =>
  createHttpClient(
    {
      provider: jiraName,
      classifier: jiraAnswers,
      authorization,
      // Cloud answers writes of a browser-like client with XSRF checks; this header says that it is none.
      headers: { 'x-atlassian-token': 'no-check' },
    },
    options,
  );
