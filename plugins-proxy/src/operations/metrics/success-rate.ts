import { type SuccessRate, successRate, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { quoted } from '../../clients/dataverse/filter';
import { credentialEvents } from '../../connections/credentials/credential-records';

const windowMs = 24 * 3_600_000;
/** Integration only: a rotation that somebody tries by hand, or a reviewed credential, is not one (F-218). */
const integration = Object.values(credentialEvents)
  .map((event) => `crmjira_event_type ne ${quoted(event)}`)
  .join(' and ');
const statusRow = z.object({ crmjira_integration_status: z.number() });

/** The rate of the last 24 hours, from Dataverse. */
export async function readSuccessRate(client: Pick<DataverseClient, 'many'>, now: Date): Promise<SuccessRate> {
  const since = new Date(now.getTime() - windowMs).toISOString();
  const query = {
    select: Object.keys(statusRow.shape),
    filter: `createdon gt ${since} and (crmjira_event_type eq null or (${integration}))`,
  };
  const counts = new Map<number, number>();
  for (const row of await client.many(tables.crmjira_integration_log.entitySet, query, statusRow))
    counts.set(row.crmjira_integration_status, (counts.get(row.crmjira_integration_status) ?? 0) + 1);
  return successRate(counts);
}
