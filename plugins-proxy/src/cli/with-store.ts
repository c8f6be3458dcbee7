import type { Config } from '../config/read-config';
import { IntegrationError } from '../errors/integration-error';
import { openStore } from '../store/open-store';
import type { Store } from '../store/store';

/** The embedded store has one owner; PostgreSQL has many. */
export class StoreInUse extends IntegrationError {
  constructor(file: string, cause: unknown) {
    super(
      `The store ${file} is open in another process, most likely the running service. Stop it for this command, or give the service a DATABASE_URL.`,
      { code: 'store-in-use', errorClass: 'configuration', cause },
    );
  }
}

/** SQLite's own code for a file that somebody else holds, as node:sqlite hands it on. */
const sqliteBusy = 5;

const isBusy = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === sqliteBusy;

/** Opens the inbox and queue for one piece of work. @throws StoreInUse */
export async function withStore<T>(config: Config['store'], work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(config).catch((error: unknown) => {
    throw config.kind === 'sqlite' && isBusy(error) ? new StoreInUse(config.file, error) : error;
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
