import { DatabaseSync } from 'node:sqlite';
import { partCounters } from '../counted-deliveries';
import { prefixEnd } from '../prefix-end';
import {
  counterRow,
  countRow,
  deadLetterRow,
  deliveryRow,
  failingRow,
  jobRow,
  jobStatisticsRow,
  keyRow,
  cursorRow,
} from '../rows';
import type { StoreReads } from '../store';
import { leaseClock } from './lease-clock';
import { sqliteStatements as sql } from './statements';

/** What only reads, over a connection of the owner's or of somebody who looks on. */
export function readsOf(database: DatabaseSync): StoreReads {
  const statement = {
    failing: database.prepare(sql.failing),
    deadLetters: database.prepare(sql.deadLetters),
    deliveryOf: database.prepare(sql.deliveryOf),
    countDeliveries: database.prepare(sql.countDeliveries),
    recentKeys: database.prepare(sql.recentKeys),
    deliveredKeys: database.prepare(sql.deliveredKeys),
    readCursor: database.prepare(sql.readCursor),
    jobs: database.prepare(sql.jobs),
    counters: database.prepare(sql.counters),
    jobStatistics: database.prepare(sql.jobStatistics),
  };
  return {
    failing: async () => statement.failing.all().map((row) => failingRow.parse(row)),
    deadLetters: async (limit) => statement.deadLetters.all({ limit }).map((row) => deadLetterRow.parse(row)),
    deliveryOf: async (correlationId) => {
      const row = statement.deliveryOf.get({ correlationId });
      return row === undefined ? null : deliveryRow.parse(row);
    },
    countDeliveries: async (key, at) => {
      const row = statement.countDeliveries.get({ key, at });
      return row === undefined ? 0 : countRow.parse(row).n;
    },
    recentKeys: async (prefix, since) =>
      statement.recentKeys.all({ prefix, end: prefixEnd(prefix), since }).map((row) => keyRow.parse(row).key),
    deliveredKeys: async (since) => statement.deliveredKeys.all({ since }).map((row) => keyRow.parse(row).key),
    readCursor: async (name) => {
      const row = statement.readCursor.get({ name });
      return row === undefined ? null : cursorRow.parse(row).value;
    },
    jobs: async (keys) =>
      statement.jobs.all({ keys: JSON.stringify(keys), clock: leaseClock() }).map((row) => jobRow.parse(row)),
    statistics: async (now) => {
      const jobs = jobStatisticsRow.parse(statement.jobStatistics.get({ now, clock: leaseClock() }));
      return {
        pending: jobs.pending,
        running: jobs.running,
        dead: jobs.dead,
        oldestDueAgeMs: jobs.oldest === null ? null : now - jobs.oldest,
        ...partCounters(counterRow.array().parse(statement.counters.all())),
      };
    },
  };
}

/**
 * A look into the store of a service that may be running (F-211).
 * @throws when there is no such file, or it is none
 */
export function openSqliteReads(file: string): StoreReads & { readonly close: () => Promise<void> } {
  const database = new DatabaseSync(file, { readOnly: true });
  return { ...readsOf(database), close: async () => database.close() };
}
