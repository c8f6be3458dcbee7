import { tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { equalsId } from '../../clients/dataverse/filter';
import { guid, optionalGuid, optionalText } from '../../clients/dataverse/columns';

/** A linked project and whose it is. */
export interface MappedProject {
  readonly opportunityId: string;
  /** null while it is being created */
  readonly projectId: string | null;
}

const row = z.object({
  crmjira_budget_mappingid: guid,
  _crmjira_opportunity_id_value: optionalGuid,
  crmjira_jira_project_id: optionalText,
});

/** Every project that one connection has linked, in a fixed order. */
export async function readMappedProjects(
  client: DataverseClient,
  connectionId: string,
): Promise<readonly MappedProject[]> {
  const rows = await client.many(
    tables.crmjira_budget_mapping.entitySet,
    { select: Object.keys(row.shape), filter: equalsId('_crmjira_integration_id_value', connectionId) },
    row,
  );
  return rows
    .flatMap(({ _crmjira_opportunity_id_value: opportunityId, crmjira_jira_project_id: projectId }) =>
      opportunityId === null ? [] : [{ opportunityId, projectId }],
    )
    .sort((a, b) => (a.opportunityId < b.opportunityId ? -1 : 1));
}
