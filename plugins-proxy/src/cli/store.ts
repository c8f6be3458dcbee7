import { existsSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readConfig } from '../platform/config/read-config';
import { IntegrationError } from '../platform/errors/integration-error';
import { isStoreBusy, isStoreDamaged } from '../queue/store/store-failure';
import type { AddCommand } from './command';
import { exitCodes } from './exit-codes';
import { lockOf, ownFile } from '../queue/store/sqlite/own-file';
import { NoStore, StoreInUse } from './with-store';

/** Beside the database SQLite keeps what it has committed and not yet written into it. */
const endings = ['', '-wal', '-shm'] as const;

/**
 * Looks whether the store is as SQLite wrote it, with its file to itself.
 * @returns what is wrong with it; null when nothing is
 * @throws StoreInUse while the service runs
 */
function examine(file: string): string | null {
  let database: DatabaseSync | null = null;
  let letGo = (): void => undefined;
  try {
    letGo = ownFile(file, 0);
    database = new DatabaseSync(file, { readOnly: true });
    const found: unknown = database.prepare('pragma quick_check(1)').get()?.['quick_check'];
    return found === 'ok' ? null : String(found);
  } catch (error) {
    if (isStoreBusy(error)) throw new StoreInUse(file, error);
    if (isStoreDamaged(error)) return error instanceof Error ? error.message : 'it cannot be read';
    throw error;
  } finally {
    database?.close();
    letGo();
  }
}

/** `crmjira store`: whether the embedded store is sound, and how a damaged one is put out of the way (F-508). */
export const addStore: AddCommand = (program, run) => {
  const command = program
    .command('store')
    .summary('examine the embedded store, or move a damaged one out of the way')
    .description(
      'Say whether the file of STORE_FILE is sound. The service must be stopped meanwhile.\nWith --set-aside the file is renamed, not deleted, and the service begins with an empty one. That is safe: what waited in it is read again from Dataverse and Jira at the start. Only the list of what came in earlier, and the dead letters, are lost.',
    )
    .option('--set-aside', 'rename the store, so that the service begins with an empty one', false);
  run<{ readonly setAside: boolean }>(command, async (terminal, { setAside }) => {
    const { store } = readConfig(terminal.environment);
    if (store.kind !== 'sqlite')
      throw new IntegrationError('The store is the database of DATABASE_URL: ask whoever runs that.', {
        code: 'no-store',
        errorClass: 'configuration',
      });
    const file = resolve(store.file);
    if (!existsSync(file)) throw new NoStore(file);
    const damage = examine(file);
    const state = damage === null ? `${file} is sound` : `${file} is damaged: ${damage}`;
    if (!setAside)
      return damage === null
        ? { exitCode: exitCodes.done, json: { file, damage }, lines: [state] }
        : {
            exitCode: exitCodes.differences,
            json: { file, damage },
            lines: [state, 'Run "crmjira store --set-aside", then start the service. No work is lost by it.'],
          };
    const aside = `${file}.${terminal.now().toISOString().replaceAll(':', '-')}`;
    for (const ending of endings) if (existsSync(file + ending)) renameSync(file + ending, aside + ending);
    rmSync(lockOf(file), { force: true });
    return {
      exitCode: exitCodes.done,
      json: { file, damage, setAside: aside },
      lines: [
        state,
        `moved to ${aside}`,
        'Start the service: it begins with an empty store and reads both sides again. Delete the old file when all is well.',
      ],
    };
  });
};
