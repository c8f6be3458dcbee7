import { Health, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { guid, optionalInstant, optionalNumber } from '../../clients/dataverse/columns';
import type { PlainWrite } from '../../clients/dataverse/plain-write';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { classifyError } from '../../platform/errors/classify-error';
import type { ProbeResult } from '../../platform/errors/probe-result';
import { dependenciesOf, dependencyRow, dependencyRowId, healthOfConnection, type ShownState } from './dependency-rows';
import type { HealthReport } from './health-report';
import { sourceColumns, type SourceFigures } from './source-figures';

export interface ShowHealthContext {
  readonly dataverse: Pick<DataverseClient, 'one' | 'many' | 'changeSet'>;
  /** The first connection. */
  readonly connectionId: string;
  readonly now: () => Date;
  readonly report: () => Promise<HealthReport>;
  /**
   * Of the connections' budget sources, where they are known; not in the report, which whoever asks may read, and a rate is no matter for
   * everybody.
   */
  readonly sources?: () => Promise<ReadonlyMap<string, SourceFigures>>;
  /** The last try to write the rows failed. */
  readonly wasLost?: boolean;
}

const healthOf = { ok: Health.Healthy, degraded: Health.Degraded, down: Health.Down } as const;

/** What the rows tell. */
export interface Shown {
  readonly lastSyncOn: Date | null;
  /** By the id of their row. */
  readonly states: ReadonlyMap<string, ShownState>;
}

const nothingShown: Shown = { lastSyncOn: null, states: new Map() };

const connectionRow = z.object({ crmjira_last_sync_on: optionalInstant });
const stateRow = z.object({
  crmjira_integration_healthid: guid,
  crmjira_health: optionalNumber,
  crmjira_since: optionalInstant,
});

/** What the first connection's row tells: what a service that has just started knows of the one before. */
export async function readLastSync(
  dataverse: Pick<DataverseReader, 'one'>,
  connectionId: string,
): Promise<Date | null> {
  const { entitySet } = tables.crmjira_integration;
  const row = await dataverse.one(entitySet, connectionId, Object.keys(connectionRow.shape), connectionRow);
  const synced = row?.crmjira_last_sync_on ?? null;
  return synced === null ? null : new Date(synced);
}

async function readStates(dataverse: Pick<DataverseReader, 'many'>): Promise<Shown['states']> {
  const { entitySet } = tables.crmjira_integration_health;
  const rows = await dataverse.many(entitySet, { select: Object.keys(stateRow.shape) }, stateRow);
  return new Map(
    rows.map((row) => [row.crmjira_integration_healthid, { health: row.crmjira_health, since: row.crmjira_since }]),
  );
}

/**
 * The columns of the connections' own rows. What is about the whole stands on the first one's. Pure.
 * @param before last sync that the row tells of: another replica's may be newer than ours
 * @param sources what is known of their budget sources
 */
export function connectionColumns(
  report: HealthReport,
  now: Date,
  before: Date | null,
  sources: ReadonlyMap<string, SourceFigures> = new Map(),
): readonly { readonly id: string; readonly columns: Record<string, unknown> }[] {
  const { lastSyncOn, queue, gateway, jiraCallsPerMinute, processingSeconds } = report;
  const isNewer = lastSyncOn !== null && (before === null || Date.parse(lastSyncOn) > before.getTime());
  const ofWhole = {
    crmjira_health: healthOf[report.status],
    // Unknown stays what it was: a store that cannot be read has not become empty.
    ...(queue === null ? {} : { crmjira_jobs_waiting: queue.pending, crmjira_dead_letters: queue.dead }),
    ...(isNewer ? { crmjira_last_sync_on: lastSyncOn } : {}),
    // A queue in which nothing is due has no oldest job: 0 is known then, and nothing where it could not be read.
    crmjira_oldest_waiting_s: queue === null ? null : Math.round(Math.max(0, queue.oldestDueAgeMs ?? 0) / 1_000),
    crmjira_budget_source_delay_s: processingSeconds === null ? null : Math.round(processingSeconds),
    crmjira_gateway_calls_per_minute: gateway === 'none' ? null : Math.round(jiraCallsPerMinute),
  };
  return report.connections.map((connection, index) => ({
    id: connection.id,
    columns: {
      crmjira_last_test_on: now.toISOString(),
      crmjira_last_test_ok: connection.jira.ok,
      ...(index === 0 ? ofWhole : { crmjira_health: healthOfConnection(connection) }),
      ...sourceColumns(sources.get(connection.id)),
    },
  }));
}

/**
 * All that people see of a report in Dynamics. Pure.
 * @param wasLost the rows could not be written before: a Dataverse that does well does so since now
 */
export function healthWrites(
  report: HealthReport,
  now: Date,
  shown: Shown = nothingShown,
  wasLost = false,
  sources?: ReadonlyMap<string, SourceFigures>,
): readonly PlainWrite[] {
  const collection = tables.crmjira_integration.entitySet;
  return [
    ...connectionColumns(report, now, shown.lastSyncOn, sources).map(({ id, columns }): PlainWrite => ({
      op: 'update',
      collection,
      id,
      columns,
    })),
    ...dependenciesOf(report).map((told) => {
      const before = shown.states.get(dependencyRowId(told.connection.id, told.dependency));
      return dependencyRow(told, before, now, wasLost && told.dependency === 'dataverse');
    }),
  ];
}

/** Writes health, last sync and last test into the rows of the connections, where people see them in Dynamics; says why when it can't. */
export async function showHealth(context: ShowHealthContext): Promise<ProbeResult> {
  try {
    const report = await context.report();
    const [lastSyncOn, states, sources] = await Promise.all([
      readLastSync(context.dataverse, context.connectionId),
      readStates(context.dataverse),
      context.sources?.(),
    ]);
    const shown = { lastSyncOn, states };
    await context.dataverse.changeSet(healthWrites(report, context.now(), shown, context.wasLost, sources));
    return { ok: true };
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.status !== 403) return { ok: false, says: error.message };
    return {
      ok: false,
      says: 'The role of the service may not write crmjira_integration and crmjira_integration_health; health is shown here only.',
    };
  }
}
