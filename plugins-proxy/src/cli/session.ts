import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type Config, readConfig } from '../platform/config/read-config';
import { secretsOf } from '../platform/config/secrets-of';
import { type Connections, connect } from '../capabilities/connect';
import type { JiraConnection } from '../connections/jira/jira-connection';
import { namedConnection } from '../connections/jira/named-connection';
import { createLogger } from '../platform/log/create-logger';
import { activeTracing, inFirstSpan } from '../platform/tracing/spans';
import { startTracing } from '../platform/tracing/start-tracing';
import type { Terminal } from './terminal';

/** What a command works with: the service's own configuration and clients. */
export interface Session extends Connections {
  /** The one that the command is about. */
  readonly connection: JiraConnection;
  /** It was named; a command that can be about several is then about this one alone. */
  readonly isConnectionNamed: boolean;
  readonly config: Config;
  readonly logger: Logger;
  /** Stands in the log rows of everything this command does. */
  readonly correlationId: string;
}

/**
 * Connects as the service would, and closes whatever happens. All calls of a command are one trace, under one correlation id (R-1109).
 * @param wanted id or name of a connection; null = the first one
 * @throws InvalidConfiguration; IntegrationError naming the connections that there are
 */
export async function withSession<T>(
  terminal: Terminal,
  work: (session: Session) => Promise<T>,
  wanted: string | null = terminal.connection ?? null,
): Promise<T> {
  const config = readConfig(terminal.environment);
  const connections = connect(config, terminal.now);
  const correlationId = randomUUID();
  // Within a process that traces already, its traces have this one too.
  const { tracing } = config;
  const stopTracing =
    tracing === null || activeTracing() !== null ? null : await startTracing(tracing, config.dataverse);
  const logger = createLogger('silent', secretsOf(config));
  try {
    return await inFirstSpan(correlationId, 'cli', {}, async () => {
      const { jira } = connections;
      // Names are known from the rows alone.
      if (wanted !== null) await jira.refresh();
      const connection = wanted === null ? jira.first : await namedConnection(jira, wanted);
      return work({ ...connections, connection, isConnectionNamed: wanted !== null, config, logger, correlationId });
    });
  } finally {
    await connections.close();
    // What the command did is done, whether or not a collector hears of it.
    await stopTracing?.().catch((error: unknown) => terminal.err(`The trace was not sent: ${String(error)}`));
  }
}

/**
 * Those that a command is about which can be about several: the one that was named, or all.
 * @throws IntegrationError for one that cannot be used: a list without its part would look complete
 */
export async function connectionsOf({
  jira,
  connection,
  isConnectionNamed,
}: Session): Promise<readonly JiraConnection[]> {
  if (isConnectionNamed) return [connection];
  await jira.refresh();
  const [broken] = jira.broken();
  if (broken !== undefined) throw broken.error;
  return jira.all();
}
