import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Claim, Delivery, Failure, Millis, Store, Touch } from '../store';
import { prefixEnd } from '../prefix-end';
import { createGroupCommit } from './group-commit';
import {
  counterRow,
  countRow,
  deadLetterRow,
  deliveryRow,
  deliveryStatisticsRow,
  jobRow,
  jobStatisticsRow,
  keyRow,
  markRow,
  toClaim,
} from '../rows';
import { sqliteSchema } from './schema';
import { sqliteStatements as sql } from './statements';

/** Milliseconds to wait for another process to let go of the file before giving up. */
const lockTimeoutMs = 2_000;

/**
 * What leases and pauses are measured by: it never jumps, and only this process needs to understand it, as the file has one owner. Milliseconds,
 * rounded up, so that a lease is never over too early.
 */
const leaseClock = (): Millis => Math.ceil(performance.timeOrigin + performance.now());

const nameRow = z.object({ name: z.string() });
const pageSizeRow = z.object({ page_size: z.number() });

function openDatabase(file: string, maximumBytes: number | null): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(resolve(file)), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec(`pragma busy_timeout = ${lockTimeoutMs}`);
  // One process owns the file: a second one is refused at start instead of fighting over leases.
  database.exec('pragma locking_mode = exclusive');
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec('pragma foreign_keys = on');
  if (maximumBytes !== null) {
    const { page_size } = pageSizeRow.parse(database.prepare('pragma page_size').get());
    database.exec(`pragma max_page_count = ${Math.floor(maximumBytes / page_size)}`);
  }
  database.exec(sqliteSchema);
  // A file from before pauses were measured by the store.
  const columns = z.array(nameRow).parse(database.prepare(sql.jobColumns).all());
  if (!columns.some(({ name }) => name === 'pause_until')) database.exec(sql.addPauses);
  return database;
}

/**
 * The embedded store: one file, WAL, synchronous = FULL, writes committed in groups.
 * @param file path of the database, made when it isn't there
 * @param maximumBytes largest size of the database; what does not fit is refused, and nothing of it is kept. Null = as the disk allows
 * @throws when another process has the file open
 */
