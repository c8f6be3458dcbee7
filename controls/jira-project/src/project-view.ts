import type { ActionView, ChipView, MessageView } from '@crmjira/form-data';

export interface StepView {
  readonly text: string;
  readonly state: 'done' | 'current' | 'open';
  /** for those who can not see the icon */
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

/** Everything the control draws, in the user's language and formats. */
export interface ProjectView {
  /** name of the state, for tests and styles */
  readonly state: string;
  readonly title: string;
  readonly loading: string | null;
  readonly chip: ChipView | null;
  readonly link: { readonly url: string; readonly text: string; readonly hint: string } | null;
  readonly name: string | null;
  readonly ids: string | null;
  readonly lede: string | null;
  readonly conditions: readonly ConditionView[];
  readonly steps: readonly StepView[];
  readonly message: MessageView | null;
  readonly facts: readonly FactView[];
  readonly note: string | null;
  readonly actions: readonly ActionView[];
  readonly linkForm: { readonly label: string; readonly send: string; readonly cancel: string } | null;
  readonly live: string;
  readonly narrow: boolean;
}

export const EMPTY_VIEW: Omit<ProjectView, 'state' | 'title' | 'narrow'> = {
  loading: null,
  chip: null,
  link: null,
  name: null,
  ids: null,
  lede: null,
  conditions: [],
  steps: [],
  message: null,
  facts: [],
  note: null,
  actions: [],
  linkForm: null,
  live: '',
};
