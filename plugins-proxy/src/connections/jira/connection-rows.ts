import { AuthType, Deployment, tables } from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, optionalFlag, optionalGuid, optionalText } from '../../clients/dataverse/columns';
import type { DataverseReader } from '../../clients/dataverse/reader';

/** `crmjira_code` of the provider row that says that a connection is a Jira site. */
export const jiraProviderCode = 'jira';

const providerRow = z.object({ crmjira_integration_providerid: guid, crmjira_code: optionalText });
const row = z.object({
  crmjira_integrationid: guid,
  crmjira_name: optionalText,
  _crmjira_provider_value: optionalGuid,
  crmjira_base_url: optionalText,
  crmjira_deployment: choice(Deployment).nullish(),
  crmjira_auth_type: choice(AuthType).nullish(),
  crmjira_username: optionalText,
  crmjira_secret_name: optionalText,
  crmjira_config: optionalText,
  crmjira_is_active: optionalFlag,
});

/** How the names of secrets begin that this service can resolve (ADR-23). */
const ownSecret = /^(row|vault|file):/;

/** A row of `crmjira_integration` that stands for a Jira site. */
export interface JiraConnectionRow {
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
  readonly deployment: Deployment | null;
  readonly authType: AuthType | null;
  readonly username: string | null;
  readonly secretName: string | null;
  readonly config: string | null;
  readonly isActive: boolean;
}

/**
 * Whether another service works with the site: its row names a secret that only that service's variables know, as all rows did while a
 * service had one connection.
 */
export const isServedElsewhere = ({ secretName }: JiraConnectionRow): boolean =>
  secretName !== null && !ownSecret.test(secretName);

/** Jira connections of the environment, active or not, by name. */
export async function readJiraConnectionRows(client: DataverseReader): Promise<readonly JiraConnectionRow[]> {
  const [providers, rows] = await Promise.all([
    client.many(tables.crmjira_integration_provider.entitySet, { select: Object.keys(providerRow.shape) }, providerRow),
    client.many(
      tables.crmjira_integration.entitySet,
      { select: Object.keys(row.shape), filter: 'statecode eq 0', orderBy: ['crmjira_name asc'] },
      row,
    ),
  ]);
  const ofJira = new Set(
    providers
      .filter(({ crmjira_code: code }) => code?.trim().toLowerCase() === jiraProviderCode)
      .map(({ crmjira_integration_providerid: id }) => id),
  );
  return rows
    .filter(({ _crmjira_provider_value: provider }) => provider !== null && ofJira.has(provider))
    .map((one) => ({
      id: one.crmjira_integrationid,
      name: one.crmjira_name ?? one.crmjira_integrationid,
      url: one.crmjira_base_url,
      deployment: one.crmjira_deployment ?? null,
      authType: one.crmjira_auth_type ?? null,
      username: one.crmjira_username,
      secretName: one.crmjira_secret_name,
      config: one.crmjira_config,
      isActive: one.crmjira_is_active === true,
    }));
}
