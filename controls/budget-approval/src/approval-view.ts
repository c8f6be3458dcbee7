import type { ActionView, ChipView, MessageView } from '@crmjira/form-data';

export interface FactView {
  readonly label: string;
  readonly value: string;
  /** the value in words, where it is written in signs */
  readonly spoken?: string;
  readonly aside?: string;
  readonly bars?: BarsView;
}

/** Share that is spent, now and after, drawn by the style sheet; the value says the same in words. */
export interface BarsView {
  readonly level: 'below' | 'above' | 'over';
  /** percent, as custom properties */
  readonly sizes: Readonly<Record<string, number>>;
}

export interface EventView extends ChipView {
  /** who and when */
  readonly by: string;
  readonly amount: string;
  readonly comment: string | null;
}

/** Everything the control draws, in the user's language and formats; what is left out is not drawn. */
export interface ApprovalView {
  /** name of the state, for tests, focus and announcements */
  readonly state: string;
  readonly title: string;
  readonly narrow: boolean;
  readonly loading?: string;
  readonly chip?: ChipView;
  /** at the far end of the title */
  readonly amount?: string;
  readonly by?: string;
  readonly lead?: readonly [amount: string, text: string];
  readonly lede?: string;
  readonly message?: MessageView;
  readonly facts?: readonly FactView[];
  readonly reason?: readonly [label: string, text: string];
  /** `decides`: for the comment of a decision; `kept`: one that was not recorded, to copy */
  readonly field?: { readonly label: string; readonly decides?: true; readonly error?: string; readonly kept?: string };
  readonly actions?: readonly ActionView[];
  readonly note?: string;
  readonly history?: readonly EventView[];
  readonly historyTitle?: string;
  /** answer to the person's own action */
  readonly told: string;
}

/** What one state draws beyond title and width. */
export type Part = Partial<ApprovalView>;
