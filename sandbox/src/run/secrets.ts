import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const names = [
  'toolsClientSecret',
  'serviceClientSecret',
  'stepKey',
  'serviceKey',
  'jiraApiToken',
  'jiraPat',
  'jiraWebhookSecret',
  'jiraPeopleToken',
  'tempoToken',
  'connectorPassword',
  'relayPassword',
  'dataCenterPat',
  'sentryToken',
  'sentryClientSecret',
  'atlassianClientSecret',
  'inventoryToken',
  'workOrdersPassword',
] as const;

/** Secrets of one sandbox, made at its first start; none of them opens anything outside this machine. */
export type Secrets = Readonly<Record<(typeof names)[number], string>>;

/** bytes of randomness in each secret: what SECRETS_KEY of the service must have */
const strength = 32;
const fresh = (): string => randomBytes(strength).toString('base64url');
const kept = z.record(z.string(), z.string());

/** readable by its owner only */
const ownerOnly = 0o600;

/**
 * Reads the secrets of a sandbox, or makes them; an older sandbox gets those that it lacks.
 * @param file null: a sandbox that keeps nothing
 */
export function readSecrets(file: string | null): Secrets {
  const found = file !== null && existsSync(file) ? kept.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  // Object.fromEntries forgets the names.
  const secrets = Object.fromEntries(names.map((name) => [name, found[name] ?? fresh()])) as Secrets;
  const isWhole = names.every((name) => name in found);
  if (file !== null && !isWhole) writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: ownerOnly });
  return secrets;
}
