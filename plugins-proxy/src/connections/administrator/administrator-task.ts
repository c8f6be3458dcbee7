import { taskOfNobody } from '@crmjira/domain';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../clients/dataverse/plain-write';
import type { EnvironmentSettings } from '../environment/environment-settings';
import { writeOnce } from '../../clients/dataverse/write-once';
import { hasCode } from '../../platform/errors/has-code';

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
      await writeOnce(dataverse, { ...task, columns });
      return;
    } catch (error) {
      if (!hasCode(error, 'dataverse-forbidden')) throw error;
    }
  }
  const description = `${taskOfNobody}\n${String(task.columns['description'] ?? '')}`;
  await writeOnce(dataverse, { ...task, columns: { ...task.columns, description } });
}
