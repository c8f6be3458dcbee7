import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { readConfig } from '../../plugins-proxy/src/platform/config/read-config';
import type { Config } from '../../plugins-proxy/src/platform/config/read-config';
import {
  createDataverseClient,
  type DataverseClient,
} from '../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { createTokenSource } from '../../plugins-proxy/src/clients/dataverse/token-source';
import {
  createDataverse,
  type Dataverse,
  profileMember,
  rootBusinessUnitId,
  type SeedRow,
} from '../../sandbox/src/dataverse';
import { guidOf } from '../../sandbox/src/dataverse/guid';
import { createEntra } from '../../sandbox/src/entra';
import { createJira, type Jira, SERVICE_ACCOUNT } from '../../sandbox/src/jira';
import { freePort } from '../free-port';
import { folderVariable } from '../log-scan/kept-logs';

const tenantId = '72f988bf-0000-4000-8000-000000000001';
const connectionId = '5a8d2c1e-0000-4000-8000-000000000c01';
const toolsApp = { clientId: '11111111-1111-4111-8111-111111111111', clientSecret: 'tools-secret-of-the-tests' };
const serviceApp = { clientId: '22222222-2222-4222-8222-222222222222', clientSecret: 'service-secret-of-the-tests' };
const atlassianApp = { clientId: 'app-of-the-tests', clientSecret: 'atlassian-secret-of-the-tests' };
const apiToken = 'api-token-of-the-tests';
export const pat = 'personal-access-token-of-the-tests';

export const people = {
  owner: '87654321-abcd-ef12-3456-7890abcdef12',
  manager: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a01',
  finance: '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a03',
} as const;
export const acme = '12345678-90ab-cdef-1234-567890abcdef';

/** Dataverse with Entra, and Jira, with the few people and settings that the examples need. */
export interface StandIns {
  readonly dataverse: Dataverse;
  readonly jira: Jira;
  readonly jiraUrl: string;
  /** Environment of a proxy for them. */
  readonly environment: Record<string, string>;
  readonly config: Config;
  /** Dataverse as an administrator sees it. */
  readonly admin: DataverseClient;
  /** Dataverse as one of the people sees it. */
  as(upn: string): DataverseClient;
  close(): Promise<void>;
}

/** Variables of a service before the Data Center side of the stand-in: its token alone. */
export const dataCenter = { JIRA_DEPLOYMENT: 'dc', JIRA_PAT: pat, JIRA_EMAIL: '', JIRA_API_TOKEN: '' } as const;

/** Variables of a service whose people may sign in with Atlassian, as the stand-in of Jira has it (R-1822). */
export const signInWithAtlassian = (jiraUrl: string) => ({
  ATLASSIAN_CLIENT_ID: atlassianApp.clientId,
  ATLASSIAN_CLIENT_SECRET: atlassianApp.clientSecret,
  ATLASSIAN_AUTH_URL: jiraUrl,
  ATLASSIAN_API_URL: jiraUrl,
});

const at = (table: string, id: string) => ({ table, id });

function user(id: string, first: string, last: string, upn: string): SeedRow {
  return {
    table: 'systemuser',
    row: {
      systemuserid: id,
      firstname: first,
      lastname: last,
      domainname: upn,
      internalemailaddress: upn,
      azureactivedirectoryobjectid: guidOf(`object:${id}`),
      businessunitid: at('businessunit', rootBusinessUnitId),
      isdisabled: false,
    },
  };
}

function applicationUser(app: { clientId: string }, name: string): SeedRow {
  return {
    table: 'systemuser',
    row: {
      systemuserid: guidOf(`app:${app.clientId}`),
      firstname: '#',
      lastname: name,
      domainname: `${app.clientId}@sandbox`,
      applicationid: app.clientId,
      azureactivedirectoryobjectid: guidOf(`object:${app.clientId}`),
      businessunitid: at('businessunit', rootBusinessUnitId),
      accessmode: 4,
      isdisabled: false,
    },
  };
}

/** The value of one of the solution's environment variables. */
export function variable(schemaName: string, value: string): SeedRow {
  return {
    table: 'environmentvariablevalue',
    row: {
      environmentvariablevalueid: guidOf(`value:${schemaName}`),
      schemaname: schemaName,
      value,
      environmentvariabledefinitionid: at('environmentvariabledefinition', guidOf(`variable:${schemaName}`)),
    },
  };
}

/** What a tenant has before the product: people, an account, a queue with an approved mailbox, applications in Entra. */
function tenantRows(roleId: (name: string) => string): SeedRow[] {
  return [
    user(people.owner, 'Olivia', 'Owens', 'opportunity.owner@company.com'),
    user(people.manager, 'Paul', 'Martin', 'project.manager@company.com'),
    user(people.finance, 'Fay', 'Controller', 'finance.controller@company.com'),
    applicationUser(toolsApp, 'Sandbox tools'),
    {
      table: 'systemuserroles',
      row: {
        systemuserroleid: guidOf('role:tools'),
        systemuserid: guidOf(`app:${toolsApp.clientId}`),
        roleid: roleId('System Administrator'),
      },
    },
    { table: 'account', row: { accountid: acme, name: 'Acme Corp', ownerid: at('systemuser', people.owner) } },
    { table: 'queue', row: { queueid: guidOf('queue'), name: 'CRM-JIRA', emailaddress: 'crm-jira@company.com' } },
  ];
}

