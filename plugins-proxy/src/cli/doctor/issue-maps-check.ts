import { connectionPolicy, mapGapText, policyGaps } from '@crmjira/domain';
import {
  nameOfValue,
  problemSentences,
  readPolicySettings,
  readPolicyValues,
} from '../../capabilities/issues/policy/issue-policy';
import { readOfferedProjects } from '../../capabilities/issues/policy/offered-projects';
import { readProjectStatuses } from '../../clients/jira/create-metadata/read-site-values';
import type { Session } from '../session';
import { type Check, failed, ok, skipped, warning } from './check';

/** Whether the maps of a connection can be used, and what they leave out of the projects that are offered (R-1708). */
export function issueMapsCheck({ dataverse, environmentSettings, jira, connection }: Session): Check {
  const { id, name, site } = connection;
  const remedy = `Open the connection "${name}" in Dynamics and correct its maps of statuses and priorities.`;
  return {
    id: 'issue-maps',
    title: 'Status and priority maps',
    needs: ['capabilities', 'credentials'],
    remedy,
    look: async () => {
      if (!(await environmentSettings.settings()).capabilities.has('issues')) return skipped('issues are switched off');
      const [settings, values, offered] = await Promise.all([
        readPolicySettings(dataverse, id),
        readPolicyValues(dataverse, site),
        readOfferedProjects(dataverse),
      ]);
      const policy = connectionPolicy(settings, values);
      if ('problems' in policy) return failed(problemSentences(policy.problems, values).join(' '), remedy);
      const own = offered.filter(({ integrationId }) => (integrationId ?? jira.first.id) === id);
      const used = new Set((await Promise.all(own.map((one) => readProjectStatuses(site, one.projectId)))).flat());
      const gaps = policyGaps(policy, values);
      const told = (['status', 'priority'] as const).flatMap((setting) => {
        const { gone, ...left } = gaps[setting];
        const inUse = left.jira.filter((value) => setting === 'priority' || used.has(value));
        const nameOf = (side: 'crm' | 'jira') => (value: string) => nameOfValue(setting, side, value, values);
        return (
          mapGapText(setting, { jira: inUse.map(nameOf('jira')), crm: left.crm.map(nameOf('crm')), gone }, 1033) ?? []
        );
      });
      return told.length === 0 ? ok(`${own.length} projects are offered`) : warning(told.join(' '), remedy);
    },
  };
}
