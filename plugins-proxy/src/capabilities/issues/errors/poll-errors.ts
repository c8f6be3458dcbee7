import { randomUUID } from 'node:crypto';
import { monitorProjectRowId, SyncTrigger, tables, wholeSecond } from '@crmjira/domain';
import type { Logger } from 'pino';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { SentryIssue } from '../../../clients/sentry/answers';
import type { SentryConnection, SentryConnections } from '../../../connections/sentry/sentry-connections';
import { classifyError } from '../../../platform/errors/classify-error';
import type { IntegrationError } from '../../../platform/errors/integration-error';
import { sidesOf } from '../../../platform/errors/side-of';
import { siteJobKey } from '../../../queue/job-key';
import type { Store } from '../../../queue/store/store';
import { type RunCounts, syncLogRow } from '../../../reconciler/sync-log';
import { errorKind } from './error-kind';
import { importErrors } from './import-errors';
import { showMonitorHealth } from './monitor-health';
import {
  type MonitorProject,
  projectRead,
  projectWrite,
  readMonitorProjects,
  readUnresolvedWithTickets,
} from './monitor-rows';

export interface ErrorPollParts {
  readonly dataverse: DataverseClient;
  readonly sentry: Pick<SentryConnections, 'all' | 'broken' | 'refresh'>;
  readonly store: Pick<Store, 'readCursor' | 'writeCursor' | 'enqueue'>;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly now: () => Date;
  readonly wake: () => void;
  /** Whether events of Jira and webhooks of Sentry reach the service. */
  readonly inbound: 'direct' | 'none';
}

/** What a poll needs of a connection. */
export type PolledOrganization = Pick<SentryConnection, 'id' | 'host' | 'organization' | 'issueLimit'>;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Milliseconds between two polls where a connection does not say: webhooks tell of most changes, none of each event. */
const pollEveryMs = 5 * minuteMs;
/** Milliseconds between two looks at errors with tickets, where events tell of both: what none has told is found then. */
const ticketsEveryMs = 60 * minuteMs;
/** The first poll reads errors with an event since then: what Sentry counts by day. */
const firstReadMs = 30 * dayMs;
/** Lists count that many days; what occurred before is read by the error's id. */
const listedMs = 13 * dayMs;
/** An event may come in later than another one that happened after it, in milliseconds of Sentry's clock. */
const overlapMs = 10 * minuteMs;
const errorsAtMost = 1_000;

const cursorOf = (connectionId: string, projectId: string): string => `sentry.errors/${connectionId}/${projectId}`;

/** Newest event among these, by Sentry's own clock; null: there is none. */
const newestOf = (issues: readonly SentryIssue[]): string | null =>
  issues.reduce<string | null>(
    (newest, { lastSeen }) => (newest === null || lastSeen > newest ? lastSeen : newest),
    null,
  );

/** What a poll came to: jobs that were enqueued, errors that were looked at, rows that were written. */
export interface PollOutcome extends Pick<RunCounts, 'processed' | 'changed'> {
  readonly jobs: number;
}

async function pollProject(
  parts: ErrorPollParts,
  connection: PolledOrganization,
  externalId: string,
  project: Pick<MonitorProject, 'id'>,
  withTickets: boolean,
): Promise<PollOutcome> {
  const { dataverse, store, now, logger } = parts;
  const name = cursorOf(connection.id, externalId);
  const cursor = await store.readCursor(name);
  const since =
    cursor === null || cursor === ''
      ? new Date(now().getTime() - firstReadMs)
      : new Date(Date.parse(cursor) - overlapMs);
  const atMost = connection.issueLimit ?? errorsAtMost;
  const issues = await connection.organization.issues(externalId, since, atMost);
  if (issues.length === atMost)
    logger.warn(
      { connection: connection.id, project: externalId, atMost },
      'errors of Sentry beyond the limit were left out',
    );
  const { written, fresh, turned } = await importErrors(dataverse, project.id, issues);
  await dataverse.changeSet([projectRead(project.id, now())]);
  const older = now().getTime() - listedMs;
  const long = new Set(issues.flatMap(({ id, firstSeen }) => (Date.parse(firstSeen) < older ? [id] : [])));
  const told = withTickets ? await readUnresolvedWithTickets(dataverse, project.id) : [];
  const jobs = [...new Set([...fresh.filter((id) => long.has(id)), ...turned, ...told])];
  const at = now().getTime();
  const correlationId = randomUUID();
  // First the jobs, then the cursor: cut off in between, the same errors are read again.
  if (jobs.length > 0)
    await store.enqueue(jobs.map((id) => ({ key: siteJobKey(errorKind, connection.id, id), at, correlationId })));
  const newest = newestOf(issues);
  if (newest !== null) await store.writeCursor(name, newest);
  return { jobs: jobs.length, processed: issues.length, changed: written };
}

/**
 * Finds the projects of an organization and reads the errors of those that are active.
 * @param withTickets also those whose tickets or status may have changed without an event
 */
