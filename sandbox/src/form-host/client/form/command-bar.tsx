import * as React from 'react';
import { CommandBar, type ICommandBarItemProps, ThemeProvider } from '@fluentui/react';
import { labelIn } from '../language';
import { pageTheme } from '../pcf/design-language';
import type { HostTheme } from '../pcf/design-language';
import { word } from '../words';
import type { FormSession } from './form-session';
import { PromisedRules, press, visibleButtons } from './ribbon';

export interface CommandBarProps {
  readonly session: FormSession;
  readonly theme: HostTheme;
  readonly onBack: () => void;
}

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

/** The platform's own commands, and those that the solution's RibbonDiff adds for this person and this record. */
export function FormCommandBar({ session, theme, onBack }: CommandBarProps) {
  const { model, parts, formContext } = session;
  const { language, definition, persona } = parts;
  const open = !model.isClosed && session.isWritable;
  const promised = React.useMemo(() => new PromisedRules(() => model.changed()), [model]);
  const version = `${model.etag} ${model.ribbon}`;
  const item = (
    key: string,
    text: string,
    iconName: string,
    onClick: () => void,
    disabled = false,
  ): ICommandBarItemProps => ({
    key,
    text,
    iconProps: { iconName },
    disabled,
    onClick: () => onClick(),
  });
  const refresh = async () => {
    try {
      await session.refresh();
    } catch (error) {
      const message = `${word(language, 'failed')}: ${error instanceof Error ? error.message : String(error)}`;
      model.notify({ id: 'host.refresh', level: 'ERROR', message });
    }
  };

  const items: ICommandBarItemProps[] = [
    { ...item('back', word(language, 'back'), 'Back', onBack), iconOnly: true, ariaLabel: word(language, 'back') },
    item('save', word(language, 'save'), 'Save', () => void session.save(), !open || model.state === 'saving'),
    item(
      'saveAndClose',
      word(language, 'saveAndClose'),
      'SaveAndClose',
      () => {
        void session.save().then((saved) => saved && onBack());
      },
      !open,
    ),
    ...visibleButtons(definition.ribbon, persona, formContext, (rule) =>
      promised.holds(rule, formContext, version),
    ).map((button) => ({
      ...item(
        button.id,
        labelIn(language, button.label),
        icons[button.id.split('.').at(-2) ?? ''] ?? 'More',
        () => void press(button, formContext),
      ),
      title: labelIn(language, button.toolTip),
    })),
    item('refresh', word(language, 'refresh'), 'Refresh', () => void refresh()),
  ];

  return (
    <ThemeProvider theme={pageTheme(theme)} applyTo="none">
      <div className="command-bar">
        <CommandBar
          items={items}
          ariaLabel={word(language, 'commands')}
          overflowButtonProps={{ ariaLabel: word(language, 'more'), menuIconProps: { iconName: 'More' } }}
        />
      </div>
    </ThemeProvider>
  );
}
