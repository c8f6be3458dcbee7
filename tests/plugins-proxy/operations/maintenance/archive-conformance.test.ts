import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import type { Archive } from '../../../../plugins-proxy/src/operations/retention/archive/archive';
import { openArchive } from '../../../../plugins-proxy/src/operations/retention/archive/open-archive';
import { postgresMissing, startPostgres, type TemporaryPostgres } from '../../temporary-postgres';

const row = (n: number, over: object = {}) => ({
  table: 'crmjira_integration_log',
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  since: n * 1_000,
  correlationId: `c-${n}`,
  status: n % 2 === 0 ? 2 : 3,
  columns: { crmjira_error_message: `É "${n}"`, crmjira_duration_ms: n },
  archivedOn: 1_700_000_000_000,
  ...over,
});

/** Every archive must behave like this; `fresh` gives an empty one. */
function behavesAsArchive(fresh: () => Promise<Archive>): void {
  let archive: Archive;
  beforeEach(async () => {
    archive = await fresh();
  });
  afterEach(() => archive.close());
  const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => Number(id.slice(-12)));

  test('R-1509 a row is kept once, as it was first', async () => {
    expect(await archive.keep([row(1), row(2)])).toBe(2);
    expect(await archive.keep([row(2, { status: 1 }), row(3)])).toBe(1);
    expect(await archive.search({ limit: 10 })).toEqual(
      [row(1), row(2), row(3)].map((one) => ({ ...one, removedOn: null, restoredOn: null })),
    );
    expect(await archive.newest('crmjira_integration_log')).toBe(3_000);
    expect(await archive.newest('crmjira_budget_alert')).toBeNull();
    expect(await archive.counts()).toEqual([{ table: 'crmjira_integration_log', rows: 3 }]);
  });

  test('R-1509 rows are found by correlation id, date and status, alone and together', async () => {
    await archive.keep(Array.from({ length: 9 }, (_, n) => row(n + 1)));
    expect(ids(await archive.search({ correlationId: 'c-4', limit: 10 }))).toEqual([4]);
    expect(ids(await archive.search({ from: 3_000, to: 6_000, limit: 10 }))).toEqual([3, 4, 5]);
    expect(ids(await archive.search({ status: 3, from: 4_000, limit: 2 }))).toEqual([5, 7]);
    expect(await archive.search({ correlationId: "c-4' or 1=1 --", limit: 10 })).toEqual([]);
  });

  test('what was removed is not removed again, unless it was brought back and that is long ago', async () => {
    await archive.keep([row(1), row(2), row(3)]);
    const left = async (before: number) => ids(await archive.notRemoved('crmjira_integration_log', before, 10));
    await archive.markRemoved('crmjira_integration_log', [row(1).id, row(2).id], 10_000);
    expect(await left(20_000)).toEqual([3]);
    await archive.markRestored('crmjira_integration_log', [row(1).id], 15_000);
    expect(await left(15_000)).toEqual([3]);
    expect(await left(15_001)).toEqual([1, 3]);
    await archive.markRemoved('crmjira_integration_log', [row(1).id], 30_000);
    expect(await left(99_000)).toEqual([3]);
  });

  test('purged rows are gone, and only they', async () => {
    await archive.keep(Array.from({ length: 450 }, (_, n) => row(n)));
    await archive.purge(
      'crmjira_integration_log',
      Array.from({ length: 449 }, (_, n) => row(n).id),
    );
    expect(ids(await archive.search({ limit: 10 }))).toEqual([449]);
  });

  test('a record written again replaces itself; records are told in order', async () => {
    const at = 1_700_000_000_000;
    await archive.record({ kind: 'purge', id: 'b', at: at + 1, content: { n: 1 } });
    await archive.record({ kind: 'purge', id: 'a', at, content: { n: 2 } });
    await archive.record({ kind: 'purge', id: 'b', at: at + 1, content: { n: 3 } });
    await archive.record({ kind: 'figures', id: 'a', at, content: {} });
    expect(await archive.records('purge', at, at + 2)).toEqual([
      { kind: 'purge', id: 'a', at, content: { n: 2 } },
      { kind: 'purge', id: 'b', at: at + 1, content: { n: 3 } },
    ]);
    expect(await archive.records('purge', at, at + 1)).toHaveLength(1);
    await archive.dropRecords('purge', at + 1);
    expect((await archive.records('purge', 0, at + 9)).map(({ id }) => id)).toEqual(['b']);
  });
}

describe('the archive in a file', () => {
  behavesAsArchive(() => openArchive({ kind: 'sqlite', file: ':memory:' }));

  test('is open to the service and to a command at the same time, and keeps what was written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crmjira-archive-'));
    try {
      const config = { kind: 'sqlite', file: join(folder, 'deep', 'archive.sqlite') } as const;
      const [one, other] = [await openArchive(config), await openArchive(config)];
      await one.keep([row(1)]);
      await other.keep([row(2)]);
      await one.close();
      expect(await other.search({ limit: 10 })).toHaveLength(2);
      await other.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const describePostgres = postgresMissing === null ? describe : describe.skip;
describePostgres(`the archive in PostgreSQL${postgresMissing === null ? '' : ` (skipped: ${postgresMissing})`}`, () => {
  let postgres: TemporaryPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  behavesAsArchive(async () => {
    const admin = new Pool({ connectionString: postgres.url, max: 1 });
    await admin.query('drop schema if exists crmjira_archive cascade');
    await admin.end();
    return openArchive({ kind: 'postgres', databaseUrl: postgres.url });
  });
});
