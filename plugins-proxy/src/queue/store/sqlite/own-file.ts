import { DatabaseSync } from 'node:sqlite';
import { privateFile } from './private-file';

/** The empty file beside a store on which its owner's lock lies. */
export const lockOf = (file: string): string => `${file}.lock`;

/**
 * Makes this process the owner of a store: a second one is refused at start instead of fighting over leases, while others may still read.
 * The system lets it go when the process ends, however it ends.
 * @param waitMs for a former owner that is about to end
 * @returns lets it go
 * @throws SQLite's "database is locked" when another process is the owner
 */
export function ownFile(file: string, waitMs: number): () => void {
  if (file === ':memory:') return () => undefined;
  const lock = new DatabaseSync(privateFile(lockOf(file)));
  try {
    lock.exec(`pragma busy_timeout = ${waitMs}`);
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    throw error;
  }
  return () => lock.close();
}
