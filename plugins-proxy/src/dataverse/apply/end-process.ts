import { process } from '@crmjira/domain';
import type { DataverseClient } from '../dataverse-client';

/** State and status of a process instance (the platform's own). */
const finished = { statecode: 1, statuscode: 2 };
const active = { statecode: 0, statuscode: 1 };

const write = (client: DataverseClient, id: string, columns: Readonly<Record<string, number>>): Promise<void> =>
  client.changeSet([{ op: 'update', collection: process.entitySet, id, columns }]);

/** Finishes the process on its active stage. */
export function finishProcess(client: DataverseClient, instanceId: string): Promise<void> {
  return write(client, instanceId, finished);
}

/** Takes an early end back: the process stands on the stage that it was ended on. */
export function reactivateProcess(client: DataverseClient, instanceId: string): Promise<void> {
  return write(client, instanceId, active);
}
