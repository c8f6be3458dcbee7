import { Health, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../dataverse/dataverse-client';
import { optionalInstant } from '../dataverse/read/columns';
import type { DataverseReader } from '../dataverse/reader';
import { classifyError } from '../errors/classify-error';
import type { HealthReport, ProbeResult } from './health-report';

export interface ShowHealthContext {
  readonly dataverse: Pick<DataverseClient, 'one' | 'changeSet'>;
  readonly connectionId: string;
  readonly now: () => Date;
  readonly report: () => Promise<HealthReport>;
}

const healthOf = { ok: Health.Healthy, degraded: Health.Degraded, down: Health.Down } as const;

const shownRow = z.object({ crmjira_last_sync_on: optionalInstant });

/** The last sync that the connection row tells of: what a service that has just started knows of the one before. */
export async function readShownSync(
  dataverse: Pick<DataverseReader, 'one'>,
  connectionId: string,
): Promise<Date | null> {
  const { entitySet } = tables.crmjira_integration;
  const row = await dataverse.one(entitySet, connectionId, Object.keys(shownRow.shape), shownRow);
  return row?.crmjira_last_sync_on == null ? null : new Date(row.crmjira_last_sync_on);
}

/**
 * The connection row's columns for a report. Pure.
 * @param shown last sync that the row tells of: another replica's may be newer than ours
 */
export function healthColumns(report: HealthReport, now: Date, shown: Date | null = null): Record<string, unknown> {
  const { lastSyncOn, queue } = report;
  const isNewer = lastSyncOn !== null && (shown === null || Date.parse(lastSyncOn) > shown.getTime());
  return {
    crmjira_health: healthOf[report.status],
    crmjira_last_test_on: now.toISOString(),
    crmjira_last_test_ok: report.jira.ok,
    // Unknown stays what it was: a store that can not be read has not become empty.
    ...(queue === null ? {} : { crmjira_jobs_waiting: queue.pending, crmjira_dead_letters: queue.dead }),
    ...(isNewer ? { crmjira_last_sync_on: lastSyncOn } : {}),
  };
}

/** Writes health, last sync and last test into the connection row, where people see them in Dynamics; says why when it can't. */
export async function showHealth(context: ShowHealthContext): Promise<ProbeResult> {
  try {
    const shown = await readShownSync(context.dataverse, context.connectionId);
    const columns = healthColumns(await context.report(), context.now(), shown);
    const collection = tables.crmjira_integration.entitySet;
    await context.dataverse.changeSet([{ op: 'update', collection, id: context.connectionId, columns }]);
    return { ok: true };
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.status !== 403) return { ok: false, says: error.message };
    return { ok: false, says: 'The role of the service may not write crmjira_integration; health is shown here only.' };
  }
}
