import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { apiDescriptionRoute } from './inbound/api/api-description-route';
import { type ApiRoutesOptions, apiRoutes } from './inbound/api/api-routes';
import { type ConnectorApiOptions, connectorApi } from './inbound/connector/connector-api';
import { descriptionRoutes } from './inbound/connector/description-routes';
import type { Config } from './platform/config/read-config';
import { secretsOf } from './platform/config/secrets-of';
import { endConnections } from './platform/http-server/end-connections';
import { type HealthRoutesOptions, healthRoutes } from './operations/health/health-routes';
import { type DataverseWebhookOptions, dataverseWebhooks } from './inbound/webhooks/dataverse-webhooks';
import { type JiraWebhookOptions, jiraWebhooks } from './inbound/webhooks/jira-webhooks';
import { type SentryWebhookOptions, sentryWebhooks } from './inbound/webhooks/sentry-webhooks';
import { type BodyBudget, createBodyBudget } from './inbound/webhooks/body-budget';
import type { IntakeContext } from './inbound/webhooks/receive';
import { serverOptions } from './platform/tls/server-options';
import { createLiveRedactor } from './platform/log/redact';
import { redactAnswers } from './platform/log/redact-answers';
import { requestIdOf } from './platform/log/request-id';
import { type AccessRecorder, countAccess, logAccess } from './operations/maintenance/access-log';
import type { EgressGuard } from './connections/egress-guard';
import { relay } from './inbound/relay/relay';
import { signInRoutes, type SignInRoutesOptions } from './inbound/sign-in/sign-in-routes';
import { slowFailures } from './inbound/authenticate/slow-failures';
import type { RelayedConnection, RelayedConnections } from './inbound/relay/upstreams';
import { countDeliveries, metricsRoutes, type MetricsRoutesOptions } from './operations/metrics/metrics-routes';
import { type RequestLimits, requestLimits } from './platform/http-server/request-limits';
import { traceIntake } from './platform/tracing/trace-intake';

/** What the HTTP side is made of. */
export interface AppParts {
  readonly config: Config;
  /** Live configuration; defaults to the one read at startup. */
  readonly current?: () => Config;
  /** Its secrets; the same array while none has changed. */
  readonly secrets?: () => readonly string[];
  readonly logger: Logger;
  readonly intake: IntakeContext;
  /** Left out: only the connection of the variables sends. */
  readonly senderOf?: JiraWebhookOptions['connectionOf'];
  /** Organizations of Sentry that send; left out: none. */
  readonly monitorOf?: SentryWebhookOptions['connectionOf'];
  readonly decideStep: DataverseWebhookOptions['decideStep'];
  /** Left out: those of a service in operation. */
  readonly requestLimits?: RequestLimits;
  readonly bodies?: BodyBudget;
  readonly health: HealthRoutesOptions;
  /** Off when left out. */
  readonly connector?: ConnectorApiOptions;
  /** The same. */
  readonly api?: Omit<ApiRoutesOptions, 'bodies' | 'failures'>;
  /** How people sign in with Atlassian; left out: nobody does. */
  readonly signIn?: SignInRoutesOptions;
  readonly metrics?: MetricsRoutesOptions;
  /** Counts who came; left out where nobody asks. */
  readonly access?: Pick<AccessRecorder, 'count'>;
  /** How long Jira may be silent to a relayed request, in milliseconds; left out: as it was at start. */
  readonly relayTimeoutMs?: () => number;
  /** Connections that requests can be passed on to; left out: only that of the variables, with nothing before its writes. */
  readonly relayed?: RelayedConnections;
  /** Stands before every relayed call (R-1212). */
  readonly egress?: Pick<EgressGuard, 'refusal' | 'of'>;
  /** `crmjira_BudgetApiBaseUrl` as last read, for relayed calls; left out: nobody has set it. */
  readonly budgetApiUrl?: () => string | null;
}

/** The connection that the variables describe. */
function firstSender({ connectionId, jira }: Config, current: () => Config): JiraWebhookOptions['connectionOf'] {
  const webhook = { secrets: () => current().jira.webhookSecrets, verification: jira.webhookVerification };
  const sender = { id: connectionId, webhook };
  return (id) => (id.toLowerCase() === connectionId ? sender : undefined);
}

