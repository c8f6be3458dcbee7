import { Health, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { optionalInstant, optionalNumber } from '../../clients/dataverse/columns';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { classifyError } from '../../platform/errors/classify-error';
import {
  dependencies,
  type Dependency,
  dependencyColumns,
  figureColumns,
  type ShownState,
  statesOf,
} from './dependency-columns';
import type { HealthReport } from './health-report';
import type { ProbeResult } from '../../platform/errors/probe-result';
import { noSourceFigures, sourceColumns, type SourceFigures } from './source-figures';

export interface ShowHealthContext {
  readonly dataverse: Pick<DataverseClient, 'one' | 'changeSet'>;
  readonly connectionId: string;
  readonly now: () => Date;
  readonly report: () => Promise<HealthReport>;
  /** Of the budget source; not in the report, which whoever asks may read, and a rate is no matter for everybody. */
  readonly source?: () => Promise<SourceFigures>;
  /** The last try to write the row failed. */
  readonly wasLost?: boolean;
}

const healthOf = { ok: Health.Healthy, degraded: Health.Degraded, down: Health.Down } as const;

/** What the connection row tells of. */
export interface Shown {
  readonly lastSyncOn: Date | null;
  readonly states: Readonly<Partial<Record<Dependency, ShownState>>>;
}

const nothingShown: Shown = { lastSyncOn: null, states: {} };

const shownRow = z.object({
  crmjira_last_sync_on: optionalInstant,
  crmjira_jira_health: optionalNumber,
  crmjira_jira_since: optionalInstant,
  crmjira_dataverse_health: optionalNumber,
  crmjira_dataverse_since: optionalInstant,
  crmjira_budget_source_health: optionalNumber,
  crmjira_budget_source_since: optionalInstant,
  crmjira_gateway_health: optionalNumber,
  crmjira_gateway_since: optionalInstant,
});

/** What the connection row tells: what a service that has just started knows of the one before. */
export async function readShown(dataverse: Pick<DataverseReader, 'one'>, connectionId: string): Promise<Shown> {
  const { entitySet } = tables.crmjira_integration;
  const row = await dataverse.one(entitySet, connectionId, Object.keys(shownRow.shape), shownRow);
  if (row === null) return nothingShown;
  const { crmjira_last_sync_on: synced } = row;
  const states = dependencies.map((name): [Dependency, ShownState] => [
    name,
    { health: row[`crmjira_${name}_health`], since: row[`crmjira_${name}_since`] },
  ]);
  return { lastSyncOn: synced === null ? null : new Date(synced), states: Object.fromEntries(states) };
}

/**
 * The connection row's columns for a report. Pure.
 * @param shown what the row tells: another replica's last sync may be newer than ours, and a state may stand for longer
 * @param wasLost the row could not be written before: a Dataverse that does well does so since now
 * @param source what is known of the budget source
 */
export function healthColumns(
  report: HealthReport,
  now: Date,
  shown: Shown = nothingShown,
  wasLost = false,
  source: SourceFigures = noSourceFigures,
): Record<string, unknown> {
  const { lastSyncOn, queue } = report;
  const before = shown.lastSyncOn;
  const isNewer = lastSyncOn !== null && (before === null || Date.parse(lastSyncOn) > before.getTime());
  const states = statesOf(report);
  return {
    crmjira_health: healthOf[report.status],
    crmjira_last_test_on: now.toISOString(),
    crmjira_last_test_ok: report.jira.ok,
    // Unknown stays what it was: a store that cannot be read has not become empty.
    ...(queue === null ? {} : { crmjira_jobs_waiting: queue.pending, crmjira_dead_letters: queue.dead }),
    ...(isNewer ? { crmjira_last_sync_on: lastSyncOn } : {}),
    ...figureColumns(report),
    ...sourceColumns(source),
    ...Object.assign(
      {},
      ...dependencies.map((name) =>
        dependencyColumns(name, states[name], shown.states[name], now, wasLost && name === 'dataverse'),
      ),
    ),
  };
}

/** Writes health, last sync and last test into the connection row, where people see them in Dynamics; says why when it can't. */
export async function showHealth(context: ShowHealthContext): Promise<ProbeResult> {
  try {
    const shown = await readShown(context.dataverse, context.connectionId);
    const source = await context.source?.();
    const columns = healthColumns(await context.report(), context.now(), shown, context.wasLost, source);
    const collection = tables.crmjira_integration.entitySet;
    await context.dataverse.changeSet([{ op: 'update', collection, id: context.connectionId, columns }]);
    return { ok: true };
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.status !== 403) return { ok: false, says: error.message };
    return { ok: false, says: 'The role of the service may not write crmjira_integration; health is shown here only.' };
  }
}
