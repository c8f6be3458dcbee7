import { CommandType, commandRow, commandTypeLabels } from '@crmjira/domain';
import { userLanguage } from '../../opportunity-form/words';

/** Asks for a sync of all links of a record. @returns the id of the row, in which the service answers */
export async function askForSync(table: string, id: string): Promise<string> {
  const columns = {
    crmjira_name: commandTypeLabels[CommandType.SyncNow][userLanguage()],
    // Without a payload the same command means the budget of an opportunity.
    crmjira_payload: '{}',
  };
  const row = commandRow({ table, id }, CommandType.SyncNow, columns);
  return (await Xrm.WebApi.createRecord('crmjira_command', row)).id;
}
