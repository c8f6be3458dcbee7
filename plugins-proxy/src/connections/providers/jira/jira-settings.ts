import { AuthType, Deployment } from '@crmjira/domain';
import { z } from 'zod';
import { httpUrl } from '../../../platform/config/http-url';
import type { JiraCredentials } from '../../../platform/config/jira-credentials';

/** What may be shown of a Jira site; empty: not entered yet. */
export const jiraSettings = z.strictObject({
  url: z
    .union([z.literal(''), z.string().max(500).pipe(httpUrl)])
    .default('')
    .meta({ title: 'Address of the site' }),
  /** null: as the site says of itself */
  deployment: z.enum(Deployment).nullable().default(null).meta({ title: 'Deployment' }),
  username: z.string().trim().max(200).default('').meta({ title: 'Username' }),
  projectKey: z.string().trim().max(50).default('').meta({ title: 'Default project' }),
  issueType: z.string().trim().max(50).default('').meta({ title: 'Default issue type' }),
  issueLimit: z.int().min(1).max(1_000_000).nullable().default(null).meta({ title: 'Issues a project' }),
});
export type JiraSettings = z.output<typeof jiraSettings>;

export const jiraSecrets = z.strictObject({
  token: z.string().max(4000).default('').meta({ title: 'API token', writeOnly: true }),
});
export type JiraSecrets = z.output<typeof jiraSecrets>;

/** How the service signs in: Cloud by username and API token, Data Center by personal access token or user and password. */
export function jiraSignIn(
  { deployment, username }: Pick<JiraSettings, 'deployment' | 'username'>,
  token: string,
): { readonly authType: AuthType; readonly credentials: JiraCredentials } {
  if (deployment === Deployment.JiraCloud)
    return { authType: AuthType.ApiToken, credentials: { kind: 'basic', email: username, apiToken: token } };
  return username === ''
    ? { authType: AuthType.PatBearer, credentials: { kind: 'bearer', pat: token } }
    : { authType: AuthType.Basic, credentials: { kind: 'password', user: username, password: token } };
}
