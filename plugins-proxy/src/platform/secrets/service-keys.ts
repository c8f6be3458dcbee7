import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { toBase64url } from '@crmjira/domain';
import { serviceKeyFrom } from '../config/service-key-text';
import type { Config } from '../config/read-config';
import { IntegrationError } from '../errors/integration-error';
import { hpkeSuite } from './hpke-suite';
import type { LiveConfig } from './live-config';

/** One key of the service. Two are derived from it with labels of their own, so that neither tells the other or the key itself. */
export interface ServiceKey {
  /** Derived from the key, 32 hexadecimal digits: rows name the key by it, wherever the key stands in the configuration. */
  readonly id: string;
  /** Encrypts secrets at rest. An object that no line of a log can show. */
  readonly dataKey: KeyObject;
  /** Opens what browsers have sealed. */
  readonly sealingKeys: () => Promise<CryptoKeyPair>;
  /** The public half as pages take it: uncompressed point of P-256, base64url. */
  readonly publicKey: () => Promise<string>;
}

const idBytes = 16;
const keyBytes = 32;

const derive = (master: Buffer, purpose: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', master, '', `crmjira ${purpose} 1`, length));

/** The key that a text of the configuration gives. @throws RangeError for a text that the configuration refuses */
export function serviceKey(text: string): ServiceKey {
  const master = serviceKeyFrom(text);
  if (master === null) throw new RangeError('no key of the service');
  let pair: Promise<CryptoKeyPair> | null = null;
  const sealingKeys = (): Promise<CryptoKeyPair> =>
    (pair ??= hpkeSuite.kem.deriveKeyPair(new Uint8Array(derive(master, 'sealing key', keyBytes)).buffer));
  return {
    id: derive(master, 'key id', idBytes).toString('hex'),
    dataKey: createSecretKey(derive(master, 'data key', keyBytes)),
    sealingKeys,
    publicKey: async () =>
      toBase64url(new Uint8Array(await hpkeSuite.kem.serializePublicKey((await sealingKeys()).publicKey))),
  };
}

/** Keys that the service has now; another one is looked for where a row names it. */
export interface Keyring {
  /** What is encrypted now is encrypted with. @throws IntegrationError `secret-unreadable` where none is configured */
  current(): ServiceKey;
  /** Current and previous ones. */
  all(): readonly ServiceKey[];
  /** A key by its id; null when neither the configuration nor a new look at it has it. */
  find(id: string): Promise<ServiceKey | null>;
}

/** After a look that found nothing, an unknown key is not looked for again for this long, in milliseconds. */
const pauseMs = 10_000;

function keyringFrom(given: () => Config['secretsKeys'], look: () => Promise<unknown>, now: () => number): Keyring {
  let texts: Config['secretsKeys'] | null = null;
  let keys: readonly ServiceKey[] = [];
  let notBefore = 0;

  function all(): readonly ServiceKey[] {
    const present = given();
    if (present !== texts) {
      texts = present;
      keys = present.map(serviceKey);
    }
    return keys;
  }
  const known = (id: string): ServiceKey | null => all().find((key) => key.id === id) ?? null;

  return {
    all,
    current: () => {
      const [first] = all();
      if (first !== undefined) return first;
      throw new IntegrationError('SECRETS_KEY is not configured, so stored secrets can be neither written nor read.', {
        code: 'secret-unreadable',
        errorClass: 'configuration',
      });
    },
    find: async (id) => {
      const found = known(id);
      if (found !== null || now() < notBefore) return found;
      await look();
      const after = known(id);
      if (after === null) notBefore = now() + pauseMs;
      return after;
    },
  };
}

/** The keys of a configuration whose files and vault are read anew when a row names an unknown one: another replica has it first. */
export const createKeyring = (live: Pick<LiveConfig, 'current' | 'reload'>, now: () => number = Date.now): Keyring =>
  keyringFrom(
    () => live.current().secretsKeys,
    // Whether the new configuration can be used is told by the regular look.
    () => live.reload().catch(() => false),
    now,
  );

/** These keys and no others, the current one first. */
export const fixedKeyring = (texts: Config['secretsKeys']): Keyring =>
  keyringFrom(
    () => texts,
    async () => undefined,
    Date.now,
  );
