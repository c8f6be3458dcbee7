import type { Config } from '../../platform/config/read-config';
import { classifyError } from '../../platform/errors/classify-error';
import { IntegrationError } from '../../platform/errors/integration-error';

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

/** What to do about an embedded store that cannot be gone on with; losing it loses no work. */
const setAside =
  'Stop the service, run "crmjira store --set-aside" and start it again. That is safe: what waits in the store is read again from Dataverse and Jira at the start; only the list of what came in earlier and the dead letters are lost.';

/** SQLite's own codes of a file that is not as it wrote it: corrupt, not a database. Source: sqlite.org/rescode.html */
const sqliteDamaged: ReadonlySet<number> = new Set([11, 26]);

/** Whether the embedded store is damaged; the extended codes carry the plain one in their last byte. Pure. */
export function isStoreDamaged(error: unknown): boolean {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'errcode') : undefined;
  return typeof code === 'number' && sqliteDamaged.has(code & 0xff);
}

/** The store can be opened or read no more. Pure. @param file null: the one that is open */
export function storeDamaged(file: string | null, cause: unknown): IntegrationError {
  const which = file === null ? 'The store' : `The store ${file}`;
  return new IntegrationError(`${which} is damaged (${textOf(cause, 'message') ?? 'no reason given'}). ${setAside}`, {
    code: 'store-damaged',
    errorClass: 'configuration',
    cause,
  });
}

/** A file of the open store is not the one any more that a restart would find. Pure. @param what e.g. `was removed` */
export function storeLost(file: string, what: string): IntegrationError {
  return new IntegrationError(
    `The file ${file} of the store ${what} while the service was running: what is written now is lost at its end, so nothing new is taken. ${setAside}`,
    { code: 'store-lost', errorClass: 'configuration' },
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
  if (isStoreDamaged(error)) return storeDamaged(config.file, error);
  return new IntegrationError(
    `The store ${config.file} does not open (${textOf(error, 'message') ?? String(error)}). Check STORE_FILE, and that this account may write to its folder.`,
    { code: 'store-not-opened', errorClass: 'configuration', cause: error },
  );
}
