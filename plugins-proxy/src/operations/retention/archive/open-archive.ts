import { z } from 'zod';
import type { Config } from '../../../platform/config/read-config';
import type { Archive, ArchivedRow } from './archive';
import { type Database, openPostgres, openSqlite, type Parameters } from './database';
import { pieces } from '../../../platform/pieces';

const schema = `
create table if not exists archived_row (
  table_name text not null,
  id text not null,
  since bigint not null,
  correlation_id text,
  status integer,
  columns text not null,
  archived_on bigint not null,
  removed_on bigint,
  restored_on bigint,
  primary key (table_name, id)
);
create index if not exists archived_row_since on archived_row (table_name, since);
create index if not exists archived_row_correlation on archived_row (correlation_id);
create table if not exists record (
  kind text not null,
  id text not null,
  at bigint not null,
  content text not null,
  primary key (kind, id)
);
create index if not exists record_at on record (kind, at)`;

const json = z.string().transform((text): unknown => JSON.parse(text));
const archivedRow = z
  .object({
    table_name: z.string(),
    id: z.string(),
    since: z.number(),
    correlation_id: z.string().nullable(),
    status: z.number().nullable(),
    columns: json.pipe(z.record(z.string(), z.unknown())),
    archived_on: z.number(),
    removed_on: z.number().nullable(),
    restored_on: z.number().nullable(),
  })
  .transform((row): ArchivedRow => ({
    table: row.table_name,
    id: row.id,
    since: row.since,
    correlationId: row.correlation_id,
    status: row.status,
    columns: row.columns,
    archivedOn: row.archived_on,
    removedOn: row.removed_on,
    restoredOn: row.restored_on,
  }));
const recordRow = z.object({ id: z.string(), at: z.number(), content: json });
const countRow = z.object({ table_name: z.string(), rows: z.number() });
const newestRow = z.object({ newest: z.number().nullable() });

/** Rows named in one statement at most: both databases bound the number of its parameters. */
const chunkSize = 200;
/** Whole rows written at a time: one commit for all of them, and a short one. */
const rowsWritten = 50;

function archiveOver(database: Database): Archive {
  const { run, number } = database;
  const columns = ['since', 'archived_on', 'removed_on', 'restored_on'].map(number).join(', ');
  const select = `select table_name, id, ${columns}, correlation_id, status, columns from archived_row `;
  const rows = async (sql: string, parameters: Parameters): Promise<readonly ArchivedRow[]> =>
    archivedRow.array().parse(await run(sql, parameters));
  const eachChunk = async (ids: readonly string[], sql: (list: string) => string, first: Parameters): Promise<void> => {
    for (const some of pieces(ids, chunkSize))
      await run(sql(some.map((_, n) => `$${first.length + n + 1}`).join(', ')), [...first, ...some]);
  };

  return {
    keep: async (given) => {
      let kept = 0;
      for (const some of pieces(given, rowsWritten)) {
        const values = some.map(({ table, id, since, correlationId, status, columns, archivedOn }) => {
          return [table, id, since, correlationId, status, JSON.stringify(columns), archivedOn];
        });
        const places = values.map((of, n) => `(${of.map((_, m) => `$${n * of.length + m + 1}`).join(', ')})`);
        const inserted = await run(
          `insert into archived_row (table_name, id, since, correlation_id, status, columns, archived_on)
           values ${places.join(', ')} on conflict do nothing returning id`,
          values.flat(),
        );
        kept += inserted.length;
      }
      return kept;
    },
    search: ({ table, correlationId, status, from, to, limit }) => {
      const wanted: readonly (readonly [string, string | number | undefined])[] = [
        ['table_name =', table],
        ['correlation_id =', correlationId],
        ['status =', status],
        ['since >=', from],
        ['since <', to],
      ];
      const given = wanted.flatMap(([test, value]) => (value === undefined ? [] : [[test, value] as const]));
      const where = given.map(([test], n) => `${test} $${n + 1}`).join(' and ');
      const parameters = [...given.map(([, value]) => value), limit];
      return rows(`${select}${where === '' ? '' : `where ${where}`} order by since, id limit $${parameters.length}`, [
        ...parameters,
      ]);
    },
    newest: async (table) => {
      const sql = `select max(since) as newest from archived_row where table_name = $1`;
      const [row] = await run(`select ${number('newest')} from (${sql}) as latest`, [table]);
      return newestRow.parse(row).newest;
    },
    notRemoved: (table, restoredBefore, limit) =>
      rows(
        `${select}where table_name = $1 and (removed_on is null or restored_on >= removed_on)
           and (restored_on is null or restored_on < $2) order by since, id limit $3`,
        [table, restoredBefore, limit],
      ),
    markRemoved: (table, ids, at) =>
      eachChunk(ids, (list) => `update archived_row set removed_on = $2 where table_name = $1 and id in (${list})`, [
        table,
        at,
      ]),
    markRestored: (table, ids, at) =>
      eachChunk(ids, (list) => `update archived_row set restored_on = $2 where table_name = $1 and id in (${list})`, [
        table,
        at,
      ]),
    purge: (table, ids) =>
      eachChunk(ids, (list) => `delete from archived_row where table_name = $1 and id in (${list})`, [table]),
    counts: async () => {
      const sql = `select table_name, count(*) as rows from archived_row group by table_name`;
      const found = await run(`select table_name, ${number('rows')} from (${sql}) as counted order by table_name`);
      return countRow
        .array()
        .parse(found)
        .map(({ table_name: table, rows: count }) => ({ table, rows: count }));
    },
    record: async ({ kind, id, at, content }) => {
      await run(
        `insert into record (kind, id, at, content) values ($1, $2, $3, $4)
         on conflict (kind, id) do update set at = excluded.at, content = excluded.content`,
        [kind, id, at, JSON.stringify(content)],
      );
    },
    records: async (kind, from, to) => {
      const found = await run(
        `select id, ${number('at')}, content from record where kind = $1 and at >= $2 and at < $3 order by at, id`,
        [kind, from, to],
      );
      return recordRow
        .array()
        .parse(found)
        .map((row) => ({ kind, ...row }));
    },
    dropRecords: async (kind, before) => {
      await run(`delete from record where kind = $1 and at < $2`, [kind, before]);
    },
    close: database.close,
  };
}

/** Opens the archive that the configuration names: PostgreSQL with DATABASE_URL, else a file of its own. */
export async function openArchive(config: Config['archive']): Promise<Archive> {
  return archiveOver(
    config.kind === 'postgres' ? await openPostgres(config.databaseUrl, schema) : openSqlite(config.file, schema),
  );
}
