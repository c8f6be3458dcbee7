import { randomUUID } from 'node:crypto';
import { Pool, type QueryResult } from 'pg';
import {
  counterRow,
  countRow,
  deadLetterRow,
  deliveryRow,
  failingRow,
  idRow,
  jobRow,
  jobStatisticsRow,
  keyRow,
  markRow,
  toClaim,
} from '../rows';
import { prefixEnd } from '../prefix-end';
import type { Delivery, Store } from '../store';
import { groupReceive } from './group-receive';
import { countedDeliveries, partCounters } from '../counted-deliveries';
import { inPieces } from '../in-pieces';
import { migratePostgres } from './migrations';
import { postgresStatements as sql } from './statements';

/** Connections a replica holds at most. */
const poolSize = 10;

/**
 * The shared store for several replicas.
 * @param databaseUrl `postgres://…`; the role needs the right to create the schema `crmjira` once
 */
export async function openPostgresStore(databaseUrl: string): Promise<Store> {
  const pool = new Pool({ connectionString: databaseUrl, max: poolSize, application_name: 'crmjira-proxy' });
  // An idle connection that breaks is replaced by the pool at the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  try {
    await migratePostgres(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  /** Begins every lease token that is given out here. */
  const owner = randomUUID();
  /** Of sixteen: two replicas seldom wait for each other's row of a counter. */
  const shard = owner.charAt(0);
  const changedOne = (result: QueryResult): boolean => result.rowCount === 1;

  const store = async (deliveries: readonly Delivery[]): Promise<ReadonlySet<string>> => {
    const keys = deliveries.flatMap(({ id, keys, delayMs = 0 }) => keys.map((key) => ({ id, key, delayMs })));
    const { rows } = await pool.query(sql.receive, [
      deliveries.map(({ id }) => id),
      deliveries.map(({ source }) => source),
      deliveries.map(({ event }) => event),
      deliveries.map(({ ignoredBecause }) => ignoredBecause),
      deliveries.map(({ bodyHash }) => bodyHash),
      deliveries.map(({ correlationId }) => correlationId),
      deliveries.map(({ receivedAt }) => receivedAt),
      keys.map(({ id }) => id),
      keys.map(({ key }) => key),
      keys.map(({ delayMs }) => delayMs),
      `${countedDeliveries.accepted}/${shard}`,
      `${countedDeliveries.ignored}/${shard}`,
    ]);
    return new Set(
      idRow
        .array()
        .parse(rows)
        .map(({ id }) => id),
    );
  };

  return {
    receive: groupReceive(store),
    touch: async (touches) => {
      for (const touch of touches)
        await pool.query(sql.touch, [
          touch.key,
          touch.at,
          touch.correlationId,
          touch.urgent === true,
          touch.delayMs ?? 0,
        ]);
    },
    claim: async (now, leaseMs) => {
      const leaseToken = `${owner}/${randomUUID()}`;
      const { rows } = await pool.query(sql.claim, [leaseToken, now, leaseMs]);
      if (rows.length === 0) return null;
      return toClaim(rows[0], leaseToken);
    },
    giveBackExcept: async (held) => (await pool.query(sql.giveBackExcept, [`${owner}/`, held])).rowCount ?? 0,
    renew: async (claim, leaseMs) => changedOne(await pool.query(sql.renew, [claim.key, claim.leaseToken, leaseMs])),
    complete: async ({ key, leaseToken, seq, dueAt }, now, restMs = 0) =>
      changedOne(await pool.query(sql.complete, [key, leaseToken, seq, now, dueAt, restMs])),
    fail: async (claim, failure, now) =>
      changedOne(
        await pool.query(sql.fail, [claim.key, claim.leaseToken, failure.code, failure.message, failure.retryAt, now]),
      ),
    failing: async () => failingRow.array().parse((await pool.query(sql.failing)).rows),
    hasten: async (codes, now, which) =>
      (await pool.query(sql.hasten, [codes, now, which === 'all' ? null : 1])).rowCount ?? 0,
    deadLetters: async (limit) => {
      const { rows } = await pool.query(sql.deadLetters, [limit]);
      return deadLetterRow
        .array()
        .parse(rows)
        .map((row) => ({
          key: row.key,
          code: row.error_code ?? '',
          message: row.error_message ?? '',
          attempts: row.attempts,
          deadSince: row.dead_at,
        }));
    },
    deliveryOf: async (correlationId) => {
      const { rows } = await pool.query(sql.deliveryOf, [correlationId]);
      return rows.length === 0 ? null : deliveryRow.parse(rows[0]);
    },
    countDeliveries: async (key, at) => {
      const { rows } = await pool.query(sql.countDeliveries, [key, at]);
      return rows.length === 0 ? 0 : countRow.parse(rows[0]).n;
    },
    recentKeys: async (prefix, since) => {
      const { rows } = await pool.query(sql.recentKeys, [prefix, prefixEnd(prefix), since]);
      return keyRow
        .array()
        .parse(rows)
        .map((row) => row.key);
    },
    deliveredKeys: async (since) => {
      const { rows } = await pool.query(sql.deliveredKeys, [since]);
      return keyRow
        .array()
        .parse(rows)
        .map((row) => row.key);
    },
    readMark: async (name) => {
      const { rows } = await pool.query(sql.readMark, [name]);
      return rows.length === 0 ? null : markRow.parse(rows[0]).value;
    },
    writeMark: async (name, value) => void (await pool.query(sql.writeMark, [name, value])),
    dropMarks: async (prefix, before) => void (await pool.query(sql.dropMarks, [prefix, prefixEnd(prefix), before])),
    jobs: async (keys) => jobRow.array().parse((await pool.query(sql.jobs, [keys])).rows),
    count: async (counter) => void (await pool.query(sql.count, [counter])),
    statistics: async (now) => {
      const jobs = jobStatisticsRow.parse((await pool.query(sql.jobStatistics, [now])).rows[0]);
      const counters = counterRow.array().parse((await pool.query(sql.counters)).rows);
      return {
        pending: jobs.pending,
        running: jobs.running,
        dead: jobs.dead,
        oldestDueAgeMs: jobs.oldest === null ? null : now - jobs.oldest,
        ...partCounters(counters),
      };
    },
    lease: async (name, holder, ms) => changedOne(await pool.query(sql.lease, [name, holder, ms])),
    prune: async (before) => {
      const piecesOf = (prune: string) =>
        inPieces(async (most) => (await pool.query(prune, [before, most])).rowCount ?? 0);
      await piecesOf(sql.pruneJobs);
      return piecesOf(sql.prune);
    },
    close: () => pool.end(),
  };
}
