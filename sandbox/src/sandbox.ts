import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Dataverse, createDataverse, organizationId } from './dataverse/index';
import { platformLimits, type ServiceProtection } from './dataverse/service-protection/limits';
import { type Entra, createEntra } from './entra/index';
import { type Endpoints, createFormHost, personaOf, repositoryRoot } from './form-host/index';
import { createGateway, type Gateway } from './gateway/index';
import { type Jira, SERVICE_ACCOUNT, createJira } from './jira/index';
import { connectBudgetModule } from './jira/tempo/connect-budget-module';
import type { SeededSource } from './run/budget-source-of';
import { writeConnectionSecret } from './run/connection-secret';
import {
  ATLASSIAN_APP,
  CONNECTION_ID,
  INVENTORY_ID,
  PLANT_CONNECTION_ID,
  SENTRY_CONNECTION_ID,
  SENTRY_ORGANIZATION,
  SERVICE_APP,
  TENANT_ID,
  TOOLS_APP,
  WORK_ORDERS_ID,
  directoryUsers,
} from './run/directory';
import { endpointsOf } from './run/endpoints';
import { writeEnvironmentFile } from './run/environment-file';
import { makeConnections } from './run/gateway-connections';
import { portsFrom } from './run/ports';
import { proxyEnvironment } from './run/proxy-environment';
import { type ProxyProcess, startProxyProcess } from './run/proxy-process';
import { publishSolution } from './run/publish-solution';
import { readSecrets } from './run/secrets';
import { type World, seedExample } from './run/seed-example';
import { seedDataCenterSite } from './seed/data-center-site';
import { STANDARD_HOURLY_RATE, jiraPeople, jiraPersonas } from './seed/index';
import { ALL_SCOPES, createSentry, seedSentry, type Sentry } from './sentry/index';
import { createServices, type Services } from './services/index';

