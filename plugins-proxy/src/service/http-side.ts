import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { buildApp, type AppParts } from '../app';
import { budgetPath } from '../capabilities/budget/source/budget-module/budget-path';
import { finishSignIn } from '../capabilities/time/connections/finish-sign-in';
import { readObjectId } from '../connections/environment/read-people';
import { entraSignIn } from '../inbound/sign-in/entra-sign-in';
import { lastCapabilities, triggersOf } from '../capabilities/register';
import type { ConnectorContext } from '../inbound/connector/describe/operation';
import { createMappedBudgets } from '../inbound/connector/mapped-budgets';
import { createReceiptNotes } from '../inbound/webhooks/note-receipts';
import type { RecentIssuesOfSites } from '../capabilities/budget/source/computed/recent-issues';
import type { JiraConnection } from '../connections/jira/jira-connection';
import type { JiraConnections } from '../connections/jira/jira-connections';
import { namedConnection } from '../connections/jira/named-connection';
import { perConnection } from '../connections/jira/per-connection';
import type { WebhookSender } from '../inbound/webhooks/jira-webhooks';
import { limitInFlight } from '../inbound/webhooks/limit-in-flight';
import { createEchoTest } from '../clients/jira/own-echo';
import { jobKey } from '../queue/job-key';
import { decideStep } from '../capabilities/budget/stage-gate/decide-step';
import { inTrace } from '../platform/tracing/spans';
import type { Jobs } from './create-jobs';
import type { ServiceHealth } from './health-of-service';
import type { ServiceParts } from './service-parts';

/** Deliveries waiting for their commit at one time: about a second's worth of what the store commits. */
const deliveriesInFlight = 2_000;
/** A project that is asked for by a stage move is looked at when the move has been committed, in milliseconds. */
const afterMoveMs = 1_000;

/** The synchronous step: it decides, and a move that asks for a project wakes the worker. */
function gateOf({ connections, store, logger, now }: ServiceParts, { worker }: Jobs): AppParts['decideStep'] {
  const { dataverse, environmentSettings } = connections;
  return async (step, correlationId) => {
    if (!lastCapabilities(environmentSettings).has('budget')) return { allowed: true };
    const requestProject = async (opportunityId: string): Promise<void> => {
      const key = jobKey('opportunity', opportunityId);
      await store.enqueue([{ key, at: now().getTime(), correlationId, urgent: true, delayMs: afterMoveMs }]);
      worker.wake(afterMoveMs);
    };
    const context = { dataverse, environmentSettings, now, logger: logger.child({ correlationId }), requestProject };
    return inTrace(correlationId, 'stage gate', {}, () => decideStep(context, step));
  };
}

/** The API for cloud flows; nothing where it is switched off. */
function connectorOf(
  { config, live, connections, store, now }: ServiceParts,
  { longRunning }: Jobs,
  accepts: () => boolean,
): Pick<AppParts, 'connector'> {
  const { connector } = config;
  if (connector === null) return {};
  const { dataverse, environmentSettings, jira } = connections;
  const contextOf = ({ id, site, config: own, fields }: JiraConnection): ConnectorContext => ({
    at: async (named) => contextOf(await namedConnection(jira, named)),
    site,
    fields: async () => fields((own ?? (await environmentSettings.settings())).fieldIds),
    longRunning,
    budgetModule: async () => {
      const { policy, budgetApiUrl } = await environmentSettings.settings();
      if ((own?.budgetSource ?? policy.budgetSource) !== 'budget-module') return null;
      return budgetPath(site.url, own === null ? budgetApiUrl : own.budgetApiUrl);
    },
    mappedBudgets: createMappedBudgets(dataverse, id, environmentSettings.currencies),
  });
  return {
    connector: {
      access: () => live.current().connector ?? connector,
      context: contextOf(jira.first),
      accepts,
      now,
      count: store.count,
    },
  };
}

/** The API for other clients; nothing where it is switched off. */
function apiOf(
  { config, connections, recentIssues, store, logger, now }: ServiceParts,
  { worker }: Jobs,
  accepts: () => boolean,
): Pick<AppParts, 'api'> {
  const { api: access } = config;
  if (access === null) return {};
  return {
    api: {
      access,
      parts: { ...connections, recentIssues, store, logger, now },
      enqueue: async (keys, correlationId) => {
        await store.enqueue(keys.map((key) => ({ key, at: now().getTime(), correlationId, urgent: true })));
        worker.wake();
      },
      pause: (ms) => sleep(ms),
      accepts,
      count: store.count,
    },
  };
}

/** The way of signing in with Atlassian; nothing where it is not offered. */
function signInOf({ config, live, connections, store, now }: ServiceParts): Pick<AppParts, 'signIn'> {
  const { atlassian, dataverse, keyring, limits, personal, signInUrl } = connections;
  if (atlassian === null || signInUrl === null) return {};
  const { publicUrl } = config;
  const entra = entraSignIn({
    dataverse: () => live.current().dataverse,
    redirectUri: `${publicUrl}/oauth/entra/callback`,
    timeoutMs: () => limits().timeoutMs,
    now,
  });
  return {
    signIn: {
      publicUrl,
      keyring,
      store,
      entra,
      atlassian,
      objectIdOf: (userId) => readObjectId(dataverse, userId),
      finish: (wish, code) => finishSignIn({ dataverse, keyring, personal, atlassian, now }, wish, code),
      now,
    },
  };
}

/** Whoever sends Jira's events, by the connection in the address that they call. */
function sendersOf(jira: JiraConnections, recentIssues: RecentIssuesOfSites): AppParts['senderOf'] {
  const senderOf = perConnection((connection): WebhookSender => ({
    id: connection.id,
    webhook: connection.webhook,
    isEcho: createEchoTest(connection.site),
    onIssue: recentIssues.of(connection.id).resolved,
  }));
  return (id) => {
    const connection = jira.known(id);
    return connection && senderOf(connection);
  };
}

/**
 * Builds the HTTP side over the parts of the service; it listens later.
 * @param accepts false while the service takes nothing more
 */
export function httpSide(
  parts: ServiceParts,
  jobs: Jobs,
  health: ServiceHealth,
  accepts: () => boolean,
): FastifyInstance {
  const { config, live, logger, store, now, connections, recentIssues, measurements } = parts;
  const { metrics, access } = measurements;
  const { keepsDeliveries, report } = health;
  return buildApp({
    config,
    current: live.current,
    secrets: live.secrets,
    logger,
    intake: {
      store: { ...store, receive: limitInFlight(store.receive, deliveriesInFlight) },
      now,
      wake: jobs.worker.wake,
      accepts,
      triggers: () => triggersOf(lastCapabilities(connections.environmentSettings)),
      received: createReceiptNotes({ dataverse: connections.dataverse, now, logger }),
    },
    senderOf: sendersOf(connections.jira, recentIssues),
    monitorOf: connections.sentry.known,
    relayed: connections.jira,
    relayTimeoutMs: () => connections.limits().timeoutMs,
    egress: connections.egress,
    budgetApiUrl: () => connections.environmentSettings.lastSettings()?.budgetApiUrl ?? null,
    decideStep: gateOf(parts, jobs),
    ...connectorOf(parts, jobs, accepts),
    ...apiOf(parts, jobs, accepts),
    ...signInOf(parts),
    health: {
      ready: async () => accepts() && (await keepsDeliveries()).ok,
      report,
      tokens: () => live.current().metricsTokens,
    },
    access,
    metrics: { metrics, tokens: () => live.current().metricsTokens, refresh: async () => metrics.show(await report()) },
  });
}
