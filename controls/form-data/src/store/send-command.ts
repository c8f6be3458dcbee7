import { type CommandName, CommandState, commandRow } from '../rows/command';
import { readFailure } from './read-failure';
import type { Desk } from './reader';

/**
 * Asks the integration for something by creating a command row.
 * @param label of the row in lists, @param argument of a command that needs one
 */
export function sendCommand(name: CommandName, label: string, argument?: string): (desk: Desk) => Promise<void> {
  return async ({ webApi, opportunityId, instant, isOffline, set }) => {
    const sent = { name, state: CommandState.Requested, result: null, notSent: null, sentAt: instant() };
    set({ command: { ...sent, id: null } });
    try {
      const created = await webApi.createRecord('crmjira_command', commandRow(opportunityId, name, label, argument));
      set({ command: { ...sent, id: created.id } });
    } catch (error) {
      set({ command: { ...sent, id: null, notSent: readFailure(error, isOffline()) } });
    }
  };
}
