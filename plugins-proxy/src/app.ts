import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { type ConnectorApiOptions, connectorApi } from './connector/connector-api';
import { descriptionRoutes } from './connector/description-routes';
import type { Config } from './config/read-config';
import { type HealthRoutesOptions, healthRoutes } from './health/health-routes';
import { type DataverseWebhookOptions, dataverseWebhooks } from './intake/dataverse-webhooks';
import { type JiraWebhookOptions, jiraWebhooks } from './intake/jira-webhooks';
import type { IntakeContext } from './intake/receive';
import { serverOptions } from './tls/server-options';
import { relay } from './relay/relay';
import { countDeliveries, metricsRoutes, type MetricsRoutesOptions } from './metrics/metrics-routes';

/** What the HTTP side is made of. */
export interface AppParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly intake: IntakeContext;
  readonly isEcho?: NonNullable<JiraWebhookOptions['isEcho']>;
  readonly decideStep: DataverseWebhookOptions['decideStep'];
  readonly health: HealthRoutesOptions;
  /** Off when left out. */
  readonly connector?: ConnectorApiOptions;
  readonly metrics?: MetricsRoutesOptions;
}

/** Correlation ids of others are taken over when they look like one, so that a trace runs through (R-1101). */
const correlationPattern = /^[\w-]{8,64}$/;

/** The HTTP side of the service: every route it has is listed here. Started elsewhere. */
export function buildApp(parts: AppParts): FastifyInstance {
  const { tls } = parts.config;
  const app = Fastify({
    // fastify types its instance by the kind of server; what is used here is common to both.
    ...((tls === null ? {} : { https: serverOptions(tls) }) as object),
    loggerInstance: parts.logger,
    // Lines about a request are written where its outcome is known, with the reason; headers never.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'correlationId' }),
    requestTimeout: 30_000,
    // A request without a body, as every read is, gets no stream for it. Node 22 does not know the option and ignores it.
    http: { optimizeEmptyRequests: true },
    genReqId: (request) => {
      const given = request.headers['x-ms-correlation-request-id'] ?? request.headers['x-correlation-id'];
      return typeof given === 'string' && correlationPattern.test(given) ? given : randomUUID();
    },
  });
  // fastify types its instance by the logger it was given; routes here only ever use the common part.
  const common = app as unknown as FastifyInstance;
  if (parts.metrics !== undefined) {
    countDeliveries(common, parts.metrics.metrics);
    app.register(metricsRoutes, parts.metrics);
  }
  app.register(healthRoutes, parts.health);
  app.register(jiraWebhooks, {
    context: parts.intake,
    connectionId: parts.config.connectionId,
    secrets: parts.config.jira.webhookSecrets,
    ...(parts.isEcho === undefined ? {} : { isEcho: parts.isEcho }),
  });
  app.register(dataverseWebhooks, {
    context: parts.intake,
    stepKeys: parts.config.dataverse.stepKeys,
    decideStep: parts.decideStep,
  });
  if (parts.connector !== undefined) {
    app.register(connectorApi, parts.connector);
    app.register(descriptionRoutes, { publicUrl: parts.config.publicUrl });
  }
  app.register(relay, { config: parts.config, context: parts.intake });
  return common;
}
