import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type Config, readConfig } from '../platform/config/read-config';
import { secretsOf } from '../platform/config/secrets-of';
import { type Connections, connect } from '../capabilities/connect';
import type { JiraConnection } from '../connections/jira/jira-connection';
import type { JiraConnections } from '../connections/jira/jira-connections';
import { IntegrationError } from '../platform/errors/integration-error';
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

/** @throws IntegrationError naming those that there are */
async function chosenConnection(jira: JiraConnections, wanted: string | null): Promise<JiraConnection> {
  if (wanted === null) return jira.first;
  await jira.refresh();
  const name = wanted.trim().toLowerCase();
  const found = jira.all().find((connection) => [connection.id, connection.name.toLowerCase()].includes(name));
  if (found !== undefined) return found;
  const broken = jira.broken().find((connection) => [connection.id, connection.name.toLowerCase()].includes(name));
  if (broken !== undefined) throw broken.error;
  const known = jira.all().map((connection) => `${connection.name} (${connection.id})`);
  throw new IntegrationError(
    `There is no active Jira connection "${wanted}". Those that there are: ${known.join(', ')}.`,
    { code: 'jira-connection', errorClass: 'configuration' },
  );
}

/**
 * Connects as the service would, and closes whatever happens. All calls of a command are one trace, under one correlation id (R-1109).
 * @param wanted id or name of a connection; null = the first one
 * @throws InvalidConfiguration; IntegrationError for a connection that there is not
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
      const connection = await chosenConnection(connections.jira, wanted);
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
