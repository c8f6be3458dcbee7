import { type DriftLine, tables } from '@crmjira/domain';
import { z } from 'zod';
import { equalsOneOf } from '../clients/dataverse/filter';
import { guid, optionalInstant, optionalText, text } from '../clients/dataverse/columns';
import { findProject } from '../clients/jira/find-project';
import type { JiraConnections } from '../connections/jira/jira-connections';
import { classifyError } from '../platform/errors/classify-error';
import type { Session } from './session';

const orphanRow = z.object({
  crmjira_budget_mappingid: guid,
  _crmjira_integration_id_value: guid,
  crmjira_jira_project_key: text,
  crmjira_jira_project_id: optionalText,
  crmjira_last_sync_date: optionalInstant,
});

/** A mapping whose opportunity was deleted, and whether its project stands. */
export interface Orphan {
  readonly mappingId: string;
  readonly projectKey: string;
  /** Name of its connection; null where there is only one. */
  readonly connection: string | null;
  readonly lines: readonly DriftLine[];
}

/** What Jira says about the project of a row; that it cannot be asked is told in its place, and keeps nobody from the others. */
async function projectState({ jira }: Session, row: z.output<typeof orphanRow>): Promise<string> {
  try {
    const connection = await jira.of(row._crmjira_integration_id_value);
    if (connection === null) return 'at a site that another service works with';
    const project = await findProject(connection.site, row.crmjira_jira_project_id ?? row.crmjira_jira_project_key);
    return project === null ? 'no project' : 'exists';
  } catch (error) {
    return `cannot be read: ${classifyError(error).message}`;
  }
}

/** Mappings without opportunity: nothing runs for them any more, a person decides. */
export async function findOrphans(session: Session): Promise<readonly Orphan[]> {
  const { jira, connection, isConnectionNamed } = session;
  if (!isConnectionNamed) await jira.refresh();
  const ids = isConnectionNamed ? [connection.id] : jira.ids();
  const rows = await session.dataverse.many(
    tables.crmjira_budget_mapping.entitySet,
    {
      select: Object.keys(orphanRow.shape),
      filter: `${equalsOneOf('_crmjira_integration_id_value', ids)} and _crmjira_opportunity_id_value eq null`,
    },
    orphanRow,
  );
  return Promise.all(
    rows.map(async (row): Promise<Orphan> => ({
      mappingId: row.crmjira_budget_mappingid,
      projectKey: row.crmjira_jira_project_key,
      connection: ids.length === 1 ? null : nameOf(jira, row._crmjira_integration_id_value),
      lines: [
        {
          field: 'existence',
          crm: 'opportunity deleted',
          jira: await projectState(session, row),
          differs: true,
          endedBy: 'person',
          since: row.crmjira_last_sync_date,
        },
      ],
    })),
  );
}

function nameOf(jira: JiraConnections, id: string): string {
  return [...jira.all(), ...jira.broken()].find((connection) => connection.id === id)?.name ?? id;
}
