import type { ChipView, IconName, Look, MessageView } from '@crmjira/form-data';
import type { ColumnName } from '../rows/columns';
import type { Choice } from '../rows/filter';
import type { Sorted } from '../rows/sort';

export type BarTone = 'brand' | 'warn' | 'over' | 'ok';

export interface HeaderView {
  /** null: no column of the table, nothing to sort by */
  readonly column: ColumnName | null;
  readonly text: string;
  readonly isFigure: boolean;
  readonly sorted: Sorted;
}

/** What a bar and the figures beside it show, of one row or of a sum. */
export interface BurnView {
  readonly percent: string;
  /** length of the bar, 0…115 */
  readonly bar: number;
  /** where is warned, on the same scale */
  readonly tick: number;
  readonly tone: BarTone;
  /** what is to be looked at, in words */
  readonly note: string | null;
  readonly approved: string;
  readonly spent: string;
  readonly remaining: string;
  readonly isNegative: boolean;
}

export interface RowView extends BurnView {
  readonly id: string;
  readonly name: string;
  /** null: the opportunity is gone or hidden */
  readonly opportunityId: string | null;
  readonly key: string;
  readonly status: ChipView;
  /** said below the amount: nobody has approved it */
  readonly planned: string | null;
  /** code of the row's currency where others are listed too: several share a sign */
  readonly currency: string | null;
  readonly discrepancy: ChipView | null;
  /** cost at completion, empty while it is being read */
  readonly forecast: string;
  /** no forecast but the reason why there is none */
  readonly isQuiet: boolean;
  readonly sync: string;
  readonly stale: ChipView | null;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** names of what opens the details and of what selects the row */
  readonly details: string;
  readonly select: string;
  /** what the row is counted under */
  readonly counts: Readonly<Record<'over' | 'past' | 'atRisk' | 'differs', boolean>>;
}

/** Sum of the rows of one currency. */
export interface TotalView extends BurnView {
  readonly name: string;
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
  /** why the figures are old */
  readonly problem: MessageView | null;
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

export type ToolName = 'sync' | 'resolve' | 'open' | 'export' | 'chart';

export interface ToolView {
  readonly name: ToolName;
  readonly icon: IconName;
  readonly text: string;
  /** what is selected does not suit it, or this person may not */
  readonly disabled: boolean;
}

/** Everything the control draws, in the user's language and formats. */
export interface PortfolioView {
  readonly look: Look;
  readonly title: string;
  readonly busy: boolean;
  /** only the bars are shown, wide */
  readonly charted: boolean;
  readonly message: MessageView | null;
  /** what is to be looked at among the rows, counted */
  readonly chips: readonly ChipView[];
  readonly tools: readonly ToolView[];
  /** answer to what was asked for above the rows */
  readonly told: string;
  readonly headers: readonly HeaderView[];
  readonly rows: readonly RowView[];
  readonly selectAll: string;
  /** drawn before the headings where they are no row of a table */
  readonly sortBy: string;
  readonly allSelected: boolean;
  readonly details: DetailsView | null;
  readonly totals: readonly TotalView[];
  readonly count: string;
  readonly legend: string;
  readonly more: string | null;
  readonly empty: string | null;
  readonly choiceText: string;
  readonly choice: Choice;
  readonly choices: readonly { readonly choice: Choice; readonly text: string }[];
  readonly keywordText: string;
}
