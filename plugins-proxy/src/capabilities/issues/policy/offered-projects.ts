import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalFlag, optionalGuid, optionalText, text } from '../../../clients/dataverse/columns';
import { equalsId, quoted } from '../../../clients/dataverse/filter';
import type { DataverseReader } from '../../../clients/dataverse/reader';

const row = z.object({
  crmjira_jira_projectid: guid,
  crmjira_project_id: text,
  crmjira_project_key: optionalText,
  crmjira_name: optionalText,
  crmjira_is_offered: optionalFlag,
  crmjira_is_archived: optionalFlag,
  _crmjira_integration_id_value: optionalGuid,
});

/** A Jira project, in which people create, search and link issues as long as an administrator offers it. */
export interface OfferedProject {
  readonly id: string;
  /** Of its connection; null: the first one. */
  readonly integrationId: string | null;
  /** In Jira. */
  readonly projectId: string;
  readonly key: string;
  readonly name: string;
}

const { entitySet } = tables.crmjira_jira_project;
const select = Object.keys(row.shape);

const projectOf = (one: z.output<typeof row>): OfferedProject & { readonly isOffered: boolean } => ({
  id: one.crmjira_jira_projectid,
  integrationId: one._crmjira_integration_id_value,
  projectId: one.crmjira_project_id,
  key: one.crmjira_project_key ?? '',
  name: one.crmjira_name ?? one.crmjira_project_key ?? '',
  isOffered: one.crmjira_is_offered && !one.crmjira_is_archived,
});

/** null: there is no such row. */
export async function readProject(
  dataverse: DataverseReader,
  id: string,
): Promise<ReturnType<typeof projectOf> | null> {
  const found = await dataverse.one(entitySet, id, select, row);
  return found === null ? null : projectOf(found);
}

/** By Jira's own id; null: it is not offered. */
export async function findOfferedProject(
  dataverse: DataverseReader,
  integrationId: string,
  projectId: string,
): Promise<OfferedProject | null> {
  const filter = `crmjira_project_id eq ${quoted(projectId)} and ${equalsId('_crmjira_integration_id_value', integrationId)}`;
  const found = await dataverse.many(entitySet, { select, filter }, row);
  return found.map(projectOf).find(({ isOffered }) => isOffered) ?? null;
}

/** Those of all connections. */
export async function readOfferedProjects(dataverse: DataverseReader): Promise<readonly OfferedProject[]> {
  const filter = 'crmjira_is_offered eq true';
  const rows = await dataverse.many(entitySet, { select, filter, orderBy: ['crmjira_project_key asc'] }, row);
  return rows.map(projectOf).filter(({ isOffered }) => isOffered);
}
