import { tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsId } from '../../../clients/dataverse/filter';
import { instant } from '../../../clients/dataverse/columns';

/** The id of a `project-closed` job: the project, and when it was closed where the event says so. */
export function closedProjectId(project: string, closedAt: number | null): string {
  return closedAt === null ? project : `${project}@${closedAt}`;
}

/** The other way round. */
export function closedProjectOf(id: string): { readonly project: string; readonly closedAt: number | null } {
  const [project = '', closedAt] = id.split('@');
  return { project, closedAt: closedAt === undefined ? null : Number(closedAt) };
}

/** Milliseconds for which deliveries are told apart from their repeats, as the retention rules have it: an older event may be one. */
const oldestMs = 30 * 86_400_000;

const reopeningRow = z.object({ createdon: instant });
const reportRow = z.object({ crmjira_final_reportid: z.string() });

/**
 * Whether a closing event must have no effect, as the project may have been reopened since (F-305): it is older than the last
 * reopening or than a delivery may be, or it has no time and the project was completed before.
 */
export async function isOvertaken(
  client: DataverseClient,
  mappingId: string,
  closedAt: number | null,
  now: Date,
): Promise<boolean> {
  const ofMapping = equalsId('_crmjira_budget_mapping_id_value', mappingId);
  if (closedAt === null) {
    const query = { select: Object.keys(reportRow.shape), filter: ofMapping, top: 1 };
    return (await client.batched.many(tables.crmjira_final_report.entitySet, query, reportRow)).length > 0;
  }
  if (now.getTime() - closedAt > oldestMs) return true;
  const [reopening] = await client.batched.many(
    tables.crmjira_integration_log.entitySet,
    {
      select: Object.keys(reopeningRow.shape),
      filter: `${ofMapping} and crmjira_event_type eq 'project_reopened'`,
      orderBy: ['createdon desc'],
      top: 1,
    },
    reopeningRow,
  );
  return reopening !== undefined && closedAt <= Date.parse(reopening.createdon);
}
