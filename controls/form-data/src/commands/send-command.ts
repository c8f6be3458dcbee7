import { CommandState, commandRow } from '@crmjira/domain';
import type { Desk, RecordKey, WebApi } from '../store/desk';
import { readFailure } from '../store/read-failure';
import { COMMANDS, type CommandName } from './command';
import { commandPart } from './command-part';
import type { CommandProgress } from './command-progress';

/** Writes the row that asks for something. @param argument what the command is about: field and side of a discrepancy */
export function createCommand(
  webApi: Pick<WebApi, 'createRecord'>,
  regarding: RecordKey,
  name: CommandName,
  label: string,
  argument?: string,
): Promise<{ readonly id: string }> {
  return webApi.createRecord(
    'crmjira_command',
    commandRow(regarding, COMMANDS[name], { crmjira_name: label, crmjira_argument: argument }),
  );
}

/**
 * Asks the integration for something by creating a command row.
 * @param label of the row in lists, @param argument of a command that needs one
 */
export function sendCommand(name: CommandName, label: string, argument?: string): (desk: Desk) => Promise<void> {
  return async (desk) => {
    const { webApi, instant, isOffline, put } = desk;
    const sent = { name, state: CommandState.Requested, result: null, notSent: null, sentAt: instant() };
    const tell = (change: Partial<CommandProgress>): void => put(commandPart.name, { ...sent, id: null, ...change });
    tell({});
    try {
      const created = await createCommand(webApi, desk, name, label, argument);
      tell({ id: created.id });
    } catch (error) {
      tell({ notSent: readFailure(error, isOffline()) });
    }
  };
}
