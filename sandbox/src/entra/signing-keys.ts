import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { CryptoKey, JSONWebKeySet } from 'jose';
import { z } from 'zod';

/** Entra replaces its signing keys every few weeks; ours do too, so that a client which pins one key is found out. */
export const KEY_LIFETIME_DAYS = 30;
/** Old keys stay published until every token they signed has expired. */
const KEYS_KEPT = 3;

const storedKeys = z.array(
  z.object({ kid: z.string(), createdOn: z.string(), privateJwk: z.record(z.string(), z.unknown()) }),
);
type StoredKey = z.infer<typeof storedKeys>[number];

export interface SigningKeys {
  /** Newest key: what new tokens are signed with. */
  current(): Promise<{ readonly kid: string; readonly privateKey: CryptoKey }>;
  /** Public halves of every key still trusted, newest first. */
  jwks(): JSONWebKeySet;
  rotate(): Promise<void>;
}

async function generate(createdOn: Date): Promise<StoredKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const privateJwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(privateJwk);
  return { kid, createdOn: createdOn.toISOString(), privateJwk: { ...privateJwk } };
}

/**
 * Opens the key file (mode 0600, written by rename so that a crash leaves the old one), makes the first key when there is
 * none, and rotates when the newest is older than {@link KEY_LIFETIME_DAYS}. `:memory:` keeps nothing on disk.
 */
export async function openSigningKeys(keyFile: string, clock: () => Date): Promise<SigningKeys> {
  const onDisk = keyFile !== ':memory:';
  let keys: StoredKey[] =
    onDisk && existsSync(keyFile) ? storedKeys.parse(JSON.parse(readFileSync(keyFile, 'utf8'))) : [];

  async function rotate(): Promise<void> {
    keys = [await generate(clock()), ...keys].slice(0, KEYS_KEPT);
    if (!onDisk) return;
    mkdirSync(dirname(keyFile), { recursive: true });
    writeFileSync(`${keyFile}.new`, JSON.stringify(keys), { mode: 0o600 });
    renameSync(`${keyFile}.new`, keyFile);
  }

  const newest = keys[0];
  const ageDays = newest ? (clock().getTime() - Date.parse(newest.createdOn)) / 86_400_000 : Infinity;
  if (ageDays > KEY_LIFETIME_DAYS) await rotate();

  return {
    async current() {
      const key = keys[0];
      if (!key) throw new Error('The Entra stand-in has no signing key.');
      // importJWK answers bytes only for symmetric keys; these are RSA.
      const privateKey = (await importJWK(key.privateJwk, 'RS256')) as CryptoKey;
      return { kid: key.kid, privateKey };
    },
    jwks: () => ({
      keys: keys.map(({ kid, privateJwk }) => ({
        kty: 'RSA',
        use: 'sig',
        alg: 'RS256',
        kid,
        x5t: kid,
        n: String(privateJwk['n']),
        e: String(privateJwk['e']),
      })),
    }),
    rotate,
  };
}