/** The same for the relay. */
function firstRelayed({ connectionId, jira }: Config, current: () => Config): RelayedConnections {
  const first: RelayedConnection = {
    id: connectionId,
    config: null,
    site: { url: jira.url },
    urlSetting: 'JIRA_URL',
    credentials: { current: () => current().jira.credentials, renew: async () => false },
    transport: () => current().jira,
    guardWrite: async () => undefined,
  };
  return { first, known: () => undefined, broken: () => [], isRead: () => true };
}

/** The HTTP side of the service: every route it has is listed here. Started elsewhere. */
export function buildApp(parts: AppParts): FastifyInstance {
  const { tls } = parts.config;
  const current = parts.current ?? (() => parts.config);
  const secretsAtStart = secretsOf(parts.config);
  const secrets = parts.secrets ?? (() => secretsAtStart);
  const redact = createLiveRedactor(secrets);
  const { connections, ...limits } = parts.requestLimits ?? requestLimits;
  const failures = slowFailures(parts.intake.now);
  const bodies = parts.bodies ?? createBodyBudget();
  const app = Fastify({
    // fastify types its instance by the kind of server; what is used here is common to both.
    ...((tls === null ? {} : { https: { ...serverOptions(tls), ...limits } }) as object),
    loggerInstance: parts.logger,
    // Lines about a request are written where its outcome is known, with the reason; headers never.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'correlationId' }),
    // fastify sets it on the server whatever the options below say.
    requestTimeout: limits.requestTimeout ?? 0,
    // A request without a body, as every read is, gets no stream for it. Node 22 does not know the option and ignores it.
    http: { optimizeEmptyRequests: true, ...limits },
    genReqId: ({ headers }) => requestIdOf(headers),
  });
  // fastify types its instance by the logger it was given; routes here only ever use the common part.
  const common = app as unknown as FastifyInstance;
  // Bodies are read where they are asked for, and counted; of a request to no route nothing is read.
  common.removeAllContentTypeParsers();
  common.server.maxConnections = connections;
  common.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    reply.header('x-content-type-options', 'nosniff');
  });
  endConnections(common);
  if (parts.config.tracing !== null) traceIntake(common);
  if (parts.metrics !== undefined) {
    countDeliveries(common, parts.metrics.metrics);
    app.register(metricsRoutes, parts.metrics);
  }
  const { access } = parts;
  if (access !== undefined) logAccess(common, access);
  // These answer with sentences that other systems had a part in.
  app.register(async (scope) => {
    redactAnswers(scope, redact);
    await scope.register(healthRoutes, parts.health);
    await scope.register(dataverseWebhooks, {
      context: parts.intake,
      bodies,
      stepKeys: () => current().dataverse.stepKeys,
      decideStep: parts.decideStep,
    });
    if (parts.connector !== undefined) await scope.register(connectorApi, { ...parts.connector, bodies, failures });
    if (parts.api !== undefined) await scope.register(apiRoutes, { ...parts.api, bodies, failures });
  });
  app.register(jiraWebhooks, {
    context: parts.intake,
    bodies,
    connectionOf: parts.senderOf ?? firstSender(parts.config, current),
  });
  app.register(sentryWebhooks, {
    context: parts.intake,
    bodies,
    connectionOf: parts.monitorOf ?? (() => undefined),
  });
  if (parts.api !== undefined) app.register(apiDescriptionRoute, { publicUrl: parts.config.publicUrl });
  if (parts.connector !== undefined) app.register(descriptionRoutes, { publicUrl: parts.config.publicUrl });
  const { signIn } = parts;
  if (signIn !== undefined) app.register(signInRoutes, signIn);
  app.register(relay, {
    config: parts.config,
    current,
    secrets,
    context: parts.intake,
    timeoutMs: parts.relayTimeoutMs ?? (() => parts.config.requestTimeoutMs),
    egress: parts.egress,
    budgetApiUrl: parts.budgetApiUrl ?? (() => null),
    jira: parts.relayed ?? firstRelayed(parts.config, current),
    failures,
    ...(access === undefined ? {} : { onRead: (status: number) => countAccess(access, 'relay', 'GET', status) }),
  });
  return common;
}