export interface SandboxOptions {
  /** Port of the page; Dataverse, Jira and the proxy follow in steps of ten. */
  readonly basePort: number;
  /** Folder that keeps the state; `:memory:` keeps none. */
  readonly stateDir: string;
  /** Solution packages to import, in this order; without them Dataverse and the page read the source. */
  readonly packages?: readonly Uint8Array[];
  /** `none`: the stand-ins and the page alone. */
  readonly proxy?: 'child' | 'none';
  /** The built bundle of the proxy, or its source. */
  readonly proxyFrom?: 'bundle' | 'source';
  /** Changes the proxy's environment variables before it starts, as an administrator would. */
  readonly proxyEnvironment?: (environment: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  /** What is written when the state is empty; the example company when left out. */
  readonly seed?: (world: World) => Promise<void>;
  /** Where spending comes from, when the state is empty; `computed` when left out. */
  readonly budgetSource?: SeededSource;
  /** What Dataverse takes of one user; the platform's own limits when left out. */
  readonly serviceProtection?: ServiceProtection;
  readonly clock?: () => Date;
  readonly report?: (message: string) => void;
}

export interface Sandbox {
  /** its state was empty: the example company was written now */
  readonly isNew: boolean;
  readonly urls: {
    readonly formHost: string;
    readonly dataverse: string;
    readonly jira: string;
    readonly proxy: string;
    /** `/connector/rest/…` and `/relay/relay/jira/…` behind it; credentials are in its connections. */
    readonly gateway: string;
    /** the second Jira site */
    readonly dataCenter: string;
    readonly sentry: string;
    /** page of the inventory and the work orders */
    readonly services: string;
  };
  readonly endpoints: Endpoints;
  readonly dataverse: Dataverse;
  readonly entra: Entra;
  readonly jira: Jira;
  /** the second site */
  readonly dataCenter: Jira;
  readonly sentry: Sentry;
  readonly services: Services;
  readonly formHost: FastifyInstance;
  readonly gateway: Gateway;
  /** null without a proxy */
  readonly proxy: ProxyProcess | null;
  /** Resolves when the proxy has registered and is ready; at once without a proxy. */
  ready(withinMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Everything that stands in for a tenant, on loopback: what `npm start` runs and what tests compose. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const ports = portsFrom(options.basePort);
  const keeps = options.stateDir !== ':memory:';
  if (keeps) mkdirSync(options.stateDir, { recursive: true });
  const file = (name: string) => (keeps ? join(options.stateDir, name) : ':memory:');
  const secrets = readSecrets(keeps ? file('secrets.json') : null);
  const { clock } = options;
  const endpoints = endpointsOf(ports, secrets);
  const urls = {
    formHost: `http://localhost:${ports.formHost}`,
    dataverse: endpoints.dataverse.url,
    jira: endpoints.jira.url,
    proxy: endpoints.proxy.url,
    gateway: `http://localhost:${ports.gateway}/apim/crmjira`,
    dataCenter: `http://localhost:${ports.dataCenter}`,
    sentry: endpoints.sentry.url,
    services: `http://localhost:${ports.services}`,
  };

  const entra = await createEntra({
    keyFile: file('entra-keys.json'),
    publicUrl: urls.dataverse,
    tenantId: TENANT_ID,
    apps: [
      { ...TOOLS_APP, clientSecret: secrets.toolsClientSecret },
      {
        ...SERVICE_APP,
        clientSecret: secrets.serviceClientSecret,
        redirectUris: [`${urls.proxy}/oauth/entra/callback`],
      },
    ],
    // The persona of the page is signed in, as one who works in Dynamics is.
    signedIn: (cookies) => personaOf(cookies).userName,
    users: directoryUsers,
    clock,
  });
  const dataverse = await createDataverse({
    stateFile: file('dataverse.sqlite'),
    publicUrl: urls.dataverse,
    entra,
    tenantId: TENANT_ID,
    packages: options.packages,
    serviceProtection: options.serviceProtection ?? platformLimits,
    clock,
  });
  await dataverse.app.register(entra.plugin);
  // A tenant serves its forms and its Web API at one address, which mails link to; here the forms have a port of their own.
  dataverse.app.get('/main.aspx', (asked, reply) => reply.redirect(`${urls.formHost}${asked.url}`));
  const people = jiraPeople.map(({ email, displayName }) => ({
    email,
    name: displayName,
    apiToken: secrets.jiraPeopleToken,
  }));
  const jira = await createJira({
    stateFile: file('jira.sqlite'),
    publicUrl: urls.jira,
    clock,
    defaultHourlyRate: STANDARD_HOURLY_RATE,
    tempoToken: secrets.tempoToken,
    credentials: [{ email: SERVICE_ACCOUNT.email, apiToken: secrets.jiraApiToken, pat: secrets.jiraPat }],
    oauthApps: [
      {
        clientId: ATLASSIAN_APP.clientId,
        clientSecret: secrets.atlassianClientSecret,
        name: ATLASSIAN_APP.name,
        callbackUrls: [`${urls.proxy}/oauth/atlassian/callback`],
        scopes: ATLASSIAN_APP.scopes,
      },
    ],
  });
  const dataCenter = await createJira({
    stateFile: file('jira-data-center.sqlite'),
    publicUrl: urls.dataCenter,
    clock,
    edition: 'dc',
    credentials: [{ email: SERVICE_ACCOUNT.email, pat: secrets.dataCenterPat }],
  });
  const now = clock?.() ?? new Date();
  seedDataCenterSite(dataCenter.site, now);
  const sentry = createSentry({
    stateFile: file('sentry.json'),
    publicUrl: urls.sentry,
    organization: SENTRY_ORGANIZATION,
    tokens: [{ token: secrets.sentryToken, scopes: ALL_SCOPES }],
    webhook: { url: `${urls.proxy}/webhooks/sentry/${SENTRY_CONNECTION_ID}`, secret: secrets.sentryClientSecret },
    clock,
  });
  seedSentry(sentry.site, now);
  const services = createServices({
    stateFile: file('services.json'),
    publicUrl: urls.services,
    token: secrets.inventoryToken,
    account: endpoints.workOrders,
    clock,
  });
  const isNew = dataverse.isEmpty();
  if (isNew) {
    const { budgetSource = 'computed' } = options;
    await (options.seed ?? seedExample)({
      dataverse,
      dataverseUrl: urls.dataverse,
      plant: dataCenter,
      jira,
      jiraUrl: urls.jira,
      plantUrl: urls.dataCenter,
      sentryUrl: urls.sentry,
      servicesUrl: urls.services,
      budgetSource,
      now,
    });
  }
  // After the company, so that whoever works in Jira comes first there.
  for (const { site } of [jira, dataCenter]) for (const one of jiraPersonas) site.addUser(one);
  for (const user of jira.site.users.all())
    if (people.some(({ email }) => email === user.email))
      jira.site.giveToken(user, 'cloud', 'Sandbox', secrets.jiraPeopleToken);
  const intake = `${urls.proxy}/webhooks/jira/${CONNECTION_ID}`;
  connectBudgetModule(jira.site, { url: intake, secret: secrets.jiraWebhookSecret });
  // Without a state too the page serves files: they lie in a folder that goes with the sandbox.
  const published = keeps ? file('published') : join(tmpdir(), `crmjira-published-${process.pid}-${ports.formHost}`);
  const publish = () => publishSolution(dataverse.installed(), published);
  const folders = options.packages ? publish() : undefined;
  if (folders) dataverse.onSolutionsChange(publish);
  const formHost = createFormHost({
    folders,
    port: ports.formHost,
    endpoints,
    organizationId,
    jiraPeople: people,
  });

  const gateway = createGateway({ clock, tunnelsTo: [new URL(urls.jira).host] });
  makeConnections(gateway, urls.proxy, secrets);

  const host = '127.0.0.1';
  await Promise.all([
    dataverse.app.listen({ port: ports.dataverse, host }),
    jira.app.listen({ port: ports.jira, host }),
    dataCenter.app.listen({ port: ports.dataCenter, host }),
    sentry.app.listen({ port: ports.sentry, host }),
    services.app.listen({ port: ports.services, host }),
    formHost.listen({ port: ports.formHost, host }),
    gateway.app.listen({ port: ports.gateway, host }),
  ]);
  const storeFile = keeps ? file('proxy.sqlite') : join(tmpdir(), `crmjira-proxy-${process.pid}-${ports.proxy}.sqlite`);
  const connectionSecrets = keeps
    ? file('connection-secrets')
    : join(tmpdir(), `crmjira-connection-secrets-${process.pid}-${ports.proxy}`);
  writeConnectionSecret(connectionSecrets, PLANT_CONNECTION_ID, secrets.dataCenterPat);
  writeConnectionSecret(connectionSecrets, SENTRY_CONNECTION_ID, secrets.sentryToken);
  writeConnectionSecret(connectionSecrets, `${SENTRY_CONNECTION_ID}-webhook`, secrets.sentryClientSecret);
  const { user: username, password } = endpoints.workOrders;
  writeConnectionSecret(connectionSecrets, INVENTORY_ID, JSON.stringify({ token: secrets.inventoryToken }));
  writeConnectionSecret(connectionSecrets, WORK_ORDERS_ID, JSON.stringify({ username, password }));
  const usual = proxyEnvironment(ports, endpoints, secrets, { store: storeFile, connectionSecrets });
  const environment = options.proxyEnvironment?.(usual) ?? usual;
  if (keeps) writeEnvironmentFile(file('proxy.env'), environment);
  const proxy =
    options.proxy === 'child'
      ? startProxyProcess({
          root: repositoryRoot,
          from: options.proxyFrom ?? 'source',
          environment,
          url: urls.proxy,
          report: options.report ?? ((message) => console.error(message)),
          ...(keeps ? { logFile: file('proxy.log') } : {}),
        })
      : null;

  return {
    isNew,
    urls,
    endpoints,
    dataverse,
    entra,
    jira,
    dataCenter,
    sentry,
    services,
    formHost,
    gateway,
    proxy,
    ready: async (withinMs) => proxy?.ready(withinMs),
    close: async () => {
      await proxy?.stop();
      await gateway.close();
      await formHost.close();
      await jira.close();
      await dataCenter.close();
      await sentry.close();
      await services.close();
      await dataverse.close();
      if (folders && !keeps) rmSync(published, { recursive: true, force: true });
      if (!keeps) rmSync(connectionSecrets, { recursive: true, force: true });
    },
  };
}
