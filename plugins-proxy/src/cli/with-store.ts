import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../config/read-config';
import { IntegrationError } from '../errors/integration-error';
import { openStore } from '../store/open-store';
import type { Store } from '../store/store';
import { isStoreBusy, storeFailure } from '../store/store-failure';

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

/** Opens the inbox and queue for one piece of work. @throws StoreInUse */
export async function withStore<T>(config: Config['store'], work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(config).catch((error: unknown) => {
    throw unopened(config, error);
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/**
 * The same for work on what the service has left there: a file that is not there yet would be made, and its emptiness told as good news.
 * @throws IntegrationError `no-store`
 */
export async function withStoreOfTheService<T>(
  config: Config['store'],
  work: (store: Store) => Promise<T>,
): Promise<T> {
  if (config.kind === 'sqlite' && !existsSync(config.file))
    throw new IntegrationError(
      `There is no store ${resolve(config.file)}. Set STORE_FILE, or DATABASE_URL, as the service has it, or start the service once.`,
      { code: 'no-store', errorClass: 'configuration' },
    );
  return withStore(config, work);
}
