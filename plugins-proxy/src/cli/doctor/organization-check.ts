import { environmentVerdict } from '@crmjira/domain';
import { readConnectionOrganization } from '../../connections/environment/read-connection';
import { lookAtOwners } from '../../connections/claim/foreign-project';
import type { Session } from '../session';
import { type Check, failed, ok, warning } from './check';
import { isOfRow } from './of-connection';

/**
 * The organization that the connection writes to Jira for, and that linked projects in Jira are owned by, against the one we are
 * signed in to (R-2302).
 */
export function organizationCheck(session: Session): Check {
  const { dataverse, connection } = session;
  const { id: connectionId, site } = connection;
  return {
    id: 'organization',
    title: 'Environment is the one that owns the Jira projects',
    needs: ['who-am-i', 'connection', 'credentials'],
    remedy: 'Check that the service can read its connection row and the linked projects in Jira.',
    look: async () => {
      const { organizationId } = await dataverse.whoAmI();
      const claimed = await readConnectionOrganization(dataverse, connectionId);
      const verdict = environmentVerdict(claimed, organizationId);
      const which = isOfRow(session) ? ` --connection ${connectionId}` : '';
      const remedy = `This looks like a copied environment; nothing is written to Jira. Give it a connection and a Jira site of its own, or confirm the move with "crmjira confirm-environment --organization ${organizationId}${which}".`;
      if (verdict === 'moved')
        return failed(`this is organization ${organizationId}; the connection writes for ${claimed}`, remedy);
      const { known, foreign } = await lookAtOwners({ dataverse, site, connectionId }, organizationId);
      if (foreign !== null) {
        const says = `this is organization ${organizationId}; the Jira project ${foreign.key} belongs to ${foreign.organization}`;
        return verdict === 'ours'
          ? warning(says, 'The move is confirmed: "crmjira sync --all" claims the projects for this environment.')
          : failed(says, remedy);
      }
      return ok(
        known === 0 ? `organization ${organizationId}; no project is linked yet` : `organization ${organizationId}`,
      );
    },
  };
}
