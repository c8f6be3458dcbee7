import type { CommandAnswer, CommandName } from '../rows/command';
import type { ReadFailure } from './read-failure';
import type { BriefRecord, BudgetRecord } from './read-record';

/** A command of this person that is under way or has been answered. */
export interface CommandProgress extends CommandAnswer {
  readonly name: CommandName;
  /** null while the row is being created */
  readonly id: string | null;
  /** the row could not be created: nothing was asked for */
  readonly notSent: ReadFailure | null;
  readonly sentAt: string;
}

/** What the controls on a form know at one moment. */
export interface FormState {
  /** newest complete reading; kept when a later one fails, null while only `brief` is asked for */
  readonly record: BudgetRecord | null;
  /** of the newest reading, whoever asked for it, what every reader reads */
  readonly brief: BriefRecord | null;
  /** instant of that reading */
  readonly readAt: string | null;
  /** why the newest reading failed, null when it worked */
  readonly failure: ReadFailure | null;
  readonly command: CommandProgress | null;
  /** instant of the newest reading, good or not: ages are told from here */
  readonly now: string;
}
