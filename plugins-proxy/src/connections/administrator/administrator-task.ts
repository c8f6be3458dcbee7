import { taskOfNobody } from '@crmjira/domain';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../clients/dataverse/plain-write';
import type { EnvironmentSettings } from '../environment/environment-settings';
import { IntegrationError } from '../../platform/errors/integration-error';

const isRefused = (error: unknown, code: string): boolean => error instanceof IntegrationError && error.code === code;

/** Creates it unless its trigger has one already. */
async function createOnce(dataverse: DataverseClient, write: PlainWrite): Promise<void> {
  await dataverse.changeSet([write]).catch((error: unknown) => {
    if (!isRefused(error, 'dataverse-precondition')) throw error;
  });
}

/**
 * Creates a task of the administrator's, once an id: theirs who has the address of `crmjira_AdministratorMailbox` (R-1401, R-707). Where
 * that is a shared mailbox, or the user may not own activities, the task stays with the integration account and says so. Goes by the settings as last read: they may be what is wrong.
 */
export async function createAdministratorTask(
  {
    dataverse,
    environmentSettings,
  }: {
    readonly dataverse: DataverseClient;
    readonly environmentSettings: Pick<EnvironmentSettings, 'lastSettings' | 'administratorId'>;
  },
  task: PlainWrite,
): Promise<void> {
  const administrator =
    environmentSettings.lastSettings() === null ? null : await environmentSettings.administratorId();
  if (administrator !== null) {
    const columns = { ...task.columns, 'ownerid@odata.bind': `/systemusers(${administrator})` };
    try {
      return await createOnce(dataverse, { ...task, columns });
    } catch (error) {
      if (!isRefused(error, 'dataverse-forbidden')) throw error;
    }
  }
  const description = `${taskOfNobody}\n${String(task.columns['description'] ?? '')}`;
  await createOnce(dataverse, { ...task, columns: { ...task.columns, description } });
}
