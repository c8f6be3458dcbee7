import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type Config, readConfig } from '../config/read-config';
import { secretsOf } from '../config/secrets-of';
import { type Connections, connect } from '../connect';
import { createLogger } from '../log/create-logger';
import type { Terminal } from './terminal';

/** What a command works with: the service's own configuration and clients. */
export interface Session extends Connections {
  readonly config: Config;
  readonly logger: Logger;
  /** Stands in the log rows of everything this command does. */
  readonly correlationId: string;
}

/**
 * Connects as the service would, and closes whatever happens.
 * @throws InvalidConfiguration
 */
export async function withSession<T>(terminal: Terminal, work: (session: Session) => Promise<T>): Promise<T> {
  const config = readConfig(terminal.environment);
  const connections = connect(config, terminal.now);
  try {
    return await work({
      ...connections,
      config,
      logger: createLogger('silent', secretsOf(config)),
      correlationId: randomUUID(),
    });
  } finally {
    await connections.close();
  }
}
