import * as React from 'react';
import type { ICommandBarItemProps } from '@fluentui/react';
import type { Persona, RibbonButton } from '../../contract';
import { type Language, labelIn } from '../language';
import { AnsweredRules } from './answered-rules';
import type { RibbonContext } from './ribbon-context';
import { callFunction, press, visibleButtons } from './visible-buttons';

/** Icons of the product's buttons; the classic ribbon names none that a Unified Interface app would show. */
const icons: Readonly<Record<string, string>> = {
  CreateProject: 'Add',
  LinkProject: 'BranchMerge',
  SyncNow: 'Sync',
  RequestApproval: 'Send',
  ApproveBudget: 'Completed',
  Retry: 'Refresh',
  CompleteProject: 'Archive',
  OpenFinalReport: 'ReportDocument',
  OpenInJira: 'OpenInNewWindow',
};

export interface RibbonParts {
  readonly buttons: readonly RibbonButton[];
  readonly persona: Persona;
  readonly language: Language;
  readonly context: RibbonContext;
  /** What the rules look at is the same as long as this is. */
  readonly version: string;
}

/** The buttons of a RibbonDiff that this person sees now, as items of a command bar. */
export function useRibbon({ buttons, persona, language, context, version }: RibbonParts): ICommandBarItemProps[] {
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  const rules = React.useMemo(() => new AnsweredRules(draw), [draw]);
  return visibleButtons(buttons, persona, context, (rule) =>
    rules.holds(rule, version, () => callFunction(rule, context)),
  ).map((button) => ({
    key: button.id,
    text: labelIn(language, button.label),
    iconProps: { iconName: icons[button.id.split('.').at(-2) ?? ''] ?? 'More' },
    title: labelIn(language, button.toolTip),
    onClick: () => void press(button, context),
  }));
}
