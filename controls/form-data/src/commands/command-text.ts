import { CommandState } from '@crmjira/domain';
import type { Words } from '../format/words';
import type { CommandProgress } from './command-progress';

/** Texts that every control with commands has in its resx. */
export type CommandKey =
  | 'command.requested'
  | 'command.syncRequested'
  | 'command.done'
  | 'command.refused'
  | 'command.failed'
  | 'command.notSent'
  | 'command.notAllowed'
  | 'command.waiting';

/** After this time without an answer a person is told that the request is kept; milliseconds. */
const LONG_WAIT = 60_000;

/** What became of a person's command, in words; empty before there was one. */
export function commandText(command: CommandProgress | null | undefined, now: string, say: Words<CommandKey>): string {
  if (!command) return '';
  if (command.notSent !== null) return say(command.notSent === 'forbidden' ? 'command.notAllowed' : 'command.notSent');
  const result = command.result ?? '';
  switch (command.state) {
    case CommandState.Done:
      return result || say('command.done');
    case CommandState.Refused:
      return say('command.refused', { result }).trim();
    case CommandState.Failed:
      return say('command.failed', { result }).trim();
    default:
      // The integration tells why it waits, e.g. for a Jira that does not answer.
      if (result) return result;
      if (Date.parse(now) - Date.parse(command.sentAt) > LONG_WAIT) return say('command.waiting');
      return say(command.name === 'sync' ? 'command.syncRequested' : 'command.requested');
  }
}
