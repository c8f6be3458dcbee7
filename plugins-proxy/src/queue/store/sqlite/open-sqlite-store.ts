import { randomUUID } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { Claim, Delivery, Failure, Millis, Store, EnqueueRequest } from '../store';
import { prefixEnd } from '../prefix-end';
import { createGroupCommit } from './group-commit';
import { toClaim } from '../rows';
import { readsOf } from './reads';
import { leaseClock } from './lease-clock';
import { ownFile } from './own-file';
import { countedDeliveries } from '../counted-deliveries';
import { inPieces } from '../in-pieces';
import { migrateSqlite } from './migrations';
import { privateFile } from './private-file';
import { sqliteStatements as sql } from './statements';
import { watchFile } from './watch-file';

/** Milliseconds to wait for another process to let go of the file before giving up. */
const lockTimeoutMs = 2_000;

/** Keys enqueued in one transaction at most: a daily sync of many mappings holds up no delivery (F-506). */
const enqueuedTogether = 200;

/**
 * Pages of the log that SQLite carries into its file at a time, within a commit. While many rows are deleted it does so in small portions:
 * a thousand pages at once hold up the deliveries that come meanwhile (F-506).
 */
const carriedAtOnce = { usual: 1_000, whileDeleting: 100 } as const;

const pageSizeRow = z.object({ page_size: z.number() });

function openDatabase(file: string, maximumBytes: number | null): DatabaseSync {
  const database = new DatabaseSync(file === ':memory:' ? file : privateFile(file));
  database.exec(`pragma busy_timeout = ${lockTimeoutMs}`);
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  if (maximumBytes !== null) {
    const { page_size } = pageSizeRow.parse(database.prepare('pragma page_size').get());
    database.exec(`pragma max_page_count = ${Math.floor(maximumBytes / page_size)}`);
  }
  migrateSqlite(database);
  return database;
}

/** @throws when it does not open; another process may own it then */
function openOwned(file: string, maximumBytes: number | null, letGo: () => void): DatabaseSync {
  try {
    return openDatabase(file, maximumBytes);
  } catch (error) {
    letGo();
    throw error;
  }
}

/**
 * The embedded store: one file, WAL, synchronous = FULL, writes committed in groups.
 * @param file path of the database, made when it isn't there
 * @param maximumBytes largest size of the database; what does not fit is refused, and nothing of it is kept. Null = as the disk allows
 * @throws when another process owns the file
 */
export function openSqliteStore(file: string, maximumBytes: number | null = null): Store {
  const letGo = ownFile(file, lockTimeoutMs);
  const database = openOwned(file, maximumBytes, letGo);
  const reads = readsOf(database);
  const { write } = createGroupCommit(database, file === ':memory:' ? undefined : watchFile(file));
  const statement = {
    insertDelivery: database.prepare(sql.insertDelivery),
    enqueue: database.prepare(sql.enqueue),
    claim: database.prepare(sql.claim),
    renew: database.prepare(sql.renew),
    giveBackExcept: database.prepare(sql.giveBackExcept),
    complete: database.prepare(sql.complete),
    fail: database.prepare(sql.fail),
    hasten: database.prepare(sql.hasten),
    writeCursor: database.prepare(sql.writeCursor),
    dropCursors: database.prepare(sql.dropCursors),
    count: database.prepare(sql.count),
    lease: database.prepare(sql.lease),
    prune: database.prepare(sql.prune),
    pruneJobs: database.prepare(sql.pruneJobs),
  };
  // Leases of a process that was killed: nobody else can hold one, as the file has one owner.
  database.exec(sql.clearLeases);

  const enqueueOne = (request: EnqueueRequest, deliveredAt: Millis | null = null): void => {
    statement.enqueue.run({
      key: request.key,
      at: request.at,
      due: request.at + (request.delayMs ?? 0),
      correlationId: request.correlationId,
      trigger: request.trigger ?? 'event',
      urgent: request.urgent === true ? 1 : 0,
      deliveredAt,
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
    statement.count.run({ name: countedDeliveries[ignoredBecause === null ? 'accepted' : 'ignored'] });
    for (const key of delivery.keys)
      enqueueOne({ key, at: receivedAt, correlationId, delayMs: delivery.delayMs ?? 0 }, receivedAt);
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
    enqueue: async (requests) => {
      for (let from = 0; from < requests.length; from += enqueuedTogether)
        await write(() => requests.slice(from, from + enqueuedTogether).forEach((request) => enqueueOne(request)));
    },
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
          statement.fail.run({
            key: claim.key,
            token: claim.leaseToken,
            now,
            clock: leaseClock(),
            ...failure,
            connectionId: failure.connectionId ?? null,
          }).changes,
        ),
      ),
    ...reads,
    hasten: (failures, now, which) =>
      write(() =>
        Number(
          statement.hasten.run({
            failures: JSON.stringify(failures),
            now,
            clock: leaseClock(),
            most: which === 'all' ? -1 : 1,
          }).changes,
        ),
      ),
    writeCursor: (name, value) => write(() => void statement.writeCursor.run({ name, value })),
    dropCursors: (prefix, before) =>
      write(() => void statement.dropCursors.run({ prefix, end: prefixEnd(prefix), before })),
    count: (counter) => write(() => void statement.count.run({ name: counter })),
    lease: (name, holder, ms) =>
      write(() => held(statement.lease.run({ name, holder, until: leaseClock() + ms, clock: leaseClock() }).changes)),
    prune: async (before) => {
      const piecesOf = (prune: StatementSync) =>
        inPieces((most) => write(() => Number(prune.run({ before, most }).changes)));
      database.exec(`pragma wal_autocheckpoint = ${carriedAtOnce.whileDeleting}`);
      try {
        await piecesOf(statement.pruneJobs);
        return await piecesOf(statement.prune);
      } finally {
        database.exec(`pragma wal_autocheckpoint = ${carriedAtOnce.usual}`);
      }
    },
    close: async () => {
      // Lets a group that is waiting commit first; one that cannot be committed keeps nothing open.
      await write(() => undefined).finally(() => {
        database.close();
        letGo();
      });
    },
  };
}
