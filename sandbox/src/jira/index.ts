import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { Api, NoSuchResourceError, UnauthenticatedError } from './api';
import { Faults } from '../faults/fault-rules';
import { authenticate } from './authenticate';
import type { Credential } from './authenticate';
import { applyFaults, registerFaultRoutes } from './faults/fault-routes';
import { JiraError } from './jira-error';
import { registerAuthorizationServer } from './oauth/authorization-server';
import { callerByGrant } from './oauth/gateway';
import type { OAuthApp } from './oauth/grants';
import type { KnownResources } from './known-resources';
import { registerPages } from './pages/pages';
import { DEFAULT_LIMITS, RateLimiter } from './rate-limits';
import type { RateLimits } from './rate-limits';
import { registerCatalogues } from './routes/catalogues';
import { registerComments } from './routes/comments';
import { registerAttachments } from './routes/attachments';
import { registerChangelogs } from './routes/changelogs';
import { registerIssueLinks, registerIssueLinkTypes } from './routes/issue-links';
import { registerIssuePicker } from './routes/issue-picker';
import { registerJql } from './routes/jql';
import { registerIssueMetadata } from './routes/issue-metadata';
import { registerIssues } from './routes/issues';
import { registerPeople } from './routes/people';
import { registerPermissions } from './routes/permissions';
import { registerProjectDetails } from './routes/project-details';
import { registerProjectRoles } from './routes/project-roles';
import { registerProjects } from './routes/projects';
import { registerProperties } from './routes/properties';
import { registerSearch } from './routes/search';
import { registerSiteConfiguration } from './routes/site-configuration';
import { registerAdminWebhooks } from './routes/admin-webhooks';
import { registerDynamicWebhooks } from './routes/dynamic-webhooks';
import { registerVersions } from './routes/versions';
import { registerComponents } from './routes/components';
import { registerProjectCategories } from './routes/project-categories';
import { registerFields } from './routes/fields';
import { registerRemoteLinks } from './routes/remote-links';
import { registerWatchers } from './routes/watchers';
import { registerWorklogs } from './routes/worklogs';
import { DATA_CENTER_VERSION } from './site/data-center-version';
import type { Edition } from './site/rows';
import { Site } from './site/site';
import { openStore } from './site/store';
import { announceSpending } from './tempo/announce-spending';
import { registerBudgets } from './tempo/budget-routes';
import { registerTimesheets } from './tempo/timesheet-routes';
import { registerTempoCloud } from './tempo/cloud/tempo-cloud';
import type { View } from './views/view';
import { dispatchEvent } from './webhooks/dispatch';
import { startSender } from './webhooks/sender';

export type { Credential } from './authenticate';
export type { OAuthApp } from './oauth/grants';
export type { RateLimits } from './rate-limits';
export { Site } from './site/site';

export interface JiraOptions {
  /** database file, or `:memory:` */
  readonly stateFile: string;
  /** origin under which people and programs reach the site, e.g. `http://localhost:4020` */
  readonly publicUrl: string;
  readonly clock?: () => Date;
  /** who may sign in; people without a row here exist but cannot */
  readonly credentials: readonly Credential[];
  /** people to add at start, beside those in the state file; the first sample is the service account */
  readonly people?: readonly Parameters<Site['addUser']>[0][];
  readonly firstProjectId?: number;
  readonly defaultHourlyRate?: number;
  readonly contractKeys?: boolean;
  /** the one edition of the site; left out: the caller's way of signing in decides */
  readonly edition?: Edition;
  /** version of the Data Center edition; before 10 its webhooks lie at the old address, unsigned */
  readonly dataCenterVersion?: string;
  /** apps that people may sign in with; of Cloud alone */
  readonly oauthApps?: readonly OAuthApp[];
  /** token of Tempo Cloud 4, which answers under `/4/` on the same listener; left out: the site has no Tempo */
  readonly tempoToken?: string;
  readonly rateLimits?: RateLimits;
  /** milliseconds before each retry of a webhook delivery */
  readonly retryDelays?: readonly number[];
}

export interface Jira {
  readonly app: FastifyInstance;
  /** the site's rows, for seeding and for tests */
  readonly site: Site;
  /** resolves when no delivery is under way or due */
  deliveriesSettled(): Promise<void>;
  close(): Promise<void>;
}

/** Id of the site in Atlassian's cloud. */
export const CLOUD_ID = '5c1d0f3a-8f0e-4c8e-9d5a-0000000c1d00';

/** The account that the integration signs in with; it administers the site. */
export const SERVICE_ACCOUNT = {
  email: 'powerplatform-integration@company.com',
  displayName: 'Power Platform Integration',
  accountId: '712020:5c1d0f3a-8f0e-4c8e-9d5a-000000000001',
  name: 'powerplatform-integration',
  admin: true,
} as const;

function readJson(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const text = String(body);
    if (text.trim() === '') return done(null, undefined);
    try {
      return done(null, JSON.parse(text));
    } catch {
      return done(new JiraError(400, ['There was an error parsing JSON. Check that your request body is valid.']));
    }
  });
}

/** Uploads are read by their route; whatever else is multipart is refused there. */
function readUploads(app: FastifyInstance): void {
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof JiraError)
      return reply.status(error.status).send({ errorMessages: error.errorMessages, errors: error.errors });
    if (error instanceof UnauthenticatedError)
      return reply
        .status(401)
        .header('www-authenticate', 'OAuth realm="Jira"')
        .send({ message: error.message, 'status-code': 401 });
    if (error instanceof NoSuchResourceError) return reply.callNotFound();
    // Fastify's own refusals carry their status
    const status =
      typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status === 415) return reply.status(415).send({ errorMessages: ['Unsupported Media Type'], errors: {} });
    if (status < 500)
      return reply
        .status(status)
        .send({ errorMessages: [error instanceof Error ? error.message : 'Bad request'], errors: {} });
    request.log.error(error);
    console.error(error);
    return reply.status(500).send({ errorMessages: ['Internal server error'], errors: {} });
  });
}

