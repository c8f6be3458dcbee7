import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from '../../../plugins-proxy/src/cli/exit-codes';
import { buildApp } from '../../../plugins-proxy/src/app';
import { createProxy } from '../../../plugins-proxy/src/create-proxy';
import { createStoreProbe } from '../../../plugins-proxy/src/operations/health/probe-store';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { storeFailure } from '../../../plugins-proxy/src/queue/store/store-failure';
import { crmjira } from '../cli-terminal';
import { signed } from '../intake-app';
import { keepLines } from '../log-lines';
import { environment as testEnvironment, testConfig } from '../test-config';
import { defaultTriggers } from '../default-triggers';

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

describe('a damaged store (F-508)', () => {
  const damaged = (name: string): string => {
    const file = join(folder, name);
    writeFileSync(file, Buffer.alloc(8_192, 'not a database '));
    return file;
  };
  const environment = (file: string) => ({ ...testEnvironment, STORE_FILE: file, DATABASE_URL: '' });

  test('is told with what is safe to do, which the command then does', async () => {
    const file = damaged('damaged.sqlite');
    await expect(started({ STORE_FILE: file })).rejects.toThrow(
      /^The store .*damaged\.sqlite is damaged \(.*\)\. Stop the service, run "crmjira store --set-aside" .* That is safe: /,
    );
    const examined = await crmjira(environment(file), ['store']);
    expect(examined).toMatchObject({ code: exitCodes.differences, err: '' });
    expect(examined.out).toContain('is damaged: ');
    const stores = () => readdirSync(folder).filter((name) => name.startsWith('damaged.'));
    expect(stores()).toEqual(['damaged.sqlite', 'damaged.sqlite.lock']);
    const now = () => new Date('2025-01-20T15:00:00Z');
    const moved = await crmjira(environment(file), ['store', '--set-aside'], now);
    expect(moved).toMatchObject({ code: exitCodes.done, err: '' });
    expect(stores()).toEqual(['damaged.sqlite.2025-01-20T15-00-00.000Z']);
    // What the service does at its next start.
    await openSqliteStore(file).close();
    expect((await crmjira(environment(file), ['store'])).out).toContain('is sound');
  });

  test('is not moved from under a running service, nor where there is none', async () => {
    const file = join(folder, 'running.sqlite');
    expect((await crmjira(environment(file), ['store', '--set-aside'])).err).toContain('There is no store');
    const store = openSqliteStore(file);
    try {
      const refused = await crmjira(environment(file), ['store', '--set-aside']);
      expect(refused.code).toBe(exitCodes.failed);
      expect(refused.err).toContain('is open in another process');
    } finally {
      await store.close();
    }
  });
});

describe('a store that is lost while the service runs (F-508)', () => {
  const ways: Readonly<Record<string, (file: string) => void>> = {
    'the file is removed': (file) => rmSync(file),
    'the file is replaced': (file) => {
      copyFileSync(file, `${file}.copy`);
      renameSync(`${file}.copy`, file);
    },
    'the log is removed': (file) => rmSync(`${file}-wal`),
    'the log is cut to nothing': (file) => truncateSync(`${file}-wal`),
    'the log is cut in the middle': (file) => truncateSync(`${file}-wal`, statSync(`${file}-wal`).size / 2),
  };

  test.each(Object.keys(ways))('is told, and nothing new is taken: %s', async (way) => {
    const file = join(folder, `${way}.sqlite`);
    const store = openSqliteStore(file);
    const now = () => new Date(at);
    let at = Date.parse('2025-01-20T15:00:00Z');
    const keeps = createStoreProbe(store, now);
    const app = buildApp({
      config: testConfig(),
      logger: createLogger('silent', [], keepLines().stream),
      intake: { store, now, wake: () => undefined, accepts: () => true, triggers: defaultTriggers },
      decideStep: async () => ({ allowed: true }),
      health: { ready: async () => (await keeps()).ok, report: () => Promise.reject(new Error('not asked')) },
    });
    const send = async (n: number): Promise<number> =>
      (await app.inject(signed(JSON.stringify({ webhookEvent: 'sprint_closed', timestamp: n })))).statusCode;
    expect([await send(1), (await app.inject('/ready')).statusCode]).toEqual([200, 200]);
    ways[way]?.(file);
    at += 2_000;
    // SQLite itself notices nothing: it would go on writing.
    expect([await send(2), (await app.inject('/ready')).statusCode]).toEqual([503, 503]);
    expect(await keeps()).toMatchObject({
      ok: false,
      code: 'store-lost',
      says: expect.stringContaining('crmjira store --set-aside'),
    });
    await app.close();
    await store.close().catch(() => undefined);
  });

  test('a store that only grows is none', async () => {
    const store = openSqliteStore(join(folder, 'grows.sqlite'));
    for (let n = 0; n < 40; n += 1) {
      await store.writeCursor(`cursor ${n}`, 'x'.repeat(200_000));
    }
    await store.close();
  });
});
