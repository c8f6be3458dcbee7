import type { JsonSchema } from './json-schemas';
import { swagger } from './swagger';

/** A custom connector as it is imported: its definition, and how a connection of it is made. */
export interface ConnectorVariant {
  readonly definition: JsonSchema;
  readonly properties: JsonSchema;
}

const brandColor = '#0052cc';
const publisher = 'CRM-JIRA Integration';

/** Replaced at import by the ids of the app registrations. */
const placeholders = {
  clientId: '00000000-0000-0000-0000-000000000000',
  resource: 'api://crm-jira-proxy',
  tenant: 'common',
} as const;

const login = 'https://login.microsoftonline.com';

function withSecurity(securityDefinitions: JsonSchema, security: readonly JsonSchema[]): JsonSchema {
  return { ...swagger(), securityDefinitions, security };
}

/** Straight to the service, as the person who made the connection or as an application: Entra OAuth. */
function entra(): ConnectorVariant {
  const definition = withSecurity(
    {
      entra: {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: `${login}/${placeholders.tenant}/oauth2/authorize`,
        tokenUrl: `${login}/${placeholders.tenant}/oauth2/token`,
        scopes: { user_impersonation: 'Use the connector as yourself' },
      },
    },
    [{ entra: ['user_impersonation'] }],
  );
  const token = {
    type: 'oauthSetting',
    oAuthSettings: {
      identityProvider: 'aad',
      clientId: placeholders.clientId,
      scopes: ['user_impersonation'],
      redirectMode: 'Global',
      properties: { IsFirstParty: 'False' },
      customParameters: {
        loginUri: { value: login },
        tenantId: { value: placeholders.tenant },
        resourceUri: { value: placeholders.resource },
      },
    },
  };
  return {
    definition,
    properties: {
      properties: { connectionParameters: { token }, iconBrandColor: brandColor, capabilities: [], publisher },
    },
  };
}

/** One line of what a person fills in when they make a connection through the gateway. */
function field(displayName: string, description: string, tabIndex: number, more: JsonSchema = {}): JsonSchema {
  const constraints = { tabIndex, required: 'true', capability: ['gateway'], ...more };
  return { displayName, description, tooltip: description, constraints };
}

/** Through the on-premises data gateway: none or Basic, nothing else can be chosen there. */
function gateway(): ConnectorVariant {
  const connectionParameters = {
    authType: {
      type: 'string',
      allowedValues: [{ value: 'none' }, { value: 'basic' }],
      uiDefinition: field('Authentication', 'Basic; none only where the network itself lets nobody else in', 1, {
        allowedValues: [
          { text: 'none', value: 'anonymous' },
          { text: 'basic', value: 'basic' },
        ],
      }),
    },
    username: {
      type: 'securestring',
      uiDefinition: field('User', 'CONNECTOR_USER of the service', 2, { clearText: true }),
    },
    password: {
      type: 'securestring',
      uiDefinition: field('Password', 'CONNECTOR_PASSWORD of the service', 3, { clearText: false }),
    },
    gateway: {
      type: 'gatewaySetting',
      gatewaySettings: { dataSourceType: 'CustomConnector', connectionDetails: [] },
      uiDefinition: { constraints: { tabIndex: 4, required: 'true', capability: ['gateway'] } },
    },
  };
  return {
    definition: withSecurity({ basic_auth: { type: 'basic' } }, [{ basic_auth: [] }]),
    properties: {
      properties: { connectionParameters, iconBrandColor: brandColor, capabilities: ['gateway'], publisher },
    },
  };
}

/** The variants by the names of their folders; operations and shapes are the same in all. */
export const connectorVariants = { entra, gateway } as const;
