import { CommandState, type CommandType } from '@crmjira/domain';
import type { Asked } from '@crmjira/form-data';

/** What this person asked for since the page was opened, until the rows show it. */
export interface Wish extends Asked {
  readonly no: number;
  readonly type: CommandType;
  /** id of the link or conflict, or key of the issue, that it is about; empty for a new issue */
  readonly about: string;
  /** the key, or what is to become one */
  readonly key: string;
  /** what it is about in words: the summary, or the value that was chosen */
  readonly caption: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly sentAt: string;
}

export const isWaiting = ({ state, notSent }: Wish): boolean => !notSent && state <= CommandState.Running;

export const isDoneWish = ({ state }: Wish): boolean => state === CommandState.Done;
