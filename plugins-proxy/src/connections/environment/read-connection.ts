import { tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { optionalText } from '../../clients/dataverse/columns';

const connectionRow = z.object({ crmjira_organization_id: optionalText });

/** The organization that a connection writes to Jira for (R-2302); null when nobody has claimed it, or there is no such row. */
export async function readConnectionOrganization(
  client: DataverseReader,
  connectionId: string,
): Promise<string | null> {
  const { entitySet } = tables.crmjira_integration;
  const row = await client.one(entitySet, connectionId, Object.keys(connectionRow.shape), connectionRow);
  return row?.crmjira_organization_id?.trim().toLowerCase() || null;
}
