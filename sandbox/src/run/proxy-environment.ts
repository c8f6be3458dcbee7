import type { Endpoints } from '../form-host/index';
import { ATLASSIAN_APP, CONNECTION_ID, SERVICE_APP, TOOLS_APP } from './directory';
import { gatewayUsers } from './gateway-connections';
import type { Ports } from './ports';
import type { Secrets } from './secrets';

/** Environment variables of the proxy, exactly what an administrator would set for a tenant. */
export function proxyEnvironment(
  ports: Ports,
  endpoints: Endpoints,
  secrets: Secrets,
  files: { readonly store: string; readonly connectionSecrets: string },
): Record<string, string> {
  return {
    HOST: '127.0.0.1',
    PORT: String(ports.proxy),
    PUBLIC_URL: endpoints.proxy.url,
    DATAVERSE_URL: endpoints.dataverse.url,
    DATAVERSE_TENANT_ID: endpoints.dataverse.tenantId,
    DATAVERSE_CLIENT_ID: SERVICE_APP.clientId,
    DATAVERSE_CLIENT_SECRET: secrets.serviceClientSecret,
    TOKEN_URL: endpoints.dataverse.tokenUrl,
    REGISTRATION_CLIENT_ID: TOOLS_APP.clientId,
    REGISTRATION_CLIENT_SECRET: secrets.toolsClientSecret,
    DATAVERSE_STEP_KEY: secrets.stepKey,
    SECRETS_KEY: secrets.serviceKey,
    JIRA_URL: endpoints.jira.url,
    // The gateway stands before Jira too, so that people see what is told when it does not let the service through.
    JIRA_GATEWAY_URL: `http://localhost:${ports.gateway}`,
    JIRA_DEPLOYMENT: 'cloud',
    JIRA_EMAIL: endpoints.jira.email,
    JIRA_API_TOKEN: secrets.jiraApiToken,
    TEMPO_URL: endpoints.jira.url,
    TEMPO_TOKEN: secrets.tempoToken,
    JIRA_WEBHOOK_SECRET: secrets.jiraWebhookSecret,
    ATLASSIAN_CLIENT_ID: ATLASSIAN_APP.clientId,
    ATLASSIAN_CLIENT_SECRET: secrets.atlassianClientSecret,
    // Atlassian's own addresses stand beside the site's here.
    ATLASSIAN_AUTH_URL: endpoints.jira.url,
    ATLASSIAN_API_URL: endpoints.jira.url,
    CONNECTION_ID,
    CONNECTOR_ENABLED: 'true',
    CONNECTOR_USER: gatewayUsers.connector,
    CONNECTOR_PASSWORD: secrets.connectorPassword,
    CONNECTOR_AUDIENCE: endpoints.dataverse.url,
    API_ENABLED: 'true',
    API_AUDIENCE: endpoints.dataverse.url,
    // The only scope of the sandbox's Entra.
    API_SCOPES: 'user_impersonation',
    RELAY_ENABLED: 'true',
    RELAY_BASIC_USER: gatewayUsers.relay,
    RELAY_BASIC_PASSWORD: secrets.relayPassword,
    RELAY_AUDIENCE: endpoints.dataverse.url,
    RELAY_ISSUER: `${endpoints.dataverse.url}/${endpoints.dataverse.tenantId}/`,
    RELAY_KEYS_URL: `${endpoints.dataverse.url}/${endpoints.dataverse.tenantId}/discovery/v2.0/keys`,
    // Power Automate is not played here: no connection can be chosen for its flows.
    DOCTOR_SKIPS: 'connection-references',
    CONNECTION_SECRETS_DIR: files.connectionSecrets,
    // Where a tenant's service reaches sites in its own network.
    ALLOWED_PRIVATE_HOSTS: `localhost:${ports.dataCenter},localhost:${ports.sentry},localhost:${ports.services}`,
    STORE_FILE: files.store,
    REGISTER_STEPS: 'true',
    LOG_LEVEL: 'info',
  };
}
