import { type RetentionPolicy, retentionPolicy } from '@crmjira/domain';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { readEnvironmentVariables } from '../../connections/environment/read-environment-variables';

/** What the environment's variables say; the law's minimum holds whatever they say (R-1107). */
export async function readRetentionPolicy(client: DataverseClient): Promise<RetentionPolicy> {
  const variables = await readEnvironmentVariables(client);
  const number = (name: string): number => {
    const value = variables.get(name)?.value?.trim() ?? '';
    return value === '' ? Number.NaN : Number(value);
  };
  return retentionPolicy({
    hotDays: number('crmjira_LogHotDays'),
    activeMonths: number('crmjira_ActiveMonths'),
    retentionYears: number('crmjira_RetentionYears'),
  });
}
