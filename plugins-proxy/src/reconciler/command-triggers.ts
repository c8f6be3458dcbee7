import { CommandState, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalNumber } from '../clients/dataverse/columns';
import { jobKey } from '../queue/job-key';
import type { TrackedTable, Triggers } from './triggers';

/** What stands before the colon of a command's job key. */
export const commandKind = 'command';

const commandRow = z.object({ crmjira_commandid: guid, crmjira_command_state: optionalNumber });

const keysOf = (row: unknown): readonly string[] => {
  const { crmjira_commandid: id, crmjira_command_state: state } = commandRow.parse(row);
  // Only what waits: our own answers change the row as well.
  return state === CommandState.Requested ? [jobKey(commandKind, id)] : [];
};

const commandTable: TrackedTable = {
  name: 'crmjira_command',
  collection: tables.crmjira_command.entitySet,
  select: Object.keys(commandRow.shape),
  keysOf,
  keysAtStart: keysOf,
  keysOfDeleted: () => [],
};

/** What names the jobs of commands, whatever they regard; their handler says which other jobs they stand for. */
export const commandTriggers: Triggers = {
  steps: [{ table: 'crmjira_command', message: 'Create', endpoint: 'async' }],
  kindOfTable: { crmjira_command: commandKind },
  tracked: () => [commandTable],
  keysOfJiraEvent: () => null,
};
