import type { CardView, MessageView } from '@crmjira/form-data';

export interface StepView {
  readonly text: string;
  readonly state: 'done' | 'current' | 'open';
  /** for those who cannot see the icon */
  readonly stateText: string;
}

export interface ConditionView {
  readonly text: string;
  readonly met: boolean;
  readonly stateText: string;
  readonly detail: string | null;
}

export interface FactView {
  readonly label: string;
  readonly value: string;
}

/** Everything the control draws, in the user's language and formats; what is left out is not drawn. */
export interface ProjectView extends CardView {
  readonly title: string;
  readonly narrow: boolean;
  readonly loading?: string;
  readonly link?: { readonly url: string; readonly text: string; readonly hint: string };
  readonly name?: string;
  readonly ids?: string;
  readonly lede?: string;
  readonly conditions?: readonly ConditionView[];
  readonly steps?: readonly StepView[];
  readonly message?: MessageView;
  readonly facts?: readonly FactView[];
  readonly note?: string;
}
