import { type SuccessRate, successRate, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../dataverse/dataverse-client';

const windowMs = 24 * 3_600_000;
const statusRow = z.object({ crmjira_integration_status: z.number() });

/** The rate of the last 24 hours, from Dataverse. */
export async function readSuccessRate(client: Pick<DataverseClient, 'many'>, now: Date): Promise<SuccessRate> {
  const since = new Date(now.getTime() - windowMs).toISOString();
  const query = { select: Object.keys(statusRow.shape), filter: `createdon gt ${since}` };
  const counts = new Map<number, number>();
  for (const row of await client.many(tables.crmjira_integration_log.entitySet, query, statusRow))
    counts.set(row.crmjira_integration_status, (counts.get(row.crmjira_integration_status) ?? 0) + 1);
  return successRate(counts);
}
