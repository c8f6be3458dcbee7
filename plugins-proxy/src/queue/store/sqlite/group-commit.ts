import type { DatabaseSync } from 'node:sqlite';

interface Waiting {
  readonly run: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** Runs writes of many callers in one transaction, so that they share one fsync. */
export interface GroupCommit {
  write<T>(run: () => T): Promise<T>;
}

/**
 * Collects writes until the previous commit has ended, then commits them together. No timer: with one caller nothing is delayed,
 * with many the group grows by itself. When one write of a group fails, each is repeated in a transaction of its own, so that only
 * the one at fault is refused.
 * @param check called before each commit; what it throws refuses the whole group
 */
export function createGroupCommit(database: DatabaseSync, check: () => void = () => undefined): GroupCommit {
  let waiting: Waiting[] = [];

  const inTransaction = (run: () => void): void => {
    database.exec('begin immediate');
    try {
      run();
      database.exec('commit');
    } catch (error) {
      if (database.isTransaction) database.exec('rollback');
      throw error;
    }
  };

  const alone = (entry: Waiting): void => {
    try {
      let value: unknown;
      inTransaction(() => (value = entry.run()));
      entry.resolve(value);
    } catch (error) {
      entry.reject(error);
    }
  };

  const flush = (): void => {
    const group = waiting;
    waiting = [];
    const values: unknown[] = [];
    try {
      check();
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    try {
      inTransaction(() => group.forEach((entry) => values.push(entry.run())));
    } catch {
      group.forEach(alone);
      return;
    }
    group.forEach((entry, index) => entry.resolve(values[index]));
  };

  return {
    write<T>(run: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        // The queue holds writes of any result type; each promise only ever gets the value of its own run.
        waiting.push({ run, resolve: resolve as (value: unknown) => void, reject });
        if (waiting.length === 1) setImmediate(flush);
      });
    },
  };
}