function seedRows(roleId: (name: string) => string, profileId: (name: string) => string): SeedRow[] {
  const role = (userId: string, name: string): SeedRow => ({
    table: 'systemuserroles',
    row: { systemuserroleid: guidOf(`role:${userId}:${name}`), systemuserid: userId, roleid: roleId(name) },
  });
  const manager = ['Sales Manager', 'CRM-JIRA Integration User', 'CRM-JIRA Budget Approver'];
  return [
    user(people.owner, 'Olivia', 'Owens', 'opportunity.owner@company.com'),
    user(people.manager, 'Paul', 'Martin', 'project.manager@company.com'),
    user(people.finance, 'Fay', 'Controller', 'finance.controller@company.com'),
    applicationUser(toolsApp, 'Sandbox tools'),
    applicationUser(serviceApp, 'CRM-JIRA Integration'),
    role(people.owner, 'Salesperson'),
    role(people.owner, 'CRM-JIRA Integration User'),
    ...manager.map((name) => role(people.manager, name)),
    role(guidOf(`app:${toolsApp.clientId}`), 'System Administrator'),
    role(guidOf(`app:${serviceApp.clientId}`), 'CRM-JIRA Integration Service'),
    role(guidOf(`app:${serviceApp.clientId}`), 'CRM-JIRA Integration Service for Cases'),
    ...Object.values(people).map((id) =>
      profileMember(profileId('CRM-JIRA Integration Columns: Readers'), { table: 'systemuser', id }),
    ),
    profileMember(profileId('CRM-JIRA Integration Columns: Service'), {
      table: 'systemuser',
      id: guidOf(`app:${serviceApp.clientId}`),
    }),
    { table: 'account', row: { accountid: acme, name: 'Acme Corp', ownerid: at('systemuser', people.owner) } },
    { table: 'queue', row: { queueid: guidOf('queue'), name: 'CRM-JIRA', emailaddress: 'crm-jira@company.com' } },
    variable('crmjira_SenderQueue', 'CRM-JIRA'),
    variable('crmjira_DefaultHourlyRate', '125.00'),
    variable('crmjira_OwnRateAccounts', '*'),
    variable('crmjira_FinanceControllerEmail', 'finance.controller@company.com'),
    {
      table: 'crmjira_integration',
      row: { crmjira_integrationid: connectionId, crmjira_name: 'Jira', crmjira_is_active: true },
    },
  ];
}

/** One for all worlds of a run: an RSA key takes as long to make as all else that Entra does. */
function signingKeys(): string {
  const folder = process.env[folderVariable];
  return folder === undefined ? ':memory:' : join(folder, 'signing-keys.json');
}

/** What a test may want of the stand-ins beside the usual. */
export interface StandInOptions {
  /** API tokens of the service's account that Jira takes as well, so that each replica can be told apart. */
  readonly moreApiTokens?: readonly string[];
  /** Called before they listen, for hooks that watch what passes. */
  readonly prepare?: (dataverse: Dataverse, jira: Jira) => void;
  /** Dataverse as it is before the first import: Microsoft's tables, people, nothing of ours. */
  readonly beforeTheImport?: boolean;
}

/**
 * Starts the stand-ins on free ports.
 * @param onWritten told of every write that has been carried out, before its sender hears of it: its address, of a batch what is in it
 */