export function openSqliteStore(file: string, maximumBytes: number | null = null): Store {
  const database = openDatabase(file, maximumBytes);
  const { write } = createGroupCommit(database);
  const statement = {
    insertDelivery: database.prepare(sql.insertDelivery),
    insertDeliveryKey: database.prepare(sql.insertDeliveryKey),
    touch: database.prepare(sql.touch),
    claim: database.prepare(sql.claim),
    renew: database.prepare(sql.renew),
    giveBackExcept: database.prepare(sql.giveBackExcept),
    complete: database.prepare(sql.complete),
    fail: database.prepare(sql.fail),
    deadLetters: database.prepare(sql.deadLetters),
    deliveryOf: database.prepare(sql.deliveryOf),
    countDeliveries: database.prepare(sql.countDeliveries),
    recentKeys: database.prepare(sql.recentKeys),
    deliveredKeys: database.prepare(sql.deliveredKeys),
    readMark: database.prepare(sql.readMark),
    writeMark: database.prepare(sql.writeMark),
    dropMarks: database.prepare(sql.dropMarks),
    jobs: database.prepare(sql.jobs),
    count: database.prepare(sql.count),
    counters: database.prepare(sql.counters),
    jobStatistics: database.prepare(sql.jobStatistics),
    deliveryStatistics: database.prepare(sql.deliveryStatistics),
    lease: database.prepare(sql.lease),
    prune: database.prepare(sql.prune),
    pruneJobs: database.prepare(sql.pruneJobs),
  };
  // Leases of a process that was killed: nobody else can hold one, as the file has one owner.
  database.exec(sql.clearLeases);

  const touchOne = (touch: Touch): void => {
    statement.touch.run({
      key: touch.key,
      at: touch.at,
      due: touch.at + (touch.delayMs ?? 0),
      correlationId: touch.correlationId,
      urgent: touch.urgent === true ? 1 : 0,
    });
  };

  const receiveOne = (delivery: Delivery): 'stored' | 'duplicate' => {
    const { id, source, event, ignoredBecause, bodyHash, correlationId, receivedAt } = delivery;
    const { changes } = statement.insertDelivery.run({
      id,
      source,
      event,
      ignoredBecause,
      bodyHash,
      correlationId,
      receivedAt,
    });
    if (Number(changes) === 0) return 'duplicate';
    for (const key of delivery.keys) {
      statement.insertDeliveryKey.run({ id, key, receivedAt });
      touchOne({ key, at: receivedAt, correlationId, delayMs: delivery.delayMs ?? 0 });
    }
    return 'stored';
  };

  const claimOne = (now: Millis, leaseMs: number): Claim | null => {
    const token = randomUUID();
    const row = statement.claim.get({ token, now, clock: leaseClock(), until: leaseClock() + leaseMs });
    if (row === undefined) return null;
    return toClaim(row, token);
  };

  const held = (changes: number | bigint): boolean => Number(changes) === 1;

  return {
    receive: (delivery) => write(() => receiveOne(delivery)),
    touch: (touches) => write(() => touches.forEach(touchOne)),
    claim: (now, leaseMs) => write(() => claimOne(now, leaseMs)),
    giveBackExcept: (tokens) =>
      write(() => Number(statement.giveBackExcept.run({ held: JSON.stringify(tokens) }).changes)),
    renew: ({ key, leaseToken: token }, leaseMs) =>
      write(() => held(statement.renew.run({ key, token, until: leaseClock() + leaseMs }).changes)),
    complete: ({ key, leaseToken: token, seq, dueAt: due }, now, rest = 0) =>
      write(() => held(statement.complete.run({ key, token, seq, due, now, rest }).changes)),
    fail: (claim, failure: Failure, now) =>
      write(() =>
        held(
          statement.fail.run({ key: claim.key, token: claim.leaseToken, now, clock: leaseClock(), ...failure }).changes,
        ),
      ),
    deadLetters: async (limit) =>
      statement.deadLetters
        .all({ limit })
        .map((row) => deadLetterRow.parse(row))
        .map((row) => ({
          key: row.key,
          code: row.error_code ?? '',
          message: row.error_message ?? '',
          attempts: row.attempts,
          deadSince: row.dead_at,
        })),
    deliveryOf: async (correlationId) => {
      const row = statement.deliveryOf.get({ correlationId });
      return row === undefined ? null : deliveryRow.parse(row);
    },
    countDeliveries: async (key, since) => countRow.parse(statement.countDeliveries.get({ key, since })).n,
    recentKeys: async (prefix, since) =>
      statement.recentKeys.all({ prefix, end: prefixEnd(prefix), since }).map((row) => keyRow.parse(row).key),
    deliveredKeys: async (since) => statement.deliveredKeys.all({ since }).map((row) => keyRow.parse(row).key),
    readMark: async (name) => {
      const row = statement.readMark.get({ name });
      return row === undefined ? null : markRow.parse(row).value;
    },
    writeMark: (name, value) => write(() => void statement.writeMark.run({ name, value })),
    dropMarks: (prefix, before) =>
      write(() => void statement.dropMarks.run({ prefix, end: prefixEnd(prefix), before })),
    jobs: async (keys) =>
      statement.jobs.all({ keys: JSON.stringify(keys), clock: leaseClock() }).map((row) => jobRow.parse(row)),
    count: (counter) => write(() => void statement.count.run({ name: counter })),
    statistics: async (now) => {
      const jobs = jobStatisticsRow.parse(statement.jobStatistics.get({ now, clock: leaseClock() }));
      return {
        pending: jobs.pending,
        running: jobs.running,
        dead: jobs.dead,
        oldestDueAgeMs: jobs.oldest === null ? null : now - jobs.oldest,
        deliveries: deliveryStatisticsRow.parse(statement.deliveryStatistics.get()),
        counters: Object.fromEntries(
          statement.counters.all().map((row) => {
            const { name, value } = counterRow.parse(row);
            return [name, value];
          }),
        ),
      };
    },
    lease: (name, holder, ms) =>
      write(() => held(statement.lease.run({ name, holder, until: leaseClock() + ms, clock: leaseClock() }).changes)),
    prune: (before) =>
      write(() => {
        statement.pruneJobs.run({ before });
        return Number(statement.prune.run({ before }).changes);
      }),
    close: async () => {
      // Lets a group that is waiting commit first.
      await write(() => undefined);
      database.close();
    },
  };
}
