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

/** A Jira project in which an administrator lets people create, search and link issues. */
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

const offeredOf = (one: z.output<typeof row>): readonly OfferedProject[] =>
  one.crmjira_is_offered !== true || one.crmjira_is_archived === true
    ? []
    : [
        {
          id: one.crmjira_jira_projectid,
          integrationId: one._crmjira_integration_id_value,
          projectId: one.crmjira_project_id,
          key: one.crmjira_project_key ?? '',
          name: one.crmjira_name ?? one.crmjira_project_key ?? '',
        },
      ];

/** null: there is no such row, or its project is not offered. */
export async function readOfferedProject(dataverse: DataverseReader, id: string): Promise<OfferedProject | null> {
  const found = await dataverse.one(entitySet, id, select, row);
  return found === null ? null : (offeredOf(found)[0] ?? null);
}

/** By Jira's own id; null: it is not offered. */
export async function findOfferedProject(
  dataverse: DataverseReader,
  integrationId: string,
  projectId: string,
): Promise<OfferedProject | null> {
  const filter = `crmjira_project_id eq ${quoted(projectId)} and ${equalsId('_crmjira_integration_id_value', integrationId)}`;
  const found = await dataverse.many(entitySet, { select, filter }, row);
  return found.flatMap(offeredOf)[0] ?? null;
}

/** Those of all connections. */
export async function readOfferedProjects(dataverse: DataverseReader): Promise<readonly OfferedProject[]> {
  const filter = 'crmjira_is_offered eq true';
  return (await dataverse.many(entitySet, { select, filter, orderBy: ['crmjira_project_key asc'] }, row)).flatMap(
    offeredOf,
  );
}
