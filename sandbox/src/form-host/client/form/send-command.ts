import { CommandState, type CommandType } from '@crmjira/domain';
import { createRow, readRow } from '../web-api/web-api';
import { numberOf, textOf } from '../web-api/row-values';

export interface CommandOutcome {
  readonly state: CommandState | null;
  readonly result: string | null;
}

/** Milliseconds between two looks at a command, and how many looks before the page stops waiting. */
const lookEvery = 1_000;
const looks = 60;

/**
 * Asks the integration to do something, as a row under the person's own privileges (DESIGN decision 2), and waits for
 * what the service writes back.
 * @returns the outcome; state null when no answer came within a minute
 */
export async function sendCommand(opportunityId: string, type: CommandType): Promise<CommandOutcome> {
  const id = await createRow('crmjira_commands', {
    'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})`,
    crmjira_command_type: type,
    crmjira_command_state: CommandState.Requested,
    crmjira_requested_on: new Date().toISOString(),
  });
  for (let look = 0; look < looks; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, lookEvery));
    const row = await readRow(`crmjira_commands(${id})?$select=crmjira_command_state,crmjira_result`);
    const state = row ? numberOf(row, 'crmjira_command_state') : null;
    if (row && (state === CommandState.Done || state === CommandState.Refused || state === CommandState.Failed))
      return { state, result: textOf(row, 'crmjira_result') };
  }
  return { state: null, result: null };
}
