/** Colour of the spent bar and line; follows spending only (mockups "State order"). */
export type SpentTone = 'brand' | 'warn' | 'over' | 'ok';

/** Amounts in major units of one currency, days as day numbers, labels in the user's words and formats. */
export interface ChartData {
  readonly approved: number;
  readonly spent: number;
  readonly tone: SpentTone;
  /** share of the approved amount that the warning tick stands at, e.g. 0.8 */
  readonly warningShare: number;
  readonly forecast: ChartForecast | null;
  readonly maximum: number;
  readonly grid: readonly { readonly amount: number; readonly label: string }[];
  readonly range: readonly [from: number, to: number];
  readonly months: readonly { readonly day: number; readonly label: string }[];
  readonly today: number;
  readonly history: readonly { readonly day: number; readonly spent: number }[];
  /** the approved amount and each later change of it, ascending by day */
  readonly steps: readonly { readonly day: number; readonly amount: number; readonly label: string }[];
  /** money a day; null when no run-out day follows from the pace */
  readonly paces: { readonly slowest: number; readonly centre: number; readonly fastest: number } | null;
  /** ascending by day */
  readonly milestones: readonly ChartMilestone[];
  readonly labels: ChartLabels;
}

export interface ChartMilestone {
  readonly day: number;
  readonly name: string;
  /** Release 2.0 · Jun 13, 2025: for the pointer, also where the name has no room */
  readonly title: string;
  readonly released: boolean;
}

export interface ChartForecast {
  readonly low: number;
  readonly high: number;
  /** Forecast $238,750 – $259,146 */
  readonly label: string;
  /** Forecast $239K–$259K */
  readonly short: string;
  /** Forecast, and each end of it */
  readonly lines: readonly [title: string, high: string, low: string];
}

export interface ChartLabels {
  /** 80% */
  readonly warning: string;
  /** 100% */
  readonly full: string;
  /** 100% · Approved $250,000 */
  readonly fullLong: string;
  /** Spent 85.0% */
  readonly spentShare: string;
  /** Spent */
  readonly spent: string;
  /** Today, Last figures or Completed */
  readonly today: string;
  /** Approved $250K, for widths without an axis */
  readonly approvedShort: string;
  /** Jun 16; empty without a run-out day */
  readonly runOut: string;
}
