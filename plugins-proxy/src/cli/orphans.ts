import { type DriftLine, tables } from '@crmjira/domain';
import { z } from 'zod';
import { equalsId } from '../clients/dataverse/filter';
import { guid, optionalInstant, optionalText, text } from '../clients/dataverse/columns';
import { findProject } from '../clients/jira/find-project';
import type { Session } from './session';

const orphanRow = z.object({
  crmjira_budget_mappingid: guid,
  crmjira_jira_project_key: text,
  crmjira_jira_project_id: optionalText,
  crmjira_last_sync_date: optionalInstant,
});

/** A mapping whose opportunity was deleted, and whether its project stands. */
export interface Orphan {
  readonly mappingId: string;
  readonly projectKey: string;
  readonly lines: readonly DriftLine[];
}

/** Mappings of this connection without opportunity: nothing runs for them any more, a person decides. */
export async function findOrphans(session: Session): Promise<readonly Orphan[]> {
  const connection = equalsId('_crmjira_integration_id_value', session.config.connectionId);
  const rows = await session.dataverse.many(
    tables.crmjira_budget_mapping.entitySet,
    {
      select: Object.keys(orphanRow.shape),
      filter: `${connection} and _crmjira_opportunity_id_value eq null`,
    },
    orphanRow,
  );
  return Promise.all(
    rows.map(async (row): Promise<Orphan> => {
      const project = await findProject(
        session.connection.site,
        row.crmjira_jira_project_id ?? row.crmjira_jira_project_key,
      );
      return {
        mappingId: row.crmjira_budget_mappingid,
        projectKey: row.crmjira_jira_project_key,
        lines: [
          {
            field: 'existence',
            crm: 'opportunity deleted',
            jira: project === null ? 'no project' : 'exists',
            differs: true,
            endedBy: 'person',
            since: row.crmjira_last_sync_date,
          },
        ],
      };
    }),
  );
}
