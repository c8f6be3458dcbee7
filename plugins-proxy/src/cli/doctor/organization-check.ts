import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { equalsId } from '../../dataverse/filter';
import { optionalText } from '../../dataverse/read/columns';
import { readOwnership } from '../../jira/ownership';
import type { Session } from '../session';
import { type Check, failed, ok } from './check';

const projectRow = z.object({ crmjira_jira_project_id: optionalText, crmjira_jira_project_key: optionalText });

/**
 * The organization that a linked project in Jira is owned by, against the one we are signed in to (R-2302). The ownership property
 * is written with the project and does not travel with a copied environment.
 */
export function organizationCheck(session: Session): Check {
  const { config, dataverse, site } = session;
  return {
    id: 'organization',
    title: 'Environment is the one that owns the Jira projects',
    needs: ['who-am-i', 'connection', 'credentials'],
    remedy: 'Check that the service can read its connection row and the linked projects in Jira.',
    look: async () => {
      const { organizationId } = await dataverse.whoAmI();
      const mappings = await dataverse.many(
        tables.crmjira_budget_mapping.entitySet,
        {
          select: Object.keys(projectRow.shape),
          filter: `${equalsId('_crmjira_integration_id_value', config.connectionId)} and crmjira_jira_project_id ne null`,
          orderBy: ['createdon asc'],
          top: 5,
        },
        projectRow,
      );
      const owners = await Promise.all(
        mappings.map(async (row) => ({
          key: row.crmjira_jira_project_key ?? '',
          organization: (await readOwnership(site, row.crmjira_jira_project_id ?? ''))?.organization.toLowerCase(),
        })),
      );
      const foreign = owners.find(({ organization }) => organization !== undefined && organization !== organizationId);
      if (foreign !== undefined)
        return failed(
          `this is organization ${organizationId}; the Jira project ${foreign.key} belongs to ${foreign.organization}`,
          'This looks like a copied environment. Stop the service here, or give it a connection and a Jira site of its own.',
        );
      const known = owners.filter(({ organization }) => organization !== undefined).length;
      return ok(
        known === 0 ? `organization ${organizationId}; no project is linked yet` : `organization ${organizationId}`,
      );
    },
  };
}
