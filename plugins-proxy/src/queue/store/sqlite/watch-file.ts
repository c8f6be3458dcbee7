import { statSync } from 'node:fs';
import { storeLost } from '../store-failure';

interface Seen {
  readonly inode: bigint;
  readonly size: bigint;
}

function look(file: string): Seen | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : { inode: found.ino, size: found.size };
}

/**
 * Makes a look at whether the files that SQLite has open are still those that a restart would find. SQLite goes on writing into a file
 * that was removed and behind a log that was cut, and everything that it commits from then on is lost with the process (F-508).
 * Neither file ever shrinks while it is open; looked at before each commit, a cut is seen before it is written over.
 * @throws IntegrationError `store-lost`, in words
 */
export function watchFile(file: string): () => void {
  const log = `${file}-wal`;
  const before = new Map<string, Seen>();
  const check = (name: string): void => {
    const known = before.get(name);
    const now = look(name);
    if (now === null) {
      // The log is made with the first write.
      if (known !== undefined || name === file) throw storeLost(name, 'was removed');
      return;
    }
    if (known !== undefined && known.inode !== now.inode) throw storeLost(name, 'was replaced');
    if (known !== undefined && known.size > now.size) throw storeLost(name, 'was cut');
    before.set(name, now);
  };
  const checkAll = (): void => [file, log].forEach(check);
  checkAll();
  return checkAll;
}
