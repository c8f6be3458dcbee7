import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type Config, readConfig } from '../platform/config/read-config';
import { secretsOf } from '../platform/config/secrets-of';
import { type Connections, connect } from '../capabilities/connect';
import { createLogger } from '../platform/log/create-logger';
import { activeTracing, inFirstSpan } from '../platform/tracing/spans';
import { startTracing } from '../platform/tracing/start-tracing';
import type { Terminal } from './terminal';

/** What a command works with: the service's own configuration and clients. */
export interface Session extends Connections {
  readonly config: Config;
  readonly logger: Logger;
  /** Stands in the log rows of everything this command does. */
  readonly correlationId: string;
}

/**
 * Connects as the service would, and closes whatever happens. All calls of a command are one trace, under one correlation id (R-1109).
 * @throws InvalidConfiguration
 */
export async function withSession<T>(terminal: Terminal, work: (session: Session) => Promise<T>): Promise<T> {
  const config = readConfig(terminal.environment);
  const connections = connect(config, terminal.now);
  const correlationId = randomUUID();
  // Within a process that traces already, its traces have this one too.
  const { tracing } = config;
  const stopTracing =
    tracing === null || activeTracing() !== null ? null : await startTracing(tracing, config.dataverse);
  const logger = createLogger('silent', secretsOf(config));
  try {
    return await inFirstSpan(correlationId, 'cli', {}, () => work({ ...connections, config, logger, correlationId }));
  } finally {
    await connections.close();
    // What the command did is done, whether or not a collector hears of it.
    await stopTracing?.().catch((error: unknown) => terminal.err(`The trace was not sent: ${String(error)}`));
  }
}
