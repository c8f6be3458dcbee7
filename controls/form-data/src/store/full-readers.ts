import { COMMAND_QUERY, CommandState, parseCommand } from '../rows/command';
import { type SnapshotReader, readSnapshots } from '../rows/snapshots';
import type { FormState } from './form-state';
import { type Constants, readRecord } from './read-record';
import type { Desk, Reader } from './reader';

/** Mapping, opportunity and the answer to a command. */
export const projectReader: Reader = {
  depth: 1,
  read: (desk, constants, state) => readFully(desk, constants, state, null),
};

/** The same with the history of the figures. */
export const figuresReader: Reader = {
  depth: 2,
  read: (desk, constants, state) => readFully(desk, constants, state, readSnapshots),
};

async function readFully(
  { webApi, opportunityId, instant }: Desk,
  constants: Constants,
  { command, record: last }: FormState,
  snapshots: SnapshotReader | null,
): Promise<(latest: FormState) => Partial<FormState>> {
  // The command first: when it says done, the figures read after it are the ones it led to.
  const open = command?.id && command.state <= CommandState.Running;
  const answer = open && parseCommand(await webApi.retrieveRecord('crmjira_command', command.id, COMMAND_QUERY));
  const record = await readRecord(webApi, opportunityId, constants, last, snapshots, instant());
  // Another command may have been sent while this one was read.
  return (latest) => ({
    ...(answer && latest.command === command && { command: { ...command, ...answer } }),
    record,
    brief: record,
  });
}
