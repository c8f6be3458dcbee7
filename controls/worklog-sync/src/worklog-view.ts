import type { ActionView, ChipView, MessageView } from '@crmjira/form-data';

/** One line of what differs between Jira and the record. */
export interface ChangeView {
  readonly name: string;
  readonly there: string;
  readonly here: string;
}

/** A condition of the sync, and whether it holds. */
export interface NeedView {
  readonly text: string;
  readonly isMet: boolean;
}

export interface WorklogView {
  /** name of the state, of which a change is announced */
  readonly state: string;
  readonly chips: readonly ChipView[];
  readonly loading?: string;
  readonly lede?: string;
  /** below it, small */
  readonly note?: string;
  readonly facts?: readonly (readonly [name: string, value: string])[];
  readonly message?: MessageView | null;
  readonly changes?: readonly ChangeView[];
  /** heading of what Jira has */
  readonly inJira?: string;
  readonly needs?: readonly NeedView[];
  readonly actions?: readonly ActionView[];
  /** beside the buttons, as words only */
  readonly leave?: string | null;
  /** address of the worklog in Jira */
  readonly url?: string | null;
  readonly mayRemove?: boolean;
  /** what is asked before it is removed */
  readonly question?: readonly [title: string, text: string];
  /** what is announced when the state is new */
  readonly news: string;
}
