import type { Endpoints } from '../form-host/index';
import { SERVICE_ACCOUNT } from '../jira/index';
import { TENANT_ID, TOOLS_APP } from './directory';
import type { Ports } from './ports';
import type { Secrets } from './secrets';

/** Addresses and keys of a sandbox, as `/endpoints.json` hands them out (ADR-24). */
export function endpointsOf(ports: Ports, secrets: Secrets): Endpoints {
  const at = (port: number) => `http://localhost:${port}`;
  const dataverse = at(ports.dataverse);
  return {
    dataverse: {
      url: dataverse,
      api: '/api/data/v9.2/',
      tokenUrl: `${dataverse}/${TENANT_ID}/oauth2/v2.0/token`,
      tenantId: TENANT_ID,
      clientId: TOOLS_APP.clientId,
      clientSecret: secrets.toolsClientSecret,
      scope: `${dataverse}/.default`,
    },
    jira: {
      url: at(ports.jira),
      email: SERVICE_ACCOUNT.email,
      apiToken: secrets.jiraApiToken,
      pat: secrets.jiraPat,
      webhookSecret: secrets.jiraWebhookSecret,
    },
    proxy: { url: at(ports.proxy) },
  };
}
