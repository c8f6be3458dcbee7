import pino, { type DestinationStream, type Logger } from 'pino';
import { withLineWriter } from './line-writer';
import { createLiveRedactor, createRedactor } from './redact';
import { censor, secretNames, withoutSecretProperties } from './secret-properties';
import { shortenLine } from './shorten-line';
import { writeByTurn } from './write-by-turn';

/** What serializers write and what a child logger carries is not searched but redacted by path; without wildcards that costs nothing. */
const names = [...secretNames].map((name) => `["${name}"]`);
const parents = ['headers', 'err', 'error', 'req', 'res'];
const paths = ['req.headers', ...names, ...parents.flatMap((parent) => names.map((name) => parent + name))];

/**
 * The one logger: JSON lines, no request bodies, no amounts, no customer names (R-1220). Besides the redacted properties, every
 * known secret is cut out of messages and error texts, wherever it came from. A function gives the secrets as they are now: the same
 * array while nothing has changed.
 */
export function createLogger(
  level: string,
  secrets: readonly string[] | (() => readonly string[]),
  destination: DestinationStream = writeByTurn(),
): Logger {
  const redact = typeof secrets === 'function' ? createLiveRedactor(secrets) : createRedactor(secrets);
  const logger = pino(
    {
      level,
      base: { service: 'crmjira-proxy' },
      redact: { paths, censor },
      formatters: { log: (line) => withoutSecretProperties(line) },
      // Redacted first: a secret that is cut in half is not found.
      hooks: { streamWrite: (line) => shortenLine(redact(line)) },
    },
    destination,
  );
  return withLineWriter(logger, (line) => destination.write(redact(line)));
}
