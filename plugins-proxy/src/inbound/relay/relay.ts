import type { FastifyInstance } from 'fastify';
import type { Config } from '../../platform/config/read-config';
import type { IntakeContext } from '../webhooks/receive';
import { classifyError } from '../../platform/errors/classify-error';
import { createLiveRedactor } from '../../platform/log/redact';
import type { SlowFailures } from '../authenticate/slow-failures';
import { relayRoutes } from './relay-routes';
import { type RelayedConnections, relayUpstreams, type UpstreamParts } from './upstreams';

export interface RelayParts extends UpstreamParts {
  readonly config: Config;
  /** The configuration as its files and its vault have it now. */
  readonly current: () => Config;
  /** Its secrets. */
  readonly secrets: () => readonly string[];
  readonly context: Pick<IntakeContext, 'store' | 'now'>;
  readonly jira: RelayedConnections;
  readonly failures?: SlowFailures;
  /** Told the status of each read that fastify's hooks do not see. */
  readonly onRead?: (status: number) => void;
}

/** Opens the relay where the configuration says so; without it there is no such route. */
export async function relay(
  app: FastifyInstance,
  { config, current, secrets, context, jira, failures, onRead, ...parts }: RelayParts,
): Promise<void> {
  if (config.relay === null) return;
  const door = config.relay;
  const upstreams = relayUpstreams(jira, parts, (error) =>
    app.log.warn({ reason: classifyError(error).message }, 'relayed connections not closed'),
  );
  app.addHook('onClose', () => upstreams.close());
  app.register(relayRoutes, {
    config: {
      ...door,
      get basic() {
        return current().relay?.basic ?? door.basic;
      },
    },
    upstreams,
    store: context.store,
    now: context.now,
    redact: createLiveRedactor(secrets),
    ...(failures === undefined ? {} : { failures }),
    ...(onRead === undefined ? {} : { onRead }),
  });
}
