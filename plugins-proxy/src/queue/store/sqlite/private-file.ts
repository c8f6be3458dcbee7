import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Read and written by its owner alone. */
const ownerOnly = 0o600;
const forOthers = 0o077;

/** File systems without modes, as those of some mounted shares, answer so. */
const withoutModes = new Set(['EPERM', 'ENOTSUP', 'ENOSYS']);

/**
 * Makes a file that nobody else on the machine can read, in a folder that is made as well, before a database is opened on it: SQLite
 * would give it the mode of the process, and gives its journals the mode of the file (F-313). One from before is closed to others.
 */
export function privateFile(file: string): string {
  mkdirSync(dirname(resolve(file)), { recursive: true });
  closeSync(openSync(file, 'a', ownerOnly));
  if ((statSync(file).mode & forOthers) === 0) return file;
  try {
    chmodSync(file, ownerOnly);
  } catch (error) {
    if (!withoutModes.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  return file;
}
