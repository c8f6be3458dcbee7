import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../platform/config/read-config';
import { IntegrationError } from '../platform/errors/integration-error';
import { openStore } from '../queue/store/open-store';
import { openSqliteReads } from '../queue/store/sqlite/reads';
import type { Store, StoreReads } from '../queue/store/store';
import { isStoreBusy, storeFailure } from '../queue/store/store-failure';

/** The embedded store has one owner; PostgreSQL has many. */
export class StoreInUse extends IntegrationError {
  constructor(file: string, cause: unknown) {
    super(
      `The store ${file} is open in another process, most likely the running service. Stop it for this command, or give the service a DATABASE_URL.`,
      { code: 'store-in-use', errorClass: 'configuration', cause },
    );
  }
}

/** Why it did not open, in words. */
function unopened(config: Config['store'], error: unknown): IntegrationError {
  return config.kind === 'sqlite' && isStoreBusy(error)
    ? new StoreInUse(config.file, error)
    : storeFailure(config, error);
}

/** No command makes a store: a mistyped path would be told as an empty queue, and be there the next time (F-216). */
export class NoStore extends IntegrationError {
  constructor(file: string) {
    super(
      `There is no store ${resolve(file)}. Set STORE_FILE, or DATABASE_URL, as the service has it, or start the service once.`,
      { code: 'no-store', errorClass: 'configuration' },
    );
  }
}

function requireStore(config: Config['store']): void {
  if (config.kind === 'sqlite' && config.file !== ':memory:' && !existsSync(config.file))
    throw new NoStore(config.file);
}

/** Opens the inbox and queue that the service has left, for one piece of work. @throws NoStore, StoreInUse */
export async function withStore<T>(config: Config['store'], work: (store: Store) => Promise<T>): Promise<T> {
  requireStore(config);
  const store = await openStore(config).catch((error: unknown) => {
    throw unopened(config, error);
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** The same for work that only reads: it may be done beside the running service. @throws NoStore */
export async function withStoreReads<T>(config: Config['store'], work: (store: StoreReads) => Promise<T>): Promise<T> {
  // A store in memory is its process's alone, so that a look from outside would see an empty one.
  if (config.kind === 'postgres' || config.file === ':memory:') return withStore(config, work);
  requireStore(config);
  try {
    const store = openSqliteReads(config.file);
    return await work(store).finally(() => store.close());
  } catch (error) {
    throw unopened(config, error);
  }
}
