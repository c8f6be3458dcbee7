import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { instant, optionalText } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';

/** Event types of the rows that maintenance itself writes begin with this. */
export const maintenanceEvent = 'maintenance.';

const logRow = z.object({
  createdon: instant,
  crmjira_integration_status: z.number(),
  crmjira_source_system: z.number(),
  crmjira_event_type: optionalText,
  crmjira_error_message: optionalText,
});
export type LogRow = z.output<typeof logRow>;

/** Log rows from one moment to another, those of maintenance left out. */
export async function readLogRows(
  client: Pick<DataverseClient, 'many'>,
  from: Date,
  to: Date,
  status?: number,
): Promise<readonly LogRow[]> {
  const only = status === undefined ? '' : ` and crmjira_integration_status eq ${status}`;
  const query = {
    select: Object.keys(logRow.shape),
    filter: `createdon ge ${from.toISOString()} and createdon lt ${to.toISOString()}${only}`,
  };
  const rows = await client.many(tables.crmjira_integration_log.entitySet, query, logRow);
  return rows.filter((row) => row.crmjira_event_type?.startsWith(maintenanceEvent) !== true);
}
