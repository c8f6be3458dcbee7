import { type CandidateList, searchProjects, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { equalsId, quoted } from '../../../clients/dataverse/filter';
import { optionalText } from '../../../clients/dataverse/columns';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import type { ListedProject } from '../../../clients/jira/wire/answers';

/** Whether a project may be shown to whoever searches. @param isNamed the search text is its key */
export type Offered = (project: ListedProject, isNamed: boolean) => Promise<boolean>;

/** Projects looked at for one answer: more do not fit into it, and a longer text finds the others. */
const lookedAt = 50;

const linkedRow = z.object({ crmjira_jira_project_id: optionalText });

/** Which of these projects an opportunity has already, through this connection. */
async function readLinked(
  dataverse: DataverseReader,
  connectionId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string | null>> {
  if (ids.length === 0) return new Set();
  const named = ids.map((id) => `crmjira_jira_project_id eq ${quoted(id)}`).join(' or ');
  const rows = await dataverse.many(
    tables.crmjira_budget_mapping.entitySet,
    {
      select: Object.keys(linkedRow.shape),
      filter: `${equalsId('_crmjira_integration_id_value', connectionId)} and (${named})`,
    },
    linkedRow,
  );
  return new Set(rows.map((row) => row.crmjira_jira_project_id));
}

/**
 * Projects of one site that fit what a person typed, archived ones left out; those that nobody has linked yet come first (R-2303).
 * @param opportunityName of the record that is to be linked: without a search text its namesake comes first
 * @throws IntegrationError when Jira or Dataverse does not answer
 */
export async function findProjects(
  { dataverse, connection: { id: connectionId, site } }: { dataverse: DataverseReader; connection: JiraConnection },
  text: string,
  opportunityName: string,
  offered: Offered,
): Promise<CandidateList> {
  const listed = await site.profile.findProjects(site.http, text);
  const open = listed.projects.filter(({ archived }) => archived !== true);
  const found = searchProjects(open, text, opportunityName);
  const isOffered = await Promise.all(
    found.map((project) => offered(project, project.key.toUpperCase() === text.toUpperCase())),
  );
  const fitting = found.filter((_, index) => isOffered[index]);
  const shown = fitting.slice(0, lookedAt);
  const linked = await readLinked(
    dataverse,
    connectionId,
    shown.map(({ id }) => id),
  );
  const projects = shown.map(({ id, key, name }) => ({ id, key, name, linked: linked.has(id) }));
  return {
    projects: searchProjects(projects, text, opportunityName),
    more: listed.more || fitting.length > shown.length,
  };
}
