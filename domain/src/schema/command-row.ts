import { CommandState, type CommandType } from './generated/options';
import type { CommandRow } from './generated/rows';

/**
 * The row by which somebody asks for something about a record; state and answer are the integration's to write (D-3.11).
 * @param regarding an opportunity has a lookup of its own, which its views and flows go by
 * @param columns what the type needs beside that: name in lists, argument
 */
export function commandRow(
  regarding: { readonly table: string; readonly id: string },
  type: CommandType,
  columns: Partial<CommandRow> = {},
): Partial<CommandRow> {
  const { table, id } = regarding;
  return {
    ...(table === 'opportunity'
      ? { 'crmjira_opportunity_id@odata.bind': `/opportunities(${id})` }
      : { crmjira_regarding_table: table, crmjira_regarding_id: id }),
    crmjira_command_type: type,
    crmjira_command_state: CommandState.Requested,
    ...columns,
  };
}
