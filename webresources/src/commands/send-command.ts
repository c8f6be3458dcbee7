import { type CommandType, type Language, commandRow, commandTypeLabels } from '@crmjira/domain';

/**
 * Asks the service for something about an opportunity by a row of its own (ADR-2), under the person's privileges.
 * @param argument of a command that needs one
 * @returns the id of the row, in which the service answers
 */
export async function sendCommand(
  opportunityId: string,
  type: CommandType,
  language: Language,
  argument?: string,
): Promise<string> {
  const { id } = await Xrm.WebApi.createRecord(
    'crmjira_command',
    commandRow({ table: 'opportunity', id: opportunityId }, type, {
      crmjira_name: commandTypeLabels[type][language],
      crmjira_argument: argument,
    }),
  );
  return id;
}
