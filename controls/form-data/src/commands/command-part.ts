import type { Part } from '../store/part';
import { CommandState } from '@crmjira/domain';
import { COMMAND_QUERY, parseCommand } from './command';
import { type CommandProgress, isUnderWay } from './command-progress';

/** Milliseconds for which the answer to a command is read at every look; later it shows with the change that it leads to. */
export const COMMAND_FOR = 120_000;

/** The command that was asked for last from a control of the form: when it says done, the figures read after it are the ones it led to. */
export const commandPart: Part<'command', CommandProgress | null> = {
  name: 'command',
  select: COMMAND_QUERY,
  first: true,
  async read({ webApi }, _known, command = null) {
    if (!command?.id || command.state > CommandState.Running) return command;
    return {
      ...command,
      ...parseCommand(await webApi.retrieveRecord('crmjira_command', command.id, COMMAND_QUERY)),
    };
  },
  waits: (command, now) => isUnderWay(command) && Date.parse(now) - Date.parse(command.sentAt) < COMMAND_FOR,
};
