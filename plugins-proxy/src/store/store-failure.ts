import type { Config } from '../config/read-config';
import { classifyError } from '../errors/classify-error';
import { IntegrationError } from '../errors/integration-error';

const textOf = (error: unknown, name: 'code' | 'message'): string | null => {
  const found: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof found === 'string' ? found : null;
};

/** Five characters, as PostgreSQL classes its errors; those of Node are longer. */
const sqlState = /^[0-9A-Z]{5}$/;

function databaseFailure(error: unknown): IntegrationError {
  const code = textOf(error, 'code');
  if (code === null || !sqlState.test(code)) return classifyError(error, 'The database of DATABASE_URL');
  return new IntegrationError(
    `The database of DATABASE_URL does not let this service in (${code}, ${textOf(error, 'message') ?? 'no reason given'}). Check user, password and database there, and that the user may create schemas in it.`,
    { code: 'store-not-opened', errorClass: 'configuration', cause: error },
  );
}

/** SQLite's own code for a file that somebody else holds, as node:sqlite hands it on. */
const sqliteBusy = 5;

/** Whether the embedded store is open in another process. Pure. */
export function isStoreBusy(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === sqliteBusy;
}

/** Why the store did not open, in words for whoever starts the service; no address and no password is in them. Pure. */
export function storeFailure(config: Config['store'], error: unknown): IntegrationError {
  if (config.kind === 'postgres') return databaseFailure(error);
  if (isStoreBusy(error))
    return new IntegrationError(
      `The store ${config.file} is open in another process, most likely another replica: the embedded store has one owner. Stop that one, or give all of them one DATABASE_URL.`,
      { code: 'store-in-use', errorClass: 'configuration', cause: error },
    );
  return new IntegrationError(
    `The store ${config.file} does not open (${textOf(error, 'message') ?? String(error)}). Check STORE_FILE, and that this account may write to its folder.`,
    { code: 'store-not-opened', errorClass: 'configuration', cause: error },
  );
}
