import * as React from 'react';
import { CommandBar, type ICommandBarItemProps, ThemeProvider } from '@fluentui/react';
import { assignRecords, deleteRecords } from '../commands/record-commands';
import { reactivateCase, resolveCase } from '../commands/resolve-case';
import { pageTheme } from '../pcf/design-language';
import type { HostTheme } from '../pcf/design-language';
import { useRibbon } from '../ribbon/use-ribbon';
import { word } from '../words';
import type { FormSession } from './form-session';
import { problemText } from '../web-api/problem-text';

export interface CommandBarProps {
  readonly session: FormSession;
  readonly theme: HostTheme;
  readonly onBack: () => void;
  /** Leaves without a question: nothing is lost. */
  readonly onLeft: () => void;
}

/** Ids of the platform's own buttons, by which a RibbonDiff hides them. */
function platformElements(table: string): Readonly<Record<string, string>> {
  const names = { save: 'Save', saveAndClose: 'SaveAndClose', assign: 'Assign', delete: 'Delete' };
  return Object.fromEntries(Object.entries(names).map(([key, name]) => [key, `Mscrm.Form.${table}.${name}`]));
}

/** The platform's own commands, and those that the solution's RibbonDiff adds for this person and this record. */
export function FormCommandBar({ session, theme, onBack, onLeft }: CommandBarProps) {
  const { model, parts } = session;
  const { language, definition, persona } = parts;
  const buttons = useRibbon({
    buttons: definition.ribbon.form,
    persona,
    language,
    context: session.ribbonContext,
    version: `${model.etag} ${model.ribbon} ${model.isDirty}`,
  });
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
      await session.readAccess();
      await session.refresh();
    } catch (error) {
      const message = `${word(language, 'failed')}: ${problemText(error, language)}`;
      model.notify({ id: 'host.refresh', level: 'ERROR', message });
    }
  };
  const records = { table: definition.table.name, ids: [parts.id], language };
  const assign = async () => {
    if (await assignRecords(records)) await refresh();
  };

  /** The platform's own commands of a case; resolving saves first. */
  const ofCase = (): ICommandBarItemProps[] => {
    if (definition.table.name !== 'incident' || !session.isWritable) return [];
    const resolve = async () => {
      if ((await session.save()) && (await resolveCase(parts.id, language))) await refresh();
    };
    const reactivate = async () => {
      if (await reactivateCase(parts.id, language)) await refresh();
    };
    return model.isClosed
      ? [item('reactivateCase', word(language, 'reactivateCase'), 'Undo', () => void reactivate())]
      : [item('resolveCase', word(language, 'resolveCase'), 'Completed', () => void resolve())];
  };

  const items: ICommandBarItemProps[] = [
    { ...item('back', word(language, 'back'), 'Back', onBack), iconOnly: true, ariaLabel: word(language, 'back') },
    ...(session.isEditable
      ? [
          item('save', word(language, 'save'), 'Save', () => void session.save(), model.state === 'saving'),
          item('saveAndClose', word(language, 'saveAndClose'), 'SaveAndClose', () => {
            void session.save().then((saved) => saved && onBack());
          }),
        ]
      : []),
    ...ofCase(),
    ...buttons,
    ...(model.isNew ? [] : [item('refresh', word(language, 'refresh'), 'Refresh', () => void refresh())]),
    ...(session.access.has('AssignAccess')
      ? [item('assign', word(language, 'assign'), 'Contact', () => void assign())]
      : []),
    ...(session.access.has('DeleteAccess')
      ? [
          item(
            'delete',
            word(language, 'delete'),
            'Delete',
            () => void deleteRecords(records).then((done) => done && onLeft()),
          ),
        ]
      : []),
  ];

  const { hidden = [] } = definition.ribbon;
  const shown = items.filter(({ key }) => !hidden.includes(platformElements(definition.table.name)[key] ?? ''));
  return (
    <ThemeProvider theme={pageTheme(theme)} applyTo="none">
      <div className="command-bar">
        <CommandBar
          items={shown}
          ariaLabel={word(language, 'commands')}
          overflowButtonProps={{ ariaLabel: word(language, 'more'), menuIconProps: { iconName: 'More' } }}
        />
      </div>
    </ThemeProvider>
  );
}
