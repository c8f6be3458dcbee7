import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Store } from '../../../plugins-proxy/src/queue/store/store';
import { crmjira, jsonOf, type Run } from '../cli-terminal';
import { environment } from '../test-config';

const at = Date.parse('2025-01-17T09:00:00Z');
const leaseMs = 60_000;

describe('crmjira dead-letters (R-1406)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-dead-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let file: string;
  let number = 0;
  const run = (...args: string[]): Promise<Run> =>
    crmjira({ ...environment, STORE_FILE: file }, ['dead-letters', ...args], () => new Date(at + 1_000));

  async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const store = openSqliteStore(file);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  beforeEach(async () => {
    file = join(folder, `${number++}.sqlite`);
    await withStore(async (store) => {
      for (const key of ['opportunity:a', 'opportunity:b']) {
        await store.enqueue([{ key, at, correlationId: 'c' }]);
        const claim = await store.claim(at, leaseMs);
        // The message carries a secret on purpose: whatever ends up in the store, no output shows it.
        const message = `Jira refused ${environment['JIRA_API_TOKEN']} of ${key}.`;
        await store.fail(claim!, { code: 'jira-forbidden', message, retryAt: null }, at);
      }
    });
  });

  test('lists what has failed for good, with why and since when, and no secret', async () => {
    const list = await run();
    expect(list).toMatchObject({ code: 0, err: '' });
    expect(list.out).toContain('opportunity:a  since 2025-01-17T09:00:00.000Z, 1 attempt');
    expect(list.out).toContain('jira-forbidden: Jira refused [redacted] of opportunity:a.');
    const json = await run('list', '--json');
    expect(json.out).not.toContain(environment['JIRA_API_TOKEN']);
    expect(jsonOf(json)['deadLetters']).toMatchObject([
      { key: 'opportunity:a', code: 'jira-forbidden', attempts: 1, deadSince: '2025-01-17T09:00:00.000Z' },
      { key: 'opportunity:b' },
    ]);
  });

  test('lists beside the running service, which alone may change them (F-211)', async () => {
    await withStore(async (owner) => {
      expect((await run('list')).out).toContain('opportunity:a');
      await owner.enqueue([{ key: 'opportunity:a', at, correlationId: 'c' }]);
      const list = await run('list', '--json');
      expect((jsonOf(list)['deadLetters'] as unknown[]).length).toBe(1);
      expect(await run('retry', '--all')).toMatchObject({ code: 1, err: expect.stringContaining('Stop it for this') });
    });
  });

  test('makes no store at a mistyped path, whichever command it is (F-216)', async () => {
    file = join(folder, 'mistyped.sqlite');
    for (const args of [['list'], ['retry', '--all']])
      expect(await run(...args)).toMatchObject({ code: 1, err: expect.stringContaining(`no store ${file}`) });
    expect(existsSync(file)).toBe(false);
  });

  test('retries one of them', async () => {
    expect(await run('retry', 'opportunity:b')).toMatchObject({ code: 0, err: '' });
    await withStore(async (store) => {
      expect((await store.deadLetters(10)).map(({ key }) => key)).toEqual(['opportunity:a']);
      expect(await store.claim(at + 1_000, leaseMs)).toMatchObject({ key: 'opportunity:b', attempts: 0 });
    });
  });

  test('retries all of them, and then there is none', async () => {
    expect(jsonOf(await run('retry', '--all', '--json'))).toEqual({ retried: ['opportunity:a', 'opportunity:b'] });
    expect(await run('list')).toMatchObject({ code: 0, out: 'no dead letters' });
    expect(jsonOf(await run('retry', '--all', '--json'))).toEqual({ retried: [] });
  });

  test('refuses a key that is none of them', async () => {
    const refused = await run('retry', 'opportunity:c');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('not among the dead letters');
  });
});
