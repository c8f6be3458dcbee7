import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProxy } from '../../plugins-proxy/src/create-proxy';
import { createLogger } from '../../plugins-proxy/src/log/create-logger';
import { openSqliteStore } from '../../plugins-proxy/src/store/sqlite/open-sqlite-store';
import { storeFailure } from '../../plugins-proxy/src/store/store-failure';
import { keepLines } from './log-lines';
import { testConfig } from './test-config';

const folder = mkdtempSync(join(tmpdir(), 'crmjira-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const started = (over: Record<string, string>): Promise<unknown> =>
  createProxy(testConfig(over), createLogger('silent', [], keepLines().stream));

describe('R-1401 a service whose store does not open says why, and what to check', () => {
  test('a database that cannot be reached', async () => {
    const url = 'postgres://crmjira:password-of-the-tests@127.0.0.1:1/x';
    const failed = started({ DATABASE_URL: url });
    await expect(failed).rejects.toThrow(/^The database of DATABASE_URL could not be reached \(ECONNREFUSED\)/);
    await expect(failed).rejects.not.toThrow(/password-of-the-tests/);
  });

  test.each([
    ['28P01', 'password authentication failed for user "crmjira"'],
    ['3D000', 'database "x" does not exist'],
    ['42501', 'permission denied for database x'],
  ])('a database that refuses with %s', (code, message) => {
    const error = Object.assign(new Error(message), { code });
    const failure = storeFailure({ kind: 'postgres', databaseUrl: 'postgres://crmjira:p4ss@db/x' }, error);
    expect(failure).toMatchObject({ code: 'store-not-opened', errorClass: 'configuration' });
    expect(failure.message).toBe(
      `The database of DATABASE_URL does not let this service in (${code}, ${message}). Check user, password and database there, and that the user may create schemas in it.`,
    );
  });

  test('a file that another process holds', async () => {
    const file = join(folder, 'proxy.sqlite');
    const first = openSqliteStore(file);
    try {
      await expect(started({ STORE_FILE: file })).rejects.toThrow(
        `The store ${file} is open in another process, most likely another replica`,
      );
    } finally {
      await first.close();
    }
  });
});
