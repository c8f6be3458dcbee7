import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { writeProcess } from './write-process';

/** State and status of a process instance (the platform's own). */
const finished = { statecode: 1, statuscode: 2 };
const active = { statecode: 0, statuscode: 1 };

/** Finishes the process on its active stage. @throws IntegrationError as `writeProcess` */
export function finishProcess(client: DataverseClient, instanceId: string): Promise<void> {
  return writeProcess(client, instanceId, finished);
}

/** Takes an early end back: the process stands on the stage that it was ended on. @throws IntegrationError as `writeProcess` */
export function reactivateProcess(client: DataverseClient, instanceId: string): Promise<void> {
  return writeProcess(client, instanceId, active);
}
