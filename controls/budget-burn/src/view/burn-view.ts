import type { WhatIf } from '@crmjira/domain';
import type { ActionView, CardView, MessageView } from '@crmjira/form-data';
import type { ChartData } from '../geometry/chart-data';

export interface HeadlineView {
  readonly spent: string;
  /** spent of $250,000.00 CAD; in one column: of $250,000.00 CAD · 85.0% */
  readonly of: string;
  /** empty: over budget, then `rest` says it in full */
  readonly restLabel: string;
  readonly rest: string;
  readonly base: string | null;
}

export interface FigureView {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  /** nothing known: drawn lighter */
  readonly quiet: boolean;
}

/** The first cell of each row names it. */
export interface TableView {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface WhatIfView {
  readonly title: string;
  readonly sliders: readonly {
    readonly name: keyof WhatIf;
    readonly label: string;
    readonly value: number;
    /** +10% */
    readonly text: string;
  }[];
}

/** One of text and table. */
export interface WorkView {
  readonly title: string;
  readonly text?: string;
  readonly table?: TableView;
}

export interface ViewTexts {
  readonly group: string;
  readonly chart: string;
  readonly table: string;
}

/** Everything the control draws, in the user's language and formats; what is left out is not drawn. */
export interface BurnView extends CardView {
  readonly title: string;
  readonly width: number;
  readonly loading?: string;
  readonly views?: ViewTexts;
  readonly messages?: readonly MessageView[];
  readonly strong?: string;
  readonly lede?: string;
  readonly headline?: HeadlineView;
  readonly chart?: ChartData;
  /** one sentence of all figures, for those who cannot see the chart */
  readonly summary?: string;
  /** a line over time has something to say */
  readonly burnUp?: boolean;
  readonly figures?: readonly FigureView[];
  readonly tables?: readonly TableView[];
  /** what can be done with the tables */
  readonly tableActions?: readonly ActionView[];
  readonly work?: WorkView;
  readonly whatIf?: WhatIfView;
  /** what is assumed, and the way back */
  readonly assumed?: MessageView;
  readonly assumedActions?: readonly ActionView[];
  readonly footer?: readonly string[];
}
