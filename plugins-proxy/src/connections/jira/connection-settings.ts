import { AuthType, budgetSourceNamed, budgetSourceNames, Deployment } from '@crmjira/domain';
import { z } from 'zod';
import type { SaidDeployment } from '../../clients/jira/judge-deployment';
import { httpUrl } from '../../platform/config/http-url';
import type { JiraCredentials } from '../../platform/config/jira-credentials';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { JiraConnectionRow } from './connection-rows';

/** What differs from site to site and stands in `crmjira_config`, as JSON; what is left out is found out or not used. */
const siteConfig = z.strictObject({
  /** As `crmjira_FieldIds`, which is about the first connection. */
  fieldIds: z.record(z.string(), z.string()).default({}),
  projectTemplateKey: z.string().min(1).nullable().default(null),
  projectCategoryId: z.string().min(1).nullable().default(null),
  budgetSource: z.preprocess(
    (text) => budgetSourceNamed(text) ?? text,
    z.enum(budgetSourceNames).nullable().default(null),
  ),
  budgetApiUrl: httpUrl.nullable().default(null),
});
export type SiteConfig = z.output<typeof siteConfig>;

/** How a site is reached and spoken to, as its row says. */
export interface RowSettings {
  readonly url: string;
  readonly deployment: 'cloud' | 'dc';
  readonly said: SaidDeployment;
  readonly secretName: string;
  readonly credentialsOf: (secret: string) => JiraCredentials;
  readonly config: SiteConfig;
}

const saidBy = {
  [Deployment.JiraCloud]: 'cloud',
  [Deployment.JiraDataCenter]: 'dc',
  [Deployment.JiraServer]: 'server',
} as const satisfies Record<Deployment, SaidDeployment>;

function unusable(row: JiraConnectionRow, what: string): never {
  throw new IntegrationError(
    `The Jira connection "${row.name}" cannot be used: ${what} Correct the connection in Dynamics.`,
    { code: 'jira-connection', errorClass: 'configuration', connectionId: row.id },
  );
}

function parsedConfig(row: JiraConnectionRow): SiteConfig {
  let parsed: unknown;
  try {
    parsed = JSON.parse(row.config?.trim() || '{}');
  } catch {
    unusable(row, 'its configuration is not JSON.');
  }
  const config = siteConfig.safeParse(parsed);
  return config.success
    ? config.data
    : unusable(row, `its configuration has a mistake at "${config.error.issues[0]?.path.join('.') || 'the top'}".`);
}

/** How the service signs in there: Cloud by e-mail and API token, Data Center by personal access token or user and password. */
function signInOf(row: JiraConnectionRow): Pick<RowSettings, 'credentialsOf'> & Pick<JiraCredentials, 'kind'> {
  const { authType, username } = row;
  if (authType === AuthType.PatBearer) return { kind: 'bearer', credentialsOf: (pat) => ({ kind: 'bearer', pat }) };
  if (authType !== AuthType.ApiToken && authType !== AuthType.Basic)
    return unusable(row, 'its kind of sign-in is not one that Jira connections have.');
  if (username === null) return unusable(row, 'it names no user.');
  return authType === AuthType.ApiToken
    ? { kind: 'basic', credentialsOf: (apiToken) => ({ kind: 'basic', email: username, apiToken }) }
    : { kind: 'password', credentialsOf: (password) => ({ kind: 'password', user: username, password }) };
}

/** Pure. @throws IntegrationError `jira-connection`, saying what is wrong with the row */
export function settingsOfRow(row: JiraConnectionRow): RowSettings {
  const url = httpUrl.safeParse(row.url ?? '');
  if (!url.success) return unusable(row, 'its address is not an http or https address.');
  if (row.deployment === null) return unusable(row, 'it does not say whether it is Cloud or Data Center.');
  if (row.secretName === null) return unusable(row, 'it names no secret.');
  const said = saidBy[row.deployment];
  const { kind, credentialsOf } = signInOf(row);
  if ((said === 'cloud') !== (kind === 'basic'))
    return unusable(row, 'Jira Cloud takes an API token, Data Center a personal access token or a password.');
  return {
    url: url.data,
    deployment: said === 'cloud' ? 'cloud' : 'dc',
    said,
    secretName: row.secretName,
    config: parsedConfig(row),
    credentialsOf,
  };
}
