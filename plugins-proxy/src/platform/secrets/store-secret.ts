import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { IntegrationError } from '../errors/integration-error';
import type { SecretFacts } from './collect-secrets';
import type { Vault } from './key-vault';
import { standardAgeLimits } from './secret-ages';

const dayMs = 86_400_000;
/** Bytes of a generated secret: 256 bits, as the HMAC that it is the key of. */
const secretBytes = 32;

/** A new secret that nobody has seen. */
export const newSecret = (): string => randomBytes(secretBytes).toString('base64url');

/** The new content is on disk under the name before the old one is gone; the file keeps its mode. */
async function replaceFile(path: string, content: string): Promise<void> {
  const mode = (await stat(path)).mode & 0o777;
  const beside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    const file = await open(beside, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new IntegrationError(`The secret file "${path}" cannot be replaced; its folder must be writable.`, {
      code: 'secret-not-stored',
      errorClass: 'configuration',
      cause,
    });
  }
}

/**
 * Puts a value where the secret is kept, so that the running service finds it.
 * @param value null = no secret: an empty file; in a vault, which takes none, a random one that nobody knows
 * @param limitDays how long it may be used (R-1218): its last day in a vault
 * @throws IntegrationError `secret-not-stored`, also for one that is given in a variable; `key-vault`
 */
export async function storeSecret(
  facts: SecretFacts,
  value: string | null,
  vault: Vault,
  now: Date,
  limitDays: number = standardAgeLimits.limit,
): Promise<void> {
  const { name, place } = facts;
  if (place.kind === 'file') return replaceFile(place.path, value === null ? '' : `${value}\n`);
  if (place.kind === 'vault')
    return vault.write(place.reference, value ?? newSecret(), new Date(now.getTime() + limitDays * dayMs));
  throw new IntegrationError(
    `${name} is given in a variable, which no command can change while the service runs. Give it as ${name}_FILE or as a reference to a vault.`,
    { code: 'secret-not-stored', errorClass: 'configuration' },
  );
}
