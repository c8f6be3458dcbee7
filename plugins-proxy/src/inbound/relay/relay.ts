import type { FastifyInstance } from 'fastify';
import type { Config } from '../../platform/config/read-config';
import type { IntakeContext } from '../webhooks/receive';
import { siteDispatcher } from '../../platform/http-client/site-dispatcher';
import { jiraName } from '../../clients/jira/classify-jira-answer';
import { authorization } from '../../clients/jira/jira-http';
import type { EgressGuard } from '../../connections/egress-guard';
import { createLiveRedactor } from '../../platform/log/redact';
import type { SlowFailures } from './slow-failures';
import { relayRoutes } from './relay-routes';

/** Connections to Jira that relayed requests share; more callers wait. Apart from the reconciler's, so that neither starves. */
const connections = 32;

export interface RelayParts {
  readonly config: Config;
  /** The configuration as its files and its vault have it now. */
  readonly current: () => Config;
  /** Its secrets. */
  readonly secrets: () => readonly string[];
  readonly context: Pick<IntakeContext, 'store' | 'now'>;
  /** How long Jira may be silent, in milliseconds; asked at each request, as the settings in Dynamics change it. */
  readonly timeoutMs: () => number;
  readonly egress?: Pick<EgressGuard, 'refusal' | 'of'>;
  /** See `RelayUpstream`. */
  readonly budgetBase?: (() => string) | undefined;
  readonly failures?: SlowFailures;
  /** Told the status of each read that fastify's hooks do not see. */
  readonly onRead?: (status: number) => void;
}

/** Opens the relay where the configuration says so; without it there is no such route. */
export async function relay(
  app: FastifyInstance,
  { config, current, secrets, context, timeoutMs, egress, budgetBase, failures, onRead }: RelayParts,
): Promise<void> {
  if (config.relay === null) return;
  const site = new URL(config.jira.url);
  const { origin } = site;
  const transport = (): Config['jira'] => current().jira;
  const dispatcher = siteDispatcher({
    provider: jiraName,
    origin,
    transport,
    connections,
    timeoutMs,
    guard: egress?.of(origin, 'JIRA_URL'),
  });
  const door = config.relay;
  // Asked at each request, as it is exchanged while the service runs (R-1218); written anew only when it has been.
  let credentials = current().jira.credentials;
  let header = authorization(credentials);
  app.addHook('onClose', () => dispatcher.close());
  app.register(relayRoutes, {
    config: {
      ...door,
      get basic() {
        return current().relay?.basic ?? door.basic;
      },
    },
    upstream: {
      dispatcher,
      origin,
      isAllowed: () => (egress?.refusal(origin, 'JIRA_URL') ?? null) === null,
      ...(budgetBase === undefined ? {} : { budgetBase }),
      prefix: site.pathname.replace(/\/+$/, ''),
      get authorization() {
        const now = current().jira.credentials;
        if (now !== credentials) [credentials, header] = [now, authorization(now)];
        return header;
      },
      get timeoutMs() {
        return timeoutMs();
      },
    },
    store: context.store,
    now: context.now,
    redact: createLiveRedactor(secrets),
    ...(failures === undefined ? {} : { failures }),
    ...(onRead === undefined ? {} : { onRead }),
  });
}
