import type { PolicyValues } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';

const STATES = ['active', 'resolved', 'cancelled'] as const;

/** Statuses and priorities of a case, as an administrator may have added to them; empty where there are no cases. */
export async function readRecordValues(dataverse: Pick<DataverseClient, 'choices'>): Promise<PolicyValues['record']> {
  const [statuses, priorities] = await Promise.all([
    dataverse.choices('incident', 'statuscode', 'Status'),
    dataverse.choices('incident', 'prioritycode', 'Picklist'),
  ]);
  return {
    statuses: statuses.map(({ value, labels, state }) => ({
      value: String(value),
      labels,
      state: STATES[state ?? 0] ?? 'cancelled',
    })),
    priorities: priorities.map(({ value, labels }) => ({ id: String(value), names: labels })),
  };
}
