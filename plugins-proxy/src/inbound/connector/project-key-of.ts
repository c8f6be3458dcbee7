import { tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { equalsId } from '../../clients/dataverse/filter';

const column = 'crmjira_jira_project_key';
const row = z.object({ [column]: z.string().nullish() });

/** Key of the Jira project that an opportunity's mapping names; null when there is none. */
export async function projectKeyOf(client: DataverseClient, opportunityId: string): Promise<string | null> {
  const filter = equalsId('_crmjira_opportunity_id_value', opportunityId);
  const [mapping] = await client.many(tables.crmjira_budget_mapping.entitySet, { select: [column], filter }, row);
  return mapping?.[column] ?? null;
}
