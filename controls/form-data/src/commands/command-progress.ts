import { CommandState } from '@crmjira/domain';
import type { ReadFailure } from '../store/read-failure';
import type { CommandAnswer, CommandName } from './command';

/** A command of this person that is under way or has been answered. */
export interface CommandProgress extends CommandAnswer {
  readonly name: CommandName;
  /** null while the row is being created */
  readonly id: string | null;
  /** the row could not be created: nothing was asked for */
  readonly notSent: ReadFailure | null;
  readonly sentAt: string;
}

/** Whether an answer is still to come. */
export function isUnderWay(command: CommandProgress | null | undefined): command is CommandProgress {
  return !!command && command.notSent === null && command.state <= CommandState.Running;
}
