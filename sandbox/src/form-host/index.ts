import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { definitionRoutes } from './server/definition-routes';
import { fileRoutes } from './server/files';
import { forwardDataverse } from './server/forward-dataverse';
import { guard } from './server/guard';
import { hostFolders } from './server/host-folders';
import type { HostFolders } from './server/host-folders';
import type { JiraPerson } from './server/jira-client';
import { jiraRoutes } from './server/jira-routes';
import { outboxRoute } from './server/outbox-route';
import { pageRoutes } from './server/page';
import { createPersonaTokens } from './server/persona-token';
import { personaPassword, personas } from './server/personas';

export { type HostFolders, hostFolders, repositoryRoot } from './server/host-folders';
export { personaOf, personaPassword } from './server/personas';

/** Body of `GET /endpoints.json`: what a third-party client needs to reach the sandbox (ADR-24). */
export interface Endpoints {
  readonly dataverse: {
    readonly url: string;
    readonly api: '/api/data/v9.2/';
    readonly tokenUrl: string;
    readonly tenantId: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly scope: string;
  };
  readonly jira: {
    readonly url: string;
    readonly email: string;
    readonly apiToken: string;
    readonly pat: string;
    readonly webhookSecret: string;
  };
  /** Every Jira site; the first is the one above. */
  readonly sites: readonly [JiraSite, ...JiraSite[]];
  /** Its one organization; the client secret signs its webhooks. */
  readonly sentry: {
    readonly url: string;
    readonly organization: string;
    readonly token: string;
    readonly clientSecret: string;
  };
  /** A REST service that asks for a token. */
  readonly inventory: { readonly url: string; readonly token: string };
  /** A SOAP service that asks for a password. */
  readonly workOrders: {
    readonly url: string;
    readonly wsdl: string;
    readonly user: string;
    readonly password: string;
  };
  readonly proxy: { readonly url: string };
}

interface JiraSite {
  readonly name: string;
  /** as `JIRA_DEPLOYMENT` names it */
  readonly deployment: 'cloud' | 'dc';
  readonly url: string;
  readonly email: string;
  /** Cloud alone has one. */
  readonly apiToken?: string;
  readonly pat: string;
  readonly webhookSecret: string;
}

export interface FormHostOptions {
  /** Port the page listens on: other host names and ports are refused. */
  readonly port: number;
  readonly endpoints: Endpoints;
  readonly organizationId: string;
  /** Who logs work in Jira from the page's panel. */
  readonly jiraPeople?: readonly JiraPerson[];
  readonly folders?: HostFolders;
}

/** The Opportunity form in a page of its own: the model-driven shell, served from loopback, on the stand-ins. */
export function createFormHost(options: FormHostOptions): FastifyInstance {
  const { endpoints, folders = hostFolders } = options;
  const app = Fastify({ logger: false, bodyLimit: 4 * 1024 * 1024 });
  const tokenFor = createPersonaTokens(endpoints.dataverse);
  guard(app, options.port);
  pageRoutes(app);
  definitionRoutes(app, {
    folders,
    dataverseUrl: endpoints.dataverse.url,
    jiraUrl: endpoints.jira.url,
    organizationId: options.organizationId,
    tokenFor,
  });
  fileRoutes(app, folders);
  forwardDataverse(app, { dataverseUrl: endpoints.dataverse.url, tokenFor });
  jiraRoutes(app, endpoints.sites, options.jiraPeople ?? []);
  outboxRoute(app, endpoints.dataverse.url);
  app.get('/endpoints.json', async () => ({
    ...endpoints,
    personas: personas.map(({ id, name, userId, userName }) => ({
      id,
      name,
      userId,
      userName,
      password: personaPassword,
    })),
  }));
  return app;
}
