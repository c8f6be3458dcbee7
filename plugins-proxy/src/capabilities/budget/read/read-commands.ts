import {
  type AskedCommand,
  type Asker,
  type CommandFacts,
  CommandState,
  CommandType,
  dependsOnAdministrator,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { answeredInTheirRow } from '../../../reconciler/commands';
import { equalsId } from '../../../clients/dataverse/filter';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import { choice, guid, optionalText } from '../../../clients/dataverse/columns';
import { isAdministrator } from '../../../connections/environment/read-people';

const commandRow = z.object({
  crmjira_commandid: guid,
  crmjira_command_type: choice(CommandType),
  crmjira_argument: optionalText,
  crmjira_result: optionalText,
  _createdby_value: guid,
});
export type CommandRow = z.output<typeof commandRow>;

/** Commands of an opportunity that wait for an answer, oldest first (ADR-2). One with a payload is about something on it, such as an issue. */
export function readCommandRows(client: DataverseReader, opportunityId: string): Promise<readonly CommandRow[]> {
  const ofTheRecord = [...answeredInTheirRow].map((type) => `crmjira_command_type ne ${type}`).join(' and ');
  const waiting = [CommandState.Requested, CommandState.Running].map((state) => `crmjira_command_state eq ${state}`);
  return client.many(
    tables.crmjira_command.entitySet,
    {
      select: Object.keys(commandRow.shape),
      filter: `${equalsId('_crmjira_opportunity_id_value', opportunityId)} and (${waiting.join(' or ')}) and ${ofTheRecord} and crmjira_payload eq null`,
      orderBy: ['createdon asc'],
    },
    commandRow,
  );
}

/** Adds to the commands that wait who gave them, and what that person may do. */
export function readCommands(
  client: DataverseReader,
  environmentSettings: Pick<EnvironmentSettings, 'languageOf'>,
  rows: readonly CommandRow[],
  askerOf: (userId: string) => Promise<Asker>,
): Promise<readonly AskedCommand[]> {
  return Promise.all(
    rows.map(async (row) => {
      const userId = row._createdby_value;
      const [asker, language, administers] = await Promise.all([
        askerOf(userId),
        environmentSettings.languageOf(userId),
        // Only the commands that do more when an administrator gives them cost the look-up.
        dependsOnAdministrator(row.crmjira_command_type) && isAdministrator(client, userId),
      ]);
      const command: CommandFacts = {
        id: row.crmjira_commandid,
        type: row.crmjira_command_type,
        argument: row.crmjira_argument,
        result: row.crmjira_result,
        requestedById: userId,
        // An operator's, who works with the service's own account.
        byAdministrator: asker.isService || administers,
        language,
      };
      return { command, asker };
    }),
  );
}
