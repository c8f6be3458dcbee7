import { createHmac } from 'node:crypto';
import type { Endpoints } from '../form-host/index';
import { SERVICE_ACCOUNT } from '../jira/index';
import { PLANT_CONNECTION_ID, SENTRY_ORGANIZATION, TENANT_ID, TOOLS_APP, WORK_ORDERS_USER } from './directory';
import type { Ports } from './ports';
import type { Secrets } from './secrets';

/** As the service derives the secret of a further connection; docs/deployment.md says how. */
const webhookSecretOf = (secret: string, connectionId: string): string =>
  createHmac('sha256', secret).update(`webhook:${connectionId}`).digest('hex');

/** Addresses and keys of a sandbox, as `/endpoints.json` hands them out (ADR-24). */
export function endpointsOf(ports: Ports, secrets: Secrets): Endpoints {
  const at = (port: number) => `http://localhost:${port}`;
  const dataverse = at(ports.dataverse);
  const jira = {
    url: at(ports.jira),
    email: SERVICE_ACCOUNT.email,
    apiToken: secrets.jiraApiToken,
    pat: secrets.jiraPat,
    webhookSecret: secrets.jiraWebhookSecret,
  };
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
    jira,
    sites: [
      { name: 'Jira Cloud', deployment: 'cloud', ...jira },
      {
        name: 'Jira Data Center',
        deployment: 'dc',
        url: at(ports.dataCenter),
        email: SERVICE_ACCOUNT.email,
        pat: secrets.dataCenterPat,
        webhookSecret: webhookSecretOf(secrets.jiraWebhookSecret, PLANT_CONNECTION_ID),
      },
    ],
    sentry: {
      url: at(ports.sentry),
      organization: SENTRY_ORGANIZATION,
      token: secrets.sentryToken,
      clientSecret: secrets.sentryClientSecret,
    },
    inventory: { url: `${at(ports.services)}/inventory`, token: secrets.inventoryToken },
    workOrders: {
      url: `${at(ports.services)}/work-orders`,
      wsdl: `${at(ports.services)}/work-orders?wsdl`,
      user: WORK_ORDERS_USER,
      password: secrets.workOrdersPassword,
    },
    proxy: { url: at(ports.proxy) },
  };
}
