import { monitorErrorRowId } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import type { SentryIssue } from '../../../clients/sentry/answers';
import { dayWrites, errorWrite, type MonitorError, readDays, readErrors } from './monitor-rows';

/** Writes in one change set. */
const writesTogether = 200;

/** Events of an error by UTC day, as far as the monitor has told: of 30 days, or of 14. Pure. */
export function eventsByDay({ stats }: Pick<SentryIssue, 'stats'>): ReadonlyMap<string, number> {
  const series = stats?.['30d'] ?? stats?.['14d'] ?? [];
  const counts = new Map<string, number>();
  for (const [seconds, count] of series) {
    const at = new Date(seconds * 1_000);
    if (Number.isNaN(at.getTime()) || !Number.isSafeInteger(count) || count < 0) continue;
    const day = at.toISOString().slice(0, 10);
    counts.set(day, (counts.get(day) ?? 0) + count);
  }
  return counts;
}

/** What an import came to. */
export interface Imported {
  /** Rows that were written. */
  readonly written: number;
  /** Ids in the monitor: errors that had no row before. */
  readonly fresh: readonly string[];
  /** Ids in the monitor: errors whose status is another than their row's was. */
  readonly turned: readonly string[];
}

/**
 * Brings the rows of errors and of their days into agreement with the monitor: each by an id of its own, so that a repeat writes
 * nothing. What has not changed costs two reads for fifty errors.
 */
export async function importErrors(
  dataverse: DataverseReader & Pick<DataverseClient, 'changeSet'>,
  projectId: string,
  issues: readonly SentryIssue[],
): Promise<Imported> {
  const ids = issues.map(({ id }) => monitorErrorRowId(projectId, id));
  const stored = new Map((await readErrors(dataverse, ids)).map((error): [string, MonitorError] => [error.id, error]));
  const rowOf = (issue: SentryIssue): MonitorError | undefined => stored.get(monitorErrorRowId(projectId, issue.id));
  const changed = issues.flatMap((issue) => {
    const write = errorWrite(projectId, issue, rowOf(issue));
    // What is read by its id has more days than a list had.
    if (write === null && issue.stats?.['30d'] === undefined) return [];
    const id = monitorErrorRowId(projectId, issue.id);
    return [{ id, isKnown: stored.has(id), write, byDay: eventsByDay(issue) }];
  });
  const from = changed.flatMap(({ byDay }) => [...byDay.keys()]).sort()[0] ?? '';
  const known = changed.flatMap(({ id, isKnown }) => (isKnown ? [id] : []));
  const storedDays = await readDays(dataverse, known, from);
  // An error before its days: a batch that is cut off leaves no day without its error.
  const writes = changed.flatMap(({ id, write, byDay }): PlainWrite[] => [
    ...(write === null ? [] : [write]),
    ...dayWrites(id, byDay, storedDays),
  ]);
  for (let start = 0; start < writes.length; start += writesTogether)
    await dataverse.changeSet(writes.slice(start, start + writesTogether));
  return {
    written: writes.length,
    fresh: issues.flatMap((issue) => (rowOf(issue) === undefined ? [issue.id] : [])),
    turned: issues.flatMap((issue) => {
      const row = rowOf(issue);
      return row !== undefined && row.status !== issue.status ? [issue.id] : [];
    }),
  };
}
