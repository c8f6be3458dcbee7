import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const names = [
  'toolsClientSecret',
  'serviceClientSecret',
  'stepKey',
  'jiraApiToken',
  'jiraPat',
  'jiraWebhookSecret',
  'jiraPeopleToken',
  'tempoToken',
  'connectorPassword',
  'relayPassword',
  'dataCenterPat',
  'dataCenterWebhookSecret',
] as const;

/** Secrets of one sandbox, made at its first start; none of them opens anything outside this machine. */
export type Secrets = Readonly<Record<(typeof names)[number], string>>;

/** bytes of randomness in each secret */
const strength = 24;
const fresh = (): string => randomBytes(strength).toString('base64url');
const secretsSchema: z.ZodType<Secrets> = z.object({
  toolsClientSecret: z.string(),
  serviceClientSecret: z.string(),
  stepKey: z.string(),
  jiraApiToken: z.string(),
  jiraPat: z.string(),
  jiraWebhookSecret: z.string(),
  jiraPeopleToken: z.string(),
  // Older sandboxes have none of these; both sides get them from here, so that new ones each time do.
  tempoToken: z.string().default(fresh),
  connectorPassword: z.string().default(fresh),
  relayPassword: z.string().default(fresh),
  dataCenterPat: z.string().default(fresh),
  dataCenterWebhookSecret: z.string().default(fresh),
});

/** readable by its owner only */
const ownerOnly = 0o600;

/**
 * Reads the secrets of a sandbox, or makes them.
 * @param file null: a sandbox that keeps nothing
 */
export function readSecrets(file: string | null): Secrets {
  if (file !== null && existsSync(file)) return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const secrets = secretsSchema.parse(Object.fromEntries(names.map((name) => [name, fresh()])));
  if (file !== null) writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: ownerOnly });
  return secrets;
}
