import { siteIdText, tables, type Unlinked } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { guid, optionalGuid, optionalText } from '../../../clients/dataverse/columns';

const opportunityRow = z.object({
  opportunityid: guid,
  name: optionalText,
  crmjira_jira_project_key: optionalText,
  crmjira_integration_reference: optionalText,
});
const mappingRow = z.object({
  _crmjira_opportunity_id_value: optionalGuid,
  _crmjira_integration_id_value: optionalGuid,
  crmjira_jira_project_id: optionalText,
});

/**
 * Open opportunities without a project, and the projects that have a mapping, as `siteIdText`.
 * @param firstConnectionId meant by mappings that name none
 */
export async function readUnlinked(
  client: DataverseClient,
  firstConnectionId: string,
): Promise<{ readonly opportunities: readonly Unlinked[]; readonly mappedProjects: ReadonlySet<string> }> {
  const [rows, mappings] = await Promise.all([
    client.many(
      tables.opportunity.entitySet,
      { select: Object.keys(opportunityRow.shape), filter: 'statecode eq 0' },
      opportunityRow,
    ),
    client.many(tables.crmjira_budget_mapping.entitySet, { select: Object.keys(mappingRow.shape) }, mappingRow),
  ]);
  // A project that is held back is not there yet: an existing one may be linked in its place.
  const created = mappings.filter((mapping) => mapping.crmjira_jira_project_id !== null);
  const linked = new Set(created.map((mapping) => mapping._crmjira_opportunity_id_value));
  return {
    opportunities: rows
      .filter((row) => !linked.has(row.opportunityid))
      .map((row) => ({
        opportunityId: row.opportunityid,
        name: row.name ?? '',
        notedKey: row.crmjira_jira_project_key,
        reference: row.crmjira_integration_reference,
      })),
    mappedProjects: new Set(
      created.map((mapping) =>
        siteIdText(mapping._crmjira_integration_id_value ?? firstConnectionId, mapping.crmjira_jira_project_id ?? ''),
      ),
    ),
  };
}
