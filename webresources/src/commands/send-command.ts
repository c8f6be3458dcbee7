import { CommandType, type Language, commandRow, commandTypeLabels } from '@crmjira/domain';

/** A record that something is asked about. */
export interface Regarded {
  readonly table: string;
  readonly id: string;
}

/**
 * Asks the service for something about a record by a row of its own (ADR-2), under the person's privileges.
 * @param more of a command that needs it
 * @returns the id of the row, in which the service answers
 */
export async function sendCommand(
  regarding: Regarded,
  type: CommandType,
  language: Language,
  { argument, payload }: { readonly argument?: string; readonly payload?: object } = {},
): Promise<string> {
  const columns = {
    crmjira_name: commandTypeLabels[type][language],
    ...(argument === undefined ? {} : { crmjira_argument: argument }),
    ...(payload === undefined ? {} : { crmjira_payload: JSON.stringify(payload) }),
  };
  return (await Xrm.WebApi.createRecord('crmjira_command', commandRow(regarding, type, columns))).id;
}

/** Of a command about an opportunity. */
export const opportunity = (id: string): Regarded => ({ table: 'opportunity', id });

/** Asks for a sync of all links of a record: without a payload the same command means the budget of an opportunity. */
export const askForSync = (regarding: Regarded, language: Language): Promise<string> =>
  sendCommand(regarding, CommandType.SyncNow, language, { payload: {} });
