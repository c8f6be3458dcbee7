import * as React from 'react';
import { ContextualMenuItemType, type ICommandBarItemProps, type IContextualMenuItem } from '@fluentui/react';
import type { Persona, RibbonFunction, RibbonItem, RibbonMenuSection } from '../../contract';
import { type Language, labelIn } from '../language';
import { AnsweredRules } from './answered-rules';
import type { RibbonContext } from './ribbon-context';
import { callFunction, isFlyout, press, visibleItems } from './visible-buttons';

/** Icons of the product's buttons; the classic ribbon names none that a Unified Interface app would show. */
const icons: Readonly<Record<string, string>> = {
  CreateProject: 'Add',
  LinkProject: 'BranchMerge',
  SyncNow: 'Sync',
  RequestApproval: 'Send',
  ApproveBudget: 'Completed',
  Retry: 'Refresh',
  CompleteProject: 'Archive',
  ReopenProject: 'Refresh',
  OpenFinalReport: 'ReportDocument',
  OpenInJira: 'OpenInNewWindow',
  CreateIssue: 'Add',
  CreateTickets: 'Add',
  LinkIssue: 'Link',
  CommentToJira: 'Comment',
  SyncIssues: 'Sync',
  OpenIssue: 'OpenInNewWindow',
  StartClock: 'Timer',
  StopClock: 'Stop',
  SyncTime: 'CloudUpload',
  RemoveWorklog: 'RemoveLinkX',
  OpenWorklog: 'OpenInNewWindow',
  History: 'History',
  LinkEarlierTime: 'Link',
  DeleteTime: 'Delete',
  ExplainSync: 'Info',
};

export interface RibbonParts {
  readonly buttons: readonly RibbonItem[];
  readonly persona: Persona;
  readonly language: Language;
  readonly context: RibbonContext;
  /** What the rules look at is the same as long as this is. */
  readonly version: string;
}

/** The buttons and menus of a RibbonDiff that this person sees now, as items of a command bar. */
export function useRibbon({ buttons, persona, language, context, version }: RibbonParts): ICommandBarItemProps[] {
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  const rules = React.useMemo(() => new AnsweredRules(draw), [draw]);
  const itemOf = (item: RibbonItem): IContextualMenuItem & ICommandBarItemProps => ({
    key: item.id,
    text: labelIn(language, item.label),
    iconProps: { iconName: icons[item.id.split('.').at(-2) ?? ''] ?? 'More' },
    title: labelIn(language, item.toolTip),
    ...(isFlyout(item)
      ? { subMenuProps: { items: item.sections.map(sectionOf) } }
      : { onClick: () => void press(item, context) }),
  });
  const sectionOf = ({ id, title, buttons: inSection }: RibbonMenuSection): IContextualMenuItem => ({
    key: id,
    itemType: ContextualMenuItemType.Section,
    sectionProps: {
      ...(title === null ? { topDivider: true } : { title: labelIn(language, title) }),
      items: inSection.map(itemOf),
    },
  });
  const answers = (rule: RibbonFunction): boolean => rules.holds(rule, version, () => callFunction(rule, context));
  return visibleItems(buttons, persona, context, answers).map(itemOf);
}
