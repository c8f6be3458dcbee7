import type { EntraUser } from '../entra/index';
import { personaPassword } from '../form-host/index';
import { crmPeople } from '../seed/index';

/** The sandbox's tenant and who is known in it. */
export const TENANT_ID = '72f988bf-0000-4000-8000-000000000001';
/** Row of `crmjira_integration` that names the Jira site. */
export const CONNECTION_ID = '5a8d2c1e-0000-4000-8000-000000000c01';

/** Row of the second site, Data Center. */
export const PLANT_CONNECTION_ID = '5a8d2c1e-0000-4000-8000-000000000c02';

/** Row of the connection to Sentry, and the organization there. */
export const SENTRY_CONNECTION_ID = '5a8d2c1e-0000-4000-8000-000000000c03';
export const SENTRY_ORGANIZATION = 'rideau-logic';

/** Rows of the integrations with the inventory and the work orders, and who signs in to the latter. */
export const INVENTORY_ID = '5a8d2c1e-0000-4000-8000-000000000c11';
export const WORK_ORDERS_ID = '5a8d2c1e-0000-4000-8000-000000000c12';
export const WORK_ORDERS_USER = 'dynamics';

/** Application user that `/endpoints.json` hands out: System Administrator. */
export const TOOLS_APP = { clientId: '11111111-1111-4111-8111-111111111111', name: 'Sandbox tools' } as const;
/** Application user of the proxy: role CRM-JIRA Integration Service. */
export const SERVICE_APP = { clientId: '22222222-2222-4222-8222-222222222222', name: 'CRM-JIRA Integration' } as const;

/** App of Atlassian's developer console by which people sign in with Atlassian. */
export const ATLASSIAN_APP = {
  clientId: 'crmjira-sandbox-app',
  name: 'CRM-JIRA Integration',
  scopes: ['read:jira-work', 'write:jira-work', 'read:jira-user'],
} as const;

/** Everybody may sign in: nothing here is reachable from another machine. */
export const directoryUsers: readonly EntraUser[] = crmPeople.map(({ id, upn, firstName, lastName }) => ({
  objectId: id,
  userPrincipalName: upn,
  displayName: `${firstName} ${lastName}`,
  password: personaPassword,
}));
