import { decryptAtRest, encryptAtRest } from '../../platform/secrets/encrypt-at-rest';
import type { Keyring, ServiceKey } from '../../platform/secrets/service-keys';
import type { SecretRow, SecretRows } from './secret-rows';
import { pieces } from '../../platform/pieces';
import { hasChangedMeanwhile, hasCode } from '../../platform/errors/has-code';

export interface ReencryptContext {
  readonly rows: SecretRows;
  readonly keyring: Keyring;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** How a re-encryption ended. */
export interface Reencrypted {
  readonly done: number;
  /** Names of secrets that no configured key decrypts; they are left as they are. */
  readonly unreadable: readonly string[];
}

/** Rows of one change set, and change sets at one time. */
const rowsInChangeSet = 100;
const changeSetsAtOnce = 5;

const isOutdated = (error: unknown): boolean => hasChangedMeanwhile(error) || hasCode(error, 'dataverse-not-found');

async function underKey(row: SecretRow, key: ServiceKey, keyring: Keyring): Promise<SecretRow | null> {
  const former = await keyring.find(row.keyId);
  const secret = former === null ? null : decryptAtRest(former, row, row);
  return secret === null ? null : { ...row, ...encryptAtRest(key, row, secret) };
}

/** @returns how many were written; one that was changed or removed meanwhile is not */
async function replaceUnchanged(rows: SecretRows, fresh: readonly SecretRow[]): Promise<number> {
  if (fresh.length === 0) return 0;
  try {
    await rows.replace(fresh);
    return fresh.length;
  } catch (error) {
    if (!isOutdated(error)) throw error;
    if (fresh.length === 1) return 0;
  }
  // The change set was refused as a whole: one by one, all but the changed ones are written.
  let written = 0;
  for (const one of fresh) written += await replaceUnchanged(rows, [one]);
  return written;
}

/**
 * Encrypts every stored secret with the current key while the service goes on reading: which rows are left is what the rows themselves
 * say, so a run that was cut off goes on where it ended, and another one finds nothing to do.
 */
export async function reencrypt({ rows, keyring, onProgress }: ReencryptContext): Promise<Reencrypted> {
  const key = keyring.current();
  const counts = await rows.countByKey();
  const total = [...counts].reduce((sum, [id, count]) => (id === key.id ? sum : sum + count), 0);
  const unreadable: string[] = [];
  let done = 0;
  let after = '';
  let missed = false;
  for (;;) {
    const page = await rows.underOtherKeys(key.id, after, rowsInChangeSet * changeSetsAtOnce);
    const last = page.at(-1);
    if (last === undefined && !missed) return { done, unreadable };
    if (last === undefined) {
      // What another one wrote meanwhile stands behind: once more from the beginning.
      [after, missed] = ['', false];
      unreadable.length = 0;
      continue;
    }
    await Promise.all(
      pieces(page, rowsInChangeSet).map(async (piece) => {
        const fresh = await Promise.all(piece.map((row) => underKey(row, key, keyring)));
        unreadable.push(...piece.filter((_, n) => fresh[n] === null).map(({ name }) => name));
        const readable = fresh.filter((row) => row !== null);
        const written = await replaceUnchanged(rows, readable);
        missed ||= written < readable.length;
        done += written;
      }),
    );
    after = last.name;
    onProgress?.({ done, total });
  }
}
