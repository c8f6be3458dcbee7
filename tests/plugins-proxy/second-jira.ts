import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthType, Deployment } from '@crmjira/domain';
import type { SeedRow } from '../../sandbox/src/dataverse';
import { SERVICE_ACCOUNT } from '../../sandbox/src/jira';
import { apiToken, jiraStandIn } from './jira-stand-in';

/** Another Jira site, and the connection row through which the service works with it beside its first one. */
export async function secondJira() {
  const id = '5a8d2c1e-0000-4000-8000-000000000c02';
  const name = 'Jira of Europe';
  const provider = '5a8d2c1e-0000-4000-8000-0000000000b1';
  const secrets = mkdtempSync(join(tmpdir(), 'crmjira-secrets-'));
  const secretFile = join(secrets, id);
  writeFileSync(secretFile, apiToken);
  const { site, close } = await jiraStandIn('cloud');
  const rows: SeedRow[] = [
    {
      table: 'crmjira_integration_provider',
      row: { crmjira_integration_providerid: provider, crmjira_name: 'Jira', crmjira_code: 'jira' },
    },
    {
      table: 'crmjira_integration',
      row: {
        crmjira_integrationid: id,
        crmjira_name: name,
        crmjira_provider: { table: 'crmjira_integration_provider', id: provider },
        crmjira_base_url: site.url,
        crmjira_deployment: Deployment.JiraCloud,
        crmjira_auth_type: AuthType.ApiToken,
        crmjira_username: SERVICE_ACCOUNT.email,
        crmjira_secret_name: `file:${id}`,
        crmjira_is_active: true,
      },
    },
  ];
  return {
    id,
    name,
    url: site.url,
    rows,
    secretFile,
    /** What the service is given for it. */
    variables: { CONNECTION_SECRETS_DIR: secrets, ALLOWED_PRIVATE_HOSTS: new URL(site.url).host },
    close: async () => {
      await close();
      rmSync(secrets, { recursive: true });
    },
  };
}
