import {
  type ConnectionPolicy,
  connectionPolicy,
  type IssuePolicy,
  type PolicySettings,
  type PolicyValues,
  type RecordFacts,
  ResolutionRule,
  type SettingProblem,
  settingProblemText,
  tables,
  titleLengths,
} from '@crmjira/domain';
import { z } from 'zod';
import { choice, optionalText } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { memoize } from '../../../clients/dataverse/memoize';
import { readPriorities, readStatuses } from '../../../clients/jira/create-metadata/read-site-values';
import type { JiraSite } from '../../../clients/jira/jira-site';
import type { Limits } from '../../../connections/environment/limits';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { perConnection } from '../../../connections/jira/per-connection';
import { IntegrationError } from '../../../platform/errors/integration-error';
import { defaultLeaseMs } from '../../../queue/worker';
import { readRecordValues } from './read-record-values';

export interface PolicyParts {
  readonly dataverse: Pick<DataverseClient, 'one' | 'choices'>;
  readonly limits: () => Pick<Limits, 'timeoutMs'>;
}

/** By which the links of a connection are planned, and when its resolved issues resolve a case. */
export type IssuePolicyOfConnection = IssuePolicy & Pick<ConnectionPolicy, 'resolutionRule'>;

/**
 * @param connection of the issue @param table of the record
 * @throws IntegrationError `jira-connection`, naming each setting that cannot be used
 */
export type IssuePolicyOf = (
  connection: JiraConnection,
  table: RecordFacts['table'],
) => Promise<IssuePolicyOfConnection>;

/** Milliseconds for which settings of a row are taken for true, as those of the environment. */
const settingsKeepMs = 60_000;

const row = z.object({
  crmjira_conflict_policy: optionalText,
  crmjira_status_map: optionalText,
  crmjira_priority_map: optionalText,
  crmjira_resolution_rule: choice(ResolutionRule).nullish(),
});

/** What the row of a connection says; a connection without a row says nothing. */
export async function readPolicySettings(
  dataverse: Pick<DataverseClient, 'one'>,
  connectionId: string,
): Promise<PolicySettings> {
  const { entitySet } = tables.crmjira_integration;
  const found = await dataverse.one(entitySet, connectionId, Object.keys(row.shape), row);
  return {
    conflictPolicy: found?.crmjira_conflict_policy ?? null,
    statusMap: found?.crmjira_status_map ?? null,
    priorityMap: found?.crmjira_priority_map ?? null,
    resolutionRule: found?.crmjira_resolution_rule ?? null,
  };
}

/** Statuses and priorities of both sides. */
export async function readPolicyValues(
  dataverse: Pick<DataverseClient, 'choices'>,
  site: JiraSite,
): Promise<PolicyValues> {
  const [statuses, priorities, record] = await Promise.all([
    readStatuses(site),
    readPriorities(site),
    readRecordValues(dataverse),
  ]);
  return { jira: { statuses, priorities }, record };
}

/** What a value is called on its side; itself where nobody knows it. */
export function nameOfValue(
  setting: 'status' | 'priority',
  side: 'crm' | 'jira',
  value: string,
  { jira, record }: PolicyValues,
): string {
  const named: readonly (readonly [string, string | undefined])[] =
    setting === 'status'
      ? side === 'jira'
        ? jira.statuses.map(({ id, name }) => [id, name])
        : record.statuses.map((one) => [one.value, one.labels[0]])
      : (side === 'jira' ? jira : record).priorities.map(({ id, names }) => [id, names[0]]);
  return named.find(([id]) => id === value)?.[1] ?? value;
}

/** In English, for log and administrators. */
export const problemSentences = (problems: readonly SettingProblem[], values: PolicyValues): readonly string[] =>
  problems.map((problem) => {
    const { setting } = problem;
    if (setting === 'conflict' || problem.value === null) return settingProblemText(problem, '', 1033);
    const side = problem.code.startsWith('jira') ? 'jira' : 'crm';
    return settingProblemText(problem, nameOfValue(setting, side, problem.value, values), 1033);
  });

/** Reads the settings of a connection at most once a minute, and what its site has as long as other metadata is remembered. */
export function issuePolicies({ dataverse, limits }: PolicyParts): IssuePolicyOf {
  const policyOf = perConnection(({ id, name, site }: JiraConnection) =>
    memoize(async (): Promise<ConnectionPolicy> => {
      const [settings, values] = await Promise.all([
        readPolicySettings(dataverse, id),
        readPolicyValues(dataverse, site),
      ]);
      const read = connectionPolicy(settings, values);
      if (!('problems' in read)) return read;
      throw new IntegrationError(
        `The Jira connection "${name}" cannot be used for issues: ${problemSentences(read.problems, values).join(' ')} Correct the connection in Dynamics.`,
        { code: 'jira-connection', errorClass: 'configuration', connectionId: id },
      );
    }, settingsKeepMs),
  );
  return async (connection, table) => ({
    ...(await policyOf(connection)()),
    titleLength: titleLengths[table],
    // A run that was given up can go on as long as its lease holds, and what it sent last as long as a request may take.
    wireMs: defaultLeaseMs + limits().timeoutMs,
  });
}
