import type { ChipView, MessageView } from '@crmjira/form-data';
import type { ColumnName } from '../rows/columns';
import type { Choice } from '../rows/filter';
import type { Sorted } from '../rows/sort';

export type BarTone = 'brand' | 'warn' | 'over' | 'ok';

export interface HeaderView {
  readonly column: ColumnName;
  readonly text: string;
  readonly isFigure: boolean;
  readonly sorted: Sorted;
}

export interface RowView {
  readonly id: string;
  readonly name: string;
  /** null: the opportunity is gone or hidden */
  readonly opportunityId: string | null;
  readonly key: string;
  readonly status: ChipView;
  readonly percent: string;
  /** length of the bar, 0…115 */
  readonly bar: number;
  readonly tone: BarTone;
  /** what the bar shows, in words */
  readonly note: string | null;
  readonly approved: string;
  /** name of the row's currency where others are listed too: several share a sign */
  readonly currency: string | null;
  readonly discrepancy: ChipView | null;
  readonly spent: string;
  readonly remaining: string;
  readonly isNegative: boolean;
  readonly sync: string;
  readonly stale: ChipView | null;
  readonly open: boolean;
  readonly details: string;
}

export interface FieldView {
  readonly field: string;
  /** field, Dynamics, Jira, since when */
  readonly texts: readonly string[];
  readonly differs: boolean;
  /** sides that may be asked for; null where both agree or this person may not ask */
  readonly takes: readonly { readonly side: string; readonly text: string; readonly label: string }[] | null;
}

/** A month, a person in it, or the total. */
export interface WorkView {
  readonly name: string;
  readonly hours: string;
  readonly cost: string;
  readonly isPerson: boolean;
}

export interface DetailsView {
  readonly label: string;
  readonly fieldCaption: string;
  readonly fieldHeads: readonly string[];
  readonly fields: readonly FieldView[];
  readonly busy: boolean;
  /** answer to what was asked for */
  readonly told: string;
  readonly workCaption: string;
  readonly workHeads: readonly string[];
  readonly work: readonly WorkView[];
  readonly notes: readonly string[];
}

/** Everything the control draws, in the user's language and formats. */
export interface PortfolioView {
  readonly title: string;
  readonly cards: boolean;
  readonly narrow: boolean;
  readonly busy: boolean;
  readonly message: MessageView | null;
  readonly headers: readonly HeaderView[];
  readonly rows: readonly RowView[];
  readonly details: DetailsView | null;
  readonly count: string;
  readonly legend: string;
  readonly more: string | null;
  readonly empty: string | null;
  readonly filter: {
    readonly choiceText: string;
    readonly choice: Choice;
    readonly choices: readonly { readonly choice: Choice; readonly text: string }[];
    readonly keywordText: string;
  };
}
