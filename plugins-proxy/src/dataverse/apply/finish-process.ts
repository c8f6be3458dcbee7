import { process } from '@crmjira/domain';
import type { DataverseClient } from '../dataverse-client';

/** State and status of a finished process instance (the platform's own). */
const finished = { statecode: 1, statuscode: 2 };

/** Finishes the process on its active stage. */
export async function finishProcess(client: DataverseClient, instanceId: string): Promise<void> {
  await client.changeSet([{ op: 'update', collection: process.entitySet, id: instanceId, columns: finished }]);
}
