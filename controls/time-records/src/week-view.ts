import type { ChipView, IconName, TimeState, Tone } from '@crmjira/form-data';
import type { ShownIssue } from './read-week';

export interface DayView {
  readonly day: string;
  /** Mon 12 */
  readonly caption: string;
  readonly isToday: boolean;
  /** total, or a dash */
  readonly total: string;
  /** read in the place of the drawing */
  readonly said: string;
  /** shares of the height of a bar */
  readonly height: number;
  readonly solid: number;
  /** null: nothing is expected */
  readonly target: number | null;
  readonly isComplete: boolean;
  /** time that is missing; empty: none */
  readonly left: string;
  readonly leftSaid: string;
}

export interface RowView {
  readonly id: string;
  readonly name: string;
  readonly regarding: string;
  readonly time: string;
  readonly duration: string;
  readonly issueKey: string | null;
  readonly issue: ShownIssue | null;
  readonly state: TimeState;
  readonly tone: Tone;
  readonly icon: IconName;
  readonly text: string;
  readonly error: string;
  readonly isUsable: boolean;
  readonly isSelected: boolean;
}

export interface GroupView {
  readonly day: string;
  readonly title: string;
  readonly total: string;
  readonly note: string;
  readonly rows: readonly RowView[];
}

/** What came of a sync, or how far it is. */
export interface ResultView {
  readonly kind: 'running' | 'failed' | 'ok' | 'stopped' | 'notSent' | 'long';
  readonly tone: Tone;
  readonly icon: IconName;
  readonly strong: string;
  readonly text: string;
  readonly errors: readonly (readonly [name: string, error: string])[];
  /** 0…1 */
  readonly share: number;
  /** what is announced: the beginning, each failure, the end */
  readonly news: string;
}

export interface WeekView {
  readonly range: string;
  readonly connection: ChipView | null;
  readonly isConnected: boolean;
  readonly total: string;
  readonly of: string;
  readonly left: string;
  readonly days: readonly DayView[];
  readonly groups: readonly GroupView[];
  readonly foot: readonly string[];
  readonly result: ResultView | null;
}
