import { type RawRow, numberField, textField } from './row-fields';

/** `crmjira_command_type`, as far as the controls ask for it (DATA-MODEL 3.11). */
export const CommandType = { CreateProject: 1, LinkProject: 2, SyncNow: 3, Retry: 6 } as const;
export type CommandType = (typeof CommandType)[keyof typeof CommandType];

/** The command that an action of a control asks for. */
export const COMMAND_OF_ACTION: Readonly<Record<string, CommandType>> = {
  create: CommandType.CreateProject,
  link: CommandType.LinkProject,
  sync: CommandType.SyncNow,
  retry: CommandType.Retry,
};

/** `crmjira_command_state` */
export const CommandState = { Requested: 1, Running: 2, Done: 3, Refused: 4, Failed: 5 } as const;
export type CommandState = (typeof CommandState)[keyof typeof CommandState];

export const COMMAND_QUERY = '?$select=crmjira_command_state,crmjira_result';

export interface CommandAnswer {
  readonly state: CommandState;
  /** a sentence for the person who asked */
  readonly result: string | null;
}

export function parseCommand(row: RawRow): CommandAnswer {
  const found = numberField(row, 'crmjira_command_state');
  const state = Object.values(CommandState).find((candidate) => candidate === found) ?? CommandState.Requested;
  return { state, result: textField(row, 'crmjira_result') };
}

/** The row that asks for something; state and result are the integration's to write. */
export function commandRow(opportunityId: string, type: CommandType, name: string, argument?: string): RawRow {
  return {
    'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})`,
    crmjira_name: name,
    crmjira_command_type: type,
    crmjira_command_state: CommandState.Requested,
    ...(argument === undefined ? {} : { crmjira_argument: argument }),
  };
}
