import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { countedDeliveries } from '../counted-deliveries';
import { postgresSchema } from './schema';

/**
 * Steps by which a database comes from one version to the next, in their order; a step that was released never changes. Replicas of the
 * version before go on working beside it until they are replaced: nothing that they use may go.
 */
const migrations: readonly string[] = [
  postgresSchema,
  // 2: nothing that a run asks grows with the deliveries of the past (F-505): which keys came lately stands on their jobs, in place of
  // a row a delivery; deliveries are counted as they come; each question has its index. `delivery_key` is left to replicas of the version
  // before; deliveries take its rows along.
  `
  alter table crmjira.job add column delivered_at bigint;
  alter table crmjira.job add column delivered_count bigint not null default 0;
  update crmjira.job as j set delivered_at = found.at, delivered_count = 1
    from (select key, max(received_at) as at from crmjira.delivery_key group by key) as found where found.key = j.key;
  insert into crmjira.counter (name, value)
    select '${countedDeliveries.accepted}', count(*) from crmjira.delivery where ignored_because is null;
  insert into crmjira.counter (name, value)
    select '${countedDeliveries.ignored}', count(*) from crmjira.delivery where ignored_because is not null;
  create index job_delivered on crmjira.job (delivered_at, key) where delivered_at is not null;
  create index job_waiting on crmjira.job (waiting_since) where seq > done_seq and dead_at is null;
  create index job_paused on crmjira.job (pause_until)
    where seq > done_seq and dead_at is null and pause_until is not null;
  create index job_leased on crmjira.job (lease_until) where lease_token is not null;
  create index job_dead on crmjira.job (dead_at) where dead_at is not null;
  create index job_ended on crmjira.job (due_at) where seq = done_seq and lease_token is null;
  drop index crmjira.delivery_correlation_id;
  create index delivery_correlation on crmjira.delivery (correlation_id, received_at);
  `,
  // 3: what failed and waits is asked for by its code (F-207).
  'create index job_failing on crmjira.job (error_code, due_at) where attempts > 0 and seq > done_seq',
  // 4: what began a run is a field, no longer the beginning of its correlation id.
  `
  alter table crmjira.job add column triggered_by text not null default 'event';
  update crmjira.job set triggered_by = 'daily-sync' where seq > done_seq and correlation_id like 'daily-sync-%'
  `,
  // 5: of several sites each recovers by itself.
  'alter table crmjira.job add column failed_connection text',
];

async function missingSteps(client: PoolClient): Promise<readonly string[]> {
  await client.query(`
    create schema if not exists crmjira;
    create table if not exists crmjira.migration (version integer primary key, applied_at timestamptz not null default now())`);
  const { rows } = await client.query('select coalesce(max(version), 0) as version from crmjira.migration');
  const { version } = z.object({ version: z.number() }).parse(rows[0]);
  return migrations.slice(version);
}

/** Brings a database to the newest version, whatever version made it: all steps that it lacks, or none. */
export async function migratePostgres(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // Several replicas may start at the same moment.
    await client.query('select pg_advisory_xact_lock(7246501)');
    const missing = await missingSteps(client);
    for (const [index, step] of missing.entries()) {
      await client.query(step);
      await client.query('insert into crmjira.migration (version) values ($1)', [
        migrations.length - missing.length + index + 1,
      ]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
