import { CommandState, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalGuid, optionalNumber } from '../clients/dataverse/columns';
import { jobKey } from '../queue/job-key';
import type { TrackedTable, Triggers } from './triggers';

/** What stands before the colon of a command's job key. */
export const commandKind = 'command';

const commandRow = z.object({
  crmjira_commandid: guid,
  crmjira_command_state: optionalNumber,
  _createdby_value: optionalGuid,
  _modifiedby_value: optionalGuid,
});

/** Our own answers change the row as well. What its creator alone has written waits, whatever state they gave it. */
function keysOf(row: unknown): readonly string[] {
  const { crmjira_commandid: id, crmjira_command_state: state, ...by } = commandRow.parse(row);
  const isCreators = by._createdby_value !== null && by._modifiedby_value === by._createdby_value;
  return state === CommandState.Requested || isCreators ? [jobKey(commandKind, id)] : [];
}

function keysAtStart(row: unknown): readonly string[] {
  const { crmjira_commandid: id, crmjira_command_state: state } = commandRow.parse(row);
  return state === CommandState.Requested ? [jobKey(commandKind, id)] : [];
}

const commandTable: TrackedTable = {
  name: 'crmjira_command',
  collection: tables.crmjira_command.entitySet,
  select: Object.keys(commandRow.shape),
  keysOf,
  keysAtStart,
  keysOfDeleted: () => [],
};

/** What names the jobs of commands, whatever they regard; their handler says which other jobs they stand for. */
export const commandTriggers: Triggers = {
  steps: [{ table: 'crmjira_command', message: 'Create', endpoint: 'async' }],
  keysOfStep: { crmjira_command: (id) => [jobKey(commandKind, id)] },
  tracked: () => [commandTable],
  keysOfJiraEvent: () => null,
};