export async function pollOrganization(
  parts: ErrorPollParts,
  connection: PolledOrganization,
  withTickets = false,
): Promise<PollOutcome> {
  const { dataverse, now } = parts;
  const [found, rows] = await Promise.all([
    connection.organization.projects(),
    readMonitorProjects(dataverse, connection.id),
  ]);
  const stored = new Map(rows.map((row) => [row.id, row]));
  const rowIdOf = (projectId: string): string => monitorProjectRowId(connection.id, projectId);
  const writes = found.flatMap((project) => projectWrite(connection, project, stored.get(rowIdOf(project.id))) ?? []);
  if (writes.length > 0) await dataverse.changeSet(writes);
  let outcome: PollOutcome = { jobs: 0, processed: 0, changed: writes.length };
  for (const { id: externalId } of found) {
    const id = rowIdOf(externalId);
    if (stored.get(id)?.isActive === false) continue;
    const { jobs, processed, changed } = await pollProject(parts, connection, externalId, { id }, withTickets);
    outcome = {
      jobs: outcome.jobs + jobs,
      processed: outcome.processed + processed,
      changed: outcome.changed + changed,
    };
  }
  const { entitySet } = tables.crmjira_integration;
  const columns = { crmjira_last_sync_on: wholeSecond(now().toISOString()) };
  await dataverse.changeSet([{ op: 'update', collection: entitySet, id: connection.id, columns }]);
  return outcome;
}

/** Polls each organization when it is due; one's trouble does not keep the others back. */
export function createErrorPoll(parts: ErrorPollParts): () => Promise<void> {
  const polledAt = new WeakMap<SentryConnection, number>();
  const lookedAt = new WeakMap<SentryConnection, number>();
  const failedAt = new WeakMap<SentryConnection, number>();
  let isFirst = true;
  /** Only what is Sentry's: while Dataverse is away, nothing can be told there. */
  const told = async (
    connection: { readonly id: string; readonly name: string },
    error: IntegrationError,
  ): Promise<void> => {
    if (sidesOf(error.code).includes('dataverse')) return;
    await showMonitorHealth(parts.dataverse, connection, error, parts.now()).catch((thrown: unknown) => {
      const reason = classifyError(thrown).message;
      parts.logger.warn({ connection: connection.id, reason }, 'health of Sentry not shown');
    });
  };
  /** The row of a poll (`crmjira_sync_log`). */
  const log = async (
    connection: SentryConnection,
    startedAt: Date,
    { processed, changed }: Pick<RunCounts, 'processed' | 'changed'>,
    error: IntegrationError | null,
  ): Promise<void> => {
    const { dataverse, now, logger } = parts;
    const counts = { processed, changed, removed: 0, failed: 0 };
    const row = syncLogRow({
      ...{ what: 'Sentry errors', connection, trigger: SyncTrigger.Scheduled, isDryRun: false, actorId: null },
      ...{ correlationId: randomUUID(), startedAt, endedAt: now(), counts, cost: null, error },
    });
    await dataverse.changeSet([row]).catch((thrown: unknown) => {
      logger.warn({ connection: connection.id, reason: classifyError(thrown).message }, 'poll of Sentry not logged');
    });
  };
  return async () => {
    const { dataverse, sentry, now, logger, wake } = parts;
    if (isFirst) await sentry.refresh();
    isFirst = false;
    const failures: unknown[] = [];
    for (const { error, ...connection } of sentry.broken()) await told(connection, error);
    let jobs = 0;
    for (const connection of sentry.all()) {
      const at = now().getTime();
      const every = (connection.syncIntervalMinutes ?? 0) * minuteMs || pollEveryMs;
      const last = polledAt.get(connection);
      // A clock that was put back keeps nothing from being read.
      if (last !== undefined && at >= last && at - last < every) continue;
      try {
        const looked = lookedAt.get(connection);
        const looks = parts.inbound === 'none' || looked === undefined || at < looked || at - looked >= ticketsEveryMs;
        const outcome = await pollOrganization(parts, connection, looks);
        jobs += outcome.jobs;
        polledAt.set(connection, at);
        failedAt.delete(connection);
        await log(connection, new Date(at), outcome, null);
        if (looks) lookedAt.set(connection, at);
        await showMonitorHealth(dataverse, connection, null, now());
      } catch (thrown) {
        failures.push(thrown);
        const error = classifyError(thrown, 'Sentry');
        logger.warn({ connection: connection.id, reason: error.message }, 'errors of Sentry not read');
        await told(connection, error);
        // It is tried again at each turn; one row for as long as a poll would have stood.
        const failed = failedAt.get(connection);
        if (failed === undefined || at < failed || at - failed >= every) {
          failedAt.set(connection, at);
          if (!sidesOf(error.code).includes('dataverse'))
            await log(connection, new Date(at), { processed: 0, changed: 0 }, error);
        }
      }
    }
    if (jobs > 0) {
      logger.info({ jobs }, 'errors of Sentry read');
      wake();
    }
    // Told where the service tells of work that did not end well, until a turn does.
    if (failures.length > 0) throw failures[0];
  };
}
