import pino, { type DestinationStream, type Logger } from 'pino';
import { createLiveRedactor, createRedactor } from './redact';

/** Properties that never leave the process, at any depth that a log line of ours has. */
const secretPaths = [
  'authorization',
  '*.authorization',
  'headers.authorization',
  'headers["x-crmjira-key"]',
  'headers["x-hub-signature"]',
  'req.headers',
  'clientSecret',
  '*.clientSecret',
  'apiToken',
  '*.apiToken',
  'pat',
  '*.pat',
];

/**
 * The one logger: JSON lines, no request bodies, no amounts, no customer names (R-1220). Besides the redacted properties, every
 * known secret is cut out of messages and error texts, wherever it came from. A function gives the secrets as they are now: the same
 * array while nothing has changed.
 */
export function createLogger(
  level: string,
  secrets: readonly string[] | (() => readonly string[]),
  destination: DestinationStream = pino.destination(1),
): Logger {
  const redact = typeof secrets === 'function' ? createLiveRedactor(secrets) : createRedactor(secrets);
  return pino(
    {
      level,
      base: { service: 'crmjira-proxy' },
      redact: { paths: secretPaths, censor: '[redacted]' },
      hooks: { streamWrite: (line) => redact(line) },
    },
    destination,
  );
}