/** An address that answers to other methods only is refused as such: an archive asked for by POST on Data Center. */
function answerUnknown(app: FastifyInstance, resources: KnownResources): void {
  app.setNotFoundHandler((request, reply) => {
    const methods = resources.methodsOf(request.url.split('?')[0] ?? '', request.jiraCaller?.edition ?? 'cloud');
    if (methods.length === 0 || methods.includes(request.method))
      return reply.status(404).send({ message: `null for uri: ${request.url}`, 'status-code': 404 });
    return reply
      .status(405)
      .header('allow', methods.join(', '))
      .send({ message: 'HTTP 405 Method Not Allowed', 'status-code': 405 });
  });
}

/** Cloud and Data Center on one listener, unless the site is of one edition: the caller's way of signing in decides which of them answers. */
export async function createJira(options: JiraOptions): Promise<Jira> {
  const store = openStore(options.stateFile);
  const site = new Site(store, {
    publicUrl: options.publicUrl.replace(/\/$/, ''),
    clock: options.clock ?? (() => new Date()),
    firstProjectId: options.firstProjectId ?? 10000,
    defaultHourlyRate: options.defaultHourlyRate ?? 150,
    contractKeys: options.contractKeys ?? false,
    dataCenterVersion: options.dataCenterVersion ?? DATA_CENTER_VERSION,
  });
  for (const person of [SERVICE_ACCOUNT, ...(options.people ?? [])]) site.addUser(person);
  announceSpending(site);
  const faults = { jira: new Faults(), tempo: new Faults() };
  const sender = startSender(site, () => faults.jira.settings.deliveries, options.retryDelays);
  site.onEvent((event) => {
    const deliveries = dispatchEvent(site, event);
    if (deliveries.length > 0) sender.send(deliveries);
  });

  const app = fastify({
    bodyLimit: 5 * 1024 * 1024,
    // scoped tokens go through the gateway's address, which names the site by its cloud id
    rewriteUrl: (request) => (request.url ?? '/').replace(/^\/ex\/jira\/[^/]+(?=\/)/, ''),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
  });
  const limiter = new RateLimiter(options.rateLimits ?? DEFAULT_LIMITS);
  readJson(app);
  readUploads(app);
  answerErrors(app);
  applyFaults(app, faults);
  app.decorateRequest('jiraCaller', null);
  const view: View = { site, edition: options.edition ?? 'cloud', version: 2 };
  const grants = registerAuthorizationServer(app, view, options.oauthApps ?? [], CLOUD_ID);
  app.addHook('onRequest', async (request, reply) => {
    if (!/^\/(rest|secure\/attachment)\//.test(request.url)) return undefined;
    const byGrant = callerByGrant(grants, { cloudId: CLOUD_ID, siteUrl: site.options.publicUrl }, request, reply);
    if (byGrant === null) return reply;
    const caller = byGrant ?? authenticate(site, options, request.headers.authorization);
    request.jiraCaller = caller;
    reply.header('x-arequestid', request.id);
    if (caller.failed) reply.header('x-seraph-loginreason', 'AUTHENTICATED_FAILED');
    if (caller.challenged)
      return reply
        .status(403)
        .header('x-seraph-loginreason', 'AUTHENTICATION_DENIED')
        .header('x-authentication-denied-reason', `CAPTCHA_CHALLENGE; login-url=${options.publicUrl}/login.jsp`)
        .type('text/html; charset=utf-8')
        .send('<html><head><title>Forbidden (403)</title></head><body>Basic Authentication Failure</body></html>');
    if (!caller.user) return undefined;
    reply.header(
      caller.edition === 'cloud' ? 'x-aaccountid' : 'x-ausername',
      encodeURIComponent(caller.edition === 'cloud' ? caller.user.id : caller.user.name),
    );
    const endpoint = `${request.method} ${request.routeOptions.url ?? 'unknown'}`;
    const decision = limiter.take(caller.edition, caller.user.id, endpoint);
    reply.headers(decision.headers);
    if (!decision.allowed) return reply.status(429).send({ errorMessages: ['Rate limit exceeded.'], errors: {} });
    return undefined;
  });

  const api = new Api(app, site);
  answerUnknown(app, api.resources);
  for (const register of [
    registerPeople,
    registerPermissions,
    registerCatalogues,
    registerSiteConfiguration,
    registerFields,
    registerProjects,
    registerProjectDetails,
    registerProjectRoles,
    registerProjectCategories,
    registerVersions,
    registerComponents,
    registerIssuePicker,
    registerIssues,
    registerIssueLinks,
    registerIssueLinkTypes,
    registerAttachments,
    registerChangelogs,
    registerJql,
    registerIssueMetadata,
    registerComments,
    registerRemoteLinks,
    registerWatchers,
    registerWorklogs,
    registerProperties,
    registerSearch,
    registerAdminWebhooks,
    registerDynamicWebhooks,
    registerBudgets,
    registerTimesheets,
  ])
    register(api);
  registerPages(app, view, options.edition === undefined ? ['cloud', 'dc'] : [options.edition]);
  if (options.tempoToken !== undefined) registerTempoCloud(app, site, options.tempoToken);
  registerFaultRoutes(app, site, faults);
  if (options.edition !== 'dc') app.get('/_edge/tenant_info', () => ({ cloudId: CLOUD_ID }));

  return {
    app,
    site,
    deliveriesSettled: () => sender.settled(),
    async close() {
      await app.close();
      await sender.stop();
      store.close();
    },
  };
}