export async function startStandIns(
  clock: () => Date,
  onWritten: (what: string) => void = () => undefined,
  { moreApiTokens = [], prepare = () => undefined, beforeTheImport = false }: StandInOptions = {},
): Promise<StandIns> {
  const [dataversePort, jiraPort, proxyPort] = [await freePort(), await freePort(), await freePort()];
  const dataverseUrl = `http://localhost:${dataversePort}`;
  const jiraUrl = `http://localhost:${jiraPort}`;
  const proxyUrl = `http://localhost:${proxyPort}`;
  const upns = ['opportunity.owner', 'project.manager', 'finance.controller'].map((name) => `${name}@company.com`);
  const ids = [people.owner, people.manager, people.finance];
  const entra = await createEntra({
    keyFile: signingKeys(),
    publicUrl: dataverseUrl,
    tenantId,
    clock,
    apps: [
      { ...toolsApp, name: 'Sandbox tools', objectId: guidOf(`object:${toolsApp.clientId}`) },
      {
        ...serviceApp,
        name: 'CRM-JIRA Integration',
        objectId: guidOf(`object:${serviceApp.clientId}`),
        redirectUris: [`${proxyUrl}/oauth/entra/callback`],
      },
    ],
    users: upns.map((upn, n) => ({
      userPrincipalName: upn,
      password: 'sandbox',
      displayName: upn,
      objectId: guidOf(`object:${ids[n]}`),
      // The owner alone: another person of the tenant has no app role.
      ...(n === 0 ? { roles: ['Connector.Use', 'Relay.Use'] } : {}),
    })),
  });
  const dataverse = await createDataverse({
    stateFile: ':memory:',
    publicUrl: dataverseUrl,
    entra,
    tenantId,
    clock,
    ...(beforeTheImport ? { packages: [] } : {}),
  });
  const rowsOf = beforeTheImport ? tenantRows : seedRows;
  await dataverse.seed(
    rowsOf(
      (name) => {
        const id = dataverse.roleId(name);
        if (id === null) throw new Error(`the solution has no role ${name}`);
        return id;
      },
      (name) => {
        const id = dataverse.profileId(name);
        if (id === null) throw new Error(`the solution has no column security profile ${name}`);
        return id;
      },
    ),
  );
  const watch = async (request: FastifyRequest) => {
    const [what, writes] = request.url.endsWith('/$batch')
      ? [String(request.body), /^(POST|PATCH|PUT|DELETE) .+ HTTP/m]
      : [`${request.method} ${request.url}`, /^(POST|PATCH|PUT|DELETE) /];
    // Reads are posted too: a sign-in, a search, worklogs by their ids.
    if (writes.test(what) && !/\/oauth2\/|\/search\b|\/worklog\/list/.test(request.url)) onWritten(what);
  };
  dataverse.app.addHook('onSend', watch);
  await dataverse.app.register(entra.plugin);
  const jira = await createJira({
    stateFile: ':memory:',
    publicUrl: jiraUrl,
    clock,
    firstProjectId: 10_150,
    // What the budget contract prices hours at; the same as crmjira_DefaultHourlyRate.
    defaultHourlyRate: 125,
    tempoToken: 'tempo-token-of-the-tests',
    credentials: [
      { email: SERVICE_ACCOUNT.email, apiToken, pat },
      ...moreApiTokens.map((token) => ({ email: SERVICE_ACCOUNT.email, apiToken: token })),
    ],
    oauthApps: [
      {
        ...atlassianApp,
        name: 'CRM-JIRA',
        callbackUrls: [`${proxyUrl}/oauth/atlassian/callback`],
        scopes: ['read:jira-work', 'write:jira-work', 'read:jira-user'],
      },
    ],
    // Jira comes again five times within minutes; here as long as a test waits for anything, however slowly what it waits for starts.
    retryDelays: [200, 400, 800, ...Array<number>(20).fill(1_600)],
  });
  jira.app.addHook('onSend', watch);
  prepare(dataverse, jira);
  await dataverse.app.listen({ port: dataversePort, host: '127.0.0.1' });
  await jira.app.listen({ port: jiraPort, host: '127.0.0.1' });

  const environment = {
    PORT: String(proxyPort),
    PUBLIC_URL: proxyUrl,
    DATAVERSE_URL: dataverseUrl,
    DATAVERSE_TENANT_ID: tenantId,
    DATAVERSE_CLIENT_ID: serviceApp.clientId,
    DATAVERSE_CLIENT_SECRET: serviceApp.clientSecret,
    REGISTRATION_CLIENT_ID: toolsApp.clientId,
    REGISTRATION_CLIENT_SECRET: toolsApp.clientSecret,
    TOKEN_URL: `${dataverseUrl}/${tenantId}/oauth2/v2.0/token`,
    DATAVERSE_STEP_KEY: 'step-key-of-the-tests-0001',
    JIRA_URL: jiraUrl,
    JIRA_EMAIL: SERVICE_ACCOUNT.email,
    JIRA_API_TOKEN: apiToken,
    TEMPO_URL: jiraUrl,
    TEMPO_TOKEN: 'tempo-token-of-the-tests',
    JIRA_WEBHOOK_SECRET: 'webhook-secret-of-the-tests',
    CONNECTION_ID: connectionId,
    STORE_FILE: ':memory:',
    REGISTER_STEPS: 'false',
    // Its rows would stand among those that the scenarios count; the tests of maintenance run it themselves.
    MAINTENANCE: 'false',
    LOG_LEVEL: 'debug',
  };
  const config = readConfig(environment);
  const client = (tokens: { token(): Promise<string>; drop(): void }) =>
    createDataverseClient({ url: dataverseUrl, timeoutMs: 10_000, tokens });
  return {
    dataverse,
    jira,
    jiraUrl,
    environment,
    config,
    admin: client(createTokenSource({ ...config.dataverse, ...toolsApp }, 10_000)),
    as: (upn) =>
      client({
        drop: () => undefined,
        token: async () => {
          const form = { grant_type: 'password', client_id: toolsApp.clientId, client_secret: toolsApp.clientSecret };
          const scope = `${dataverseUrl}/.default`;
          const response = await fetch(config.dataverse.tokenUrl, {
            method: 'POST',
            body: new URLSearchParams({ ...form, username: upn, password: 'sandbox', scope }),
          });
          // The stand-in answers as RFC 6749 says.
          const body = (await response.json()) as { access_token?: string };
          if (body.access_token === undefined) throw new Error(`no token for ${upn}: ${JSON.stringify(body)}`);
          return body.access_token;
        },
      }),
    close: async () => {
      await jira.close();
      await dataverse.close();
    },
  };
}
