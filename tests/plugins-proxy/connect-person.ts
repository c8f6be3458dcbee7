import { randomUUID } from 'node:crypto';
import { AuthType } from '@crmjira/domain';
import type { DataverseClient } from '../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { tokenName, tokenToStore } from '../../plugins-proxy/src/connections/personal/personal-secret';
import { serviceKey } from '../../plugins-proxy/src/platform/secrets/service-keys';
import type { Jira } from '../../sandbox/src/jira';
import type { UserRow } from '../../sandbox/src/jira/site/rows';

/** Connects a person of Dynamics with Jira, as their page and the service would. @returns their user in Jira */
export async function connectPerson(
  world: { readonly admin: DataverseClient; readonly jira: Jira; readonly jiraUrl: string; readonly siteId: string },
  { userId, upn }: { readonly userId: string; readonly upn: string },
  secretsKey: string,
): Promise<UserRow> {
  const { site } = world.jira;
  const user = site.addUser({ email: upn, displayName: upn, accountId: `connected-${userId}` });
  const token = site.giveToken(user, 'cloud', 'crm', `${randomUUID()}-of-the-tests`);
  const place = { connectionId: randomUUID(), userId, url: world.jiraUrl };
  await world.admin.changeSet([
    tokenToStore(serviceKey(secretsKey), place, token).write,
    {
      op: 'create',
      collection: 'crmjira_jira_connections',
      id: place.connectionId,
      columns: {
        ...{ crmjira_name: 'Jira', crmjira_jira_url: world.jiraUrl, crmjira_auth_type: AuthType.ApiToken },
        ...{ crmjira_email: upn, crmjira_account_id: user.id, crmjira_is_active: true, crmjira_inbound: true },
        crmjira_secret_name: tokenName(place),
        'crmjira_integration_id@odata.bind': `/crmjira_integrations(${world.siteId})`,
        'crmjira_user@odata.bind': `/systemusers(${userId})`,
        'ownerid@odata.bind': `/systemusers(${userId})`,
      },
    },
  ]);
  return user;
}
