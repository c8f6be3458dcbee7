import { judgeMaps } from '../../capabilities/issues/policy/judge-maps';
import type { Session } from '../session';
import { type Check, failed, ok, skipped, warning } from './check';

/** Whether the maps of a connection can be used, and what they leave out of the projects that are offered (R-1708). */
export function issueMapsCheck({ dataverse, environmentSettings, jira, connection }: Session): Check {
  const remedy = `Open the connection "${connection.name}" in Dynamics and correct its maps of statuses and priorities.`;
  return {
    id: 'issue-maps',
    title: 'Status and priority maps',
    needs: ['capabilities', 'credentials'],
    remedy,
    look: async () => {
      if (!(await environmentSettings.settings()).capabilities.has('issues')) return skipped('issues are switched off');
      const { state, says, offered } = await judgeMaps(dataverse, connection, jira.first.id);
      if (state === 'unusable') return failed(says, remedy);
      return state === 'good' ? ok(`${offered} projects are offered`) : warning(says, remedy);
    },
  };
}
