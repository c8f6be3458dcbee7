import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { countedDeliveries } from '../counted-deliveries';
import { sqliteSchema } from './schema';

const namesOf = (database: DatabaseSync, sql: string): readonly string[] =>
  z
    .object({ name: z.string() })
    .array()
    .parse(database.prepare(sql).all())
    .map(({ name }) => name);

/** Steps by which a file comes from one version to the next, in their order; a step that was released never changes. */
const migrations: readonly ((database: DatabaseSync) => void)[] = [
  // 1: pauses are measured by the store. Some files of version 0 have the column.
  (database) => {
    const columns = namesOf(database, "select name from pragma_table_info('job')");
    if (!columns.includes('pause_until')) database.exec('alter table job add column pause_until integer');
  },
  // 2: nothing that a run asks grows with the deliveries of the past (F-505): which keys came lately stands on their jobs, in place of
  // a row a delivery; deliveries are counted as they come; each question has its index.
  (database) =>
    database.exec(`
      alter table job add column delivered_at integer;
      alter table job add column delivered_count integer not null default 0;
      update job set delivered_at = (select max(received_at) from delivery_key where delivery_key.key = job.key);
      update job set delivered_count = 1 where delivered_at is not null;
      drop table delivery_key;
      insert into counter (name, value) select '${countedDeliveries.accepted}', count(*) from delivery where ignored_because is null;
      insert into counter (name, value) select '${countedDeliveries.ignored}', count(*) from delivery where ignored_because is not null;
      create index job_delivered on job (delivered_at, key) where delivered_at is not null;
      create index job_waiting on job (waiting_since) where seq > done_seq and dead_at is null;
      create index job_paused on job (pause_until) where seq > done_seq and dead_at is null and pause_until is not null;
      create index job_leased on job (lease_until) where lease_token is not null;
      create index job_dead on job (dead_at) where dead_at is not null;
      create index job_ended on job (due_at) where seq = done_seq and lease_token is null;
      drop index delivery_correlation_id;
      create index delivery_correlation on delivery (correlation_id, received_at);`),
  // 3: what failed and waits is asked for by its code (F-207).
  (database) =>
    database.exec('create index job_failing on job (error_code, due_at) where attempts > 0 and seq > done_seq'),
  // 4: what began a run is a field, no longer the beginning of its correlation id.
  (database) =>
    database.exec(`
      alter table job add column triggered_by text not null default 'event';
      update job set triggered_by = 'daily-sync' where seq > done_seq and correlation_id like 'daily-sync-%'`),
  // 5: of several sites each recovers by itself.
  (database) => database.exec('alter table job add column failed_connection text'),
];

/** Brings a file to the newest version, whatever version made it: all steps that it lacks, or none. */
export function migrateSqlite(database: DatabaseSync): void {
  const { user_version: version } = z
    .object({ user_version: z.number() })
    .parse(database.prepare('pragma user_version').get());
  if (version >= migrations.length) return;
  database.exec('begin immediate');
  try {
    if (version === 0) database.exec(sqliteSchema);
    for (const migrate of migrations.slice(version)) migrate(database);
    database.exec(`pragma user_version = ${migrations.length}`);
    database.exec('commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}
