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
  cursorRow,
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
  /** By its name a connection parses and plans a statement once, not each time: half the work of a delivery (F-505). */
  const ask = (name: keyof typeof sql, values: readonly unknown[] = []): Promise<QueryResult> =>
    pool.query({ name, text: sql[name], values: [...values] });
  const changedOne = (result: QueryResult): boolean => result.rowCount === 1;

  const store = async (deliveries: readonly Delivery[]): Promise<ReadonlySet<string>> => {
    const keys = deliveries.flatMap(({ id, keys, delayMs = 0 }) => keys.map((key) => ({ id, key, delayMs })));
    const { rows } = await ask('receive', [
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
    enqueue: async (requests) => {
      for (const request of requests)
        await ask('enqueue', [
          request.key,
          request.at,
          request.correlationId,
          request.urgent === true,
          request.delayMs ?? 0,
          request.trigger ?? 'event',
        ]);
    },
    claim: async (now, leaseMs) => {
      const leaseToken = `${owner}/${randomUUID()}`;
      const { rows } = await ask('claim', [leaseToken, now, leaseMs]);
      if (rows.length === 0) return null;
      return toClaim(rows[0], leaseToken);
    },
    giveBackExcept: async (held) => (await ask('giveBackExcept', [`${owner}/`, held])).rowCount ?? 0,
    renew: async (claim, leaseMs) => changedOne(await ask('renew', [claim.key, claim.leaseToken, leaseMs])),
    complete: async ({ key, leaseToken, seq, dueAt }, now, restMs = 0) =>
      changedOne(await ask('complete', [key, leaseToken, seq, now, dueAt, restMs])),
    fail: async (claim, failure, now) =>
      changedOne(
        await ask('fail', [
          claim.key,
          claim.leaseToken,
          failure.code,
          failure.message,
          failure.retryAt,
          now,
          failure.connectionId ?? null,
        ]),
      ),
    failing: async () => failingRow.array().parse((await ask('failing')).rows),
    hasten: async (failures, now, which) =>
      (await ask('hasten', [JSON.stringify(failures), now, which === 'all' ? null : 1])).rowCount ?? 0,
    deadLetters: async (limit) => deadLetterRow.array().parse((await ask('deadLetters', [limit])).rows),
    deliveryOf: async (correlationId) => {
      const { rows } = await ask('deliveryOf', [correlationId]);
      return rows.length === 0 ? null : deliveryRow.parse(rows[0]);
    },
    countDeliveries: async (key, at) => {
      const { rows } = await ask('countDeliveries', [key, at]);
      return rows.length === 0 ? 0 : countRow.parse(rows[0]).n;
    },
    recentKeys: async (prefix, since) => {
      const { rows } = await ask('recentKeys', [prefix, prefixEnd(prefix), since]);
      return keyRow
        .array()
        .parse(rows)
        .map((row) => row.key);
    },
    deliveredKeys: async (since) => {
      const { rows } = await ask('deliveredKeys', [since]);
      return keyRow
        .array()
        .parse(rows)
        .map((row) => row.key);
    },
    readCursor: async (name) => {
      const { rows } = await ask('readCursor', [name]);
      return rows.length === 0 ? null : cursorRow.parse(rows[0]).value;
    },
    writeCursor: async (name, value) => void (await ask('writeCursor', [name, value])),
    dropCursors: async (prefix, before) => void (await ask('dropCursors', [prefix, prefixEnd(prefix), before])),
    jobs: async (keys) => jobRow.array().parse((await ask('jobs', [keys])).rows),
    count: async (counter) => void (await ask('count', [counter])),
    statistics: async (now) => {
      const jobs = jobStatisticsRow.parse((await ask('jobStatistics', [now])).rows[0]);
      const counters = counterRow.array().parse((await ask('counters')).rows);
      return {
        pending: jobs.pending,
        running: jobs.running,
        dead: jobs.dead,
        oldestDueAgeMs: jobs.oldest === null ? null : now - jobs.oldest,
        ...partCounters(counters),
      };
    },
    lease: async (name, holder, ms) => changedOne(await ask('lease', [name, holder, ms])),
    prune: async (before) => {
      const piecesOf = (prune: 'prune' | 'pruneJobs') =>
        inPieces(async (most) => (await ask(prune, [before, most])).rowCount ?? 0);
      await piecesOf('pruneJobs');
      return piecesOf('prune');
    },
    close: () => pool.end(),
  };
}
