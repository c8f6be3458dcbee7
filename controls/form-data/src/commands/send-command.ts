import { CommandState } from '@crmjira/domain';
import type { Desk } from '../store/desk';
import { readFailure } from '../store/read-failure';
import { type CommandName, commandRow } from './command';
import { commandPart } from './command-part';
import type { CommandProgress } from './command-progress';

/**
 * Asks the integration for something by creating a command row.
 * @param label of the row in lists, @param argument of a command that needs one
 */
export function sendCommand(name: CommandName, label: string, argument?: string): (desk: Desk) => Promise<void> {
  return async ({ webApi, id, instant, isOffline, put }) => {
    const sent = { name, state: CommandState.Requested, result: null, notSent: null, sentAt: instant() };
    const tell = (change: Partial<CommandProgress>): void => put(commandPart.name, { ...sent, id: null, ...change });
    tell({});
    try {
      const created = await webApi.createRecord('crmjira_command', commandRow(id, name, label, argument));
      tell({ id: created.id });
    } catch (error) {
      tell({ notSent: readFailure(error, isOffline()) });
    }
  };
}
