import { CommandState, CommandType } from '@crmjira/domain';
import { type RawRow, numberField, textField } from '../row/row-fields';

/** What a person can ask for from a control, with its `crmjira_command_type` (D-3.11). */
export const COMMANDS = {
  create: CommandType.CreateProject,
  sync: CommandType.SyncNow,
  retry: CommandType.Retry,
  resolve: CommandType.ResolveDiscrepancy,
} as const;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(action: string): action is CommandName {
  return Object.hasOwn(COMMANDS, action);
}

export const COMMAND_QUERY = '?$select=crmjira_command_state,crmjira_result';

export interface CommandAnswer {
  readonly state: CommandState;
  /** a sentence for the person who asked */
  readonly result: string | null;
}

export function parseCommand(row: RawRow): CommandAnswer {
  const found = numberField(row, 'crmjira_command_state') ?? 0;
  // The values of the choice have no gap.
  const isKnown = found >= CommandState.Requested && found <= CommandState.Failed;
  const state = isKnown ? (found as CommandState) : CommandState.Requested;
  return { state, result: textField(row, 'crmjira_result') };
}
