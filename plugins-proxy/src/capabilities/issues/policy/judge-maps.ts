import { connectionPolicy, mapGapText, policyGaps } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { readProjectStatuses } from '../../../clients/jira/create-metadata/read-site-values';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { nameOfValue, problemSentences, readPolicySettings, readPolicyValues } from './issue-policy';
import { readOfferedProjects } from './offered-projects';

/** What is to be said of the maps of a connection, in English, for administrators. */
export interface MapVerdict {
  /** `unusable`: its links do not sync; `gaps`: values that projects in use have and the maps leave out. */
  readonly state: 'good' | 'gaps' | 'unusable';
  /** Empty where there is nothing to say. */
  readonly says: string;
  /** Projects of it that are offered. */
  readonly offered: number;
}

/** Whether the maps of a connection can be used, and what they leave out of the projects that are offered (R-1708). */
export async function judgeMaps(
  dataverse: DataverseReader & Pick<DataverseClient, 'choices'>,
  { id, site }: Pick<JiraConnection, 'id' | 'site'>,
  firstId: string,
): Promise<MapVerdict> {
  const [settings, values, projects] = await Promise.all([
    readPolicySettings(dataverse, id),
    readPolicyValues(dataverse, site),
    readOfferedProjects(dataverse),
  ]);
  const own = projects.filter(({ integrationId }) => (integrationId ?? firstId) === id);
  const offered = own.length;
  const policy = connectionPolicy(settings, values);
  if ('problems' in policy)
    return { state: 'unusable', says: problemSentences(policy.problems, values).join(' '), offered };
  const used = new Set((await Promise.all(own.map((one) => readProjectStatuses(site, one.projectId)))).flat());
  const gaps = policyGaps(policy, values);
  const told = (['status', 'priority'] as const).flatMap((setting) => {
    const { gone, ...left } = gaps[setting];
    const inUse = left.jira.filter((value) => setting === 'priority' || used.has(value));
    const nameOf = (side: 'crm' | 'jira') => (value: string) => nameOfValue(setting, side, value, values);
    return mapGapText(setting, { jira: inUse.map(nameOf('jira')), crm: left.crm.map(nameOf('crm')), gone }, 1033) ?? [];
  });
  return { state: told.length === 0 ? 'good' : 'gaps', says: told.join(' '), offered };
}
