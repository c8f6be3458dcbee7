import type { FastifyBaseLogger } from 'fastify';
import type { Logger } from 'pino';

/** Where a logger keeps how its lines leave; child loggers inherit it. */
const leave = Symbol('leave');

interface Leaving {
  readonly [leave]: (line: string) => void;
}

/** Lets `lineWriter` write lines that leave as those of the logger do. */
export function withLineWriter(logger: Logger, write: (line: string) => void): Logger {
  return Object.assign(logger, { [leave]: write } satisfies Leaving);
}

const infoLevel = 30;

function isLeaving(logger: object): logger is Leaving {
  return leave in logger;
}

/**
 * Writes lines of level `info` that are all alike: constant fields are serialised once. The logger's own way of a line costs four times
 * as much. Secrets are cut out as of every line; the names of properties are not looked at, so that none of them may be secret.
 * @param repeated properties that every line has
 * @returns writes one line; takes its other properties as JSON without braces
 * @throws when the logger is not one of `createLogger`
 */
export function lineWriter(
  logger: FastifyBaseLogger,
  repeated: Readonly<Record<string, string>>,
  message: string,
): (properties: string) => void {
  if (!isLeaving(logger)) throw new Error('lineWriter: the logger was not made by createLogger');
  // A child's own level: what the configuration says, as nothing changes it.
  const child = logger.child(repeated) as unknown as Logger;
  if (!child.isLevelEnabled('info')) return () => undefined;
  const begin = `{"level":${infoLevel},"time":`;
  const middle = `,${JSON.stringify(child.bindings()).slice(1, -1)},`;
  const end = `,"msg":${JSON.stringify(message)}}\n`;
  const write = logger[leave];
  return (properties) => write(begin + Date.now() + middle + properties + end);
}
