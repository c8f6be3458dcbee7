import { tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { equalsId } from '../../clients/dataverse/filter';
import { optionalText } from '../../clients/dataverse/columns';
import type { JiraSite } from '../../clients/jira/jira-site';
import { readOwnership } from '../../clients/jira/ownership';

const projectRow = z.object({ crmjira_jira_project_id: optionalText, crmjira_jira_project_key: optionalText });
/** Linked projects that are looked at; one that belongs to somebody else is enough. */
const looked = 5;

/** Whose the linked projects are, as Jira says. */
export interface ProjectOwners {
  /** projects that carry the ownership property */
  readonly known: number;
  /** one that belongs to another organization than ours */
  readonly foreign: { readonly key: string; readonly organization: string } | null;
}

/**
 * Looks at some linked projects of a connection (R-2302). The ownership property is written with the project and does not travel
 * with a copied environment.
 */
export async function lookAtOwners(
  context: { readonly dataverse: DataverseClient; readonly site: JiraSite; readonly connectionId: string },
  organizationId: string,
): Promise<ProjectOwners> {
  const mappings = await context.dataverse.many(
    tables.crmjira_budget_mapping.entitySet,
    {
      select: Object.keys(projectRow.shape),
      filter: `${equalsId('_crmjira_integration_id_value', context.connectionId)} and crmjira_jira_project_id ne null`,
      orderBy: ['createdon asc'],
      top: looked,
    },
    projectRow,
  );
  const owners = await Promise.all(
    mappings.map(async (row) => ({
      key: row.crmjira_jira_project_key ?? '',
      organization: (await readOwnership(context.site, row.crmjira_jira_project_id ?? ''))?.organization.toLowerCase(),
    })),
  );
  const known = owners.flatMap(({ key, organization }) => (organization === undefined ? [] : [{ key, organization }]));
  return { known: known.length, foreign: known.find(({ organization }) => organization !== organizationId) ?? null };
}
