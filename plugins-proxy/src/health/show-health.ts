import { Health, tables } from '@crmjira/domain';
import type { DataverseClient } from '../dataverse/dataverse-client';
import { classifyError } from '../errors/classify-error';
import type { HealthReport, ProbeResult } from './health-report';

export interface ShowHealthContext {
  readonly dataverse: Pick<DataverseClient, 'changeSet'>;
  readonly connectionId: string;
  readonly now: () => Date;
  readonly report: () => Promise<HealthReport>;
}

const healthOf = { ok: Health.Healthy, degraded: Health.Degraded, down: Health.Down } as const;

/** The connection row's columns for a report. Pure. */
export function healthColumns(report: HealthReport, now: Date): Record<string, unknown> {
  return {
    crmjira_health: healthOf[report.status],
    crmjira_last_test_on: now.toISOString(),
    crmjira_last_test_ok: report.jira.ok,
    ...(report.lastSyncOn === null ? {} : { crmjira_last_sync_on: report.lastSyncOn }),
  };
}

/** Writes health, last sync and last test into the connection row, where people see them in Dynamics; says why when it can't. */
export async function showHealth(context: ShowHealthContext): Promise<ProbeResult> {
  try {
    const columns = healthColumns(await context.report(), context.now());
    const collection = tables.crmjira_integration.entitySet;
    await context.dataverse.changeSet([{ op: 'update', collection, id: context.connectionId, columns }]);
    return { ok: true };
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.status !== 403) return { ok: false, says: error.message };
    return { ok: false, says: 'The role of the service may not write crmjira_integration; health is shown here only.' };
  }
}
