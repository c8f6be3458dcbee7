import { labelIn } from '../language';
import type { FieldNotification } from '../form/form-model';
import type { FormContextParts } from './form-context-parts';
import { lookupControlApi } from './lookup-control-api';
import { refused } from './not-there';
import { findSectionOf, sectionApi } from './part-api';

interface FieldNotificationOptions {
  readonly messages: readonly string[];
  readonly notificationLevel?: 'ERROR' | 'RECOMMENDATION';
  readonly uniqueId: string;
  readonly actions?: readonly { readonly message?: string; readonly actions: readonly (() => void)[] }[];
}

/** `formContext.getControl(name)`: the native cell or process step of a column. */
export function controlApi(name: string, column: string, parts: FormContextParts) {
  const { model } = parts;
  const state = () => {
    const known = model.controlStates.get(column) ?? {};
    model.controlStates.set(column, known);
    return known;
  };
  const change = (work: () => void) => {
    work();
    model.changed();
  };
  const facts = () => model.columns.get(column)?.facts?.options ?? [];
  const offered = () => state().options ?? facts().map(({ value }) => value);
  const notify = (notification: FieldNotification) => {
    const messages = model.fieldNotifications.get(column) ?? new Map<string, FieldNotification>();
    messages.set(notification.id, notification);
    model.fieldNotifications.set(column, messages);
    model.changed();
    return true;
  };
  return refused('control', {
    getName: () => name,
    getControlType: () => controlType(model.columns.get(column)?.kind ?? ''),
    getAttribute: () => parts.attribute(column),
    getParent: () => {
      const place = findSectionOf(column, parts);
      return place ? sectionApi(place.section, place.tab, parts) : null;
    },
    getLabel: () => state().label ?? parts.labelOf(column),
    setLabel: (label: string) => change(() => (state().label = label)),
    getDisabled: () => state().disabled ?? parts.isReadOnly(column),
    setDisabled: (disabled: boolean) => change(() => (state().disabled = disabled)),
    getVisible: () => state().visible ?? true,
    setVisible: (visible: boolean) => change(() => (state().visible = visible)),
    // A tab that has just been turned to is drawn first.
    setFocus: () => void setTimeout(() => document.getElementById(`field-${column}`)?.focus()),
    getOptions: () =>
      facts()
        .filter(({ value }) => offered().includes(value))
        .map(({ value, label }) => ({ value, text: labelIn(parts.language, label) })),
    addOption: ({ value }: { value: number }) =>
      change(() => (state().options = [...offered().filter((one) => one !== value), value])),
    removeOption: (value: number) => change(() => (state().options = offered().filter((one) => one !== value))),
    clearOptions: () => change(() => (state().options = [])),
    ...(model.columns.get(column)?.kind === 'lookup' ? lookupControlApi(column, parts) : {}),
    /** An error beside the field blocks saving, as in the platform; a recommendation does not. */
    setNotification: (message: string, id = '') => notify({ id, message, blocks: true }),
    addNotification: ({ messages, notificationLevel, uniqueId, actions }: FieldNotificationOptions) =>
      notify({
        id: uniqueId,
        // "only the first message … will be displayed"
        message: messages[0] ?? '',
        blocks: notificationLevel !== 'RECOMMENDATION',
        ...(notificationLevel === 'RECOMMENDATION' && actions?.[0]
          ? { apply: () => actions[0]?.actions.forEach((run) => run()) }
          : {}),
      }),
    clearNotification: (id?: string) => {
      const messages = model.fieldNotifications.get(column);
      if (!messages) return false;
      const had = id === undefined ? messages.size > 0 : messages.has(id);
      if (id === undefined) messages.clear();
      else messages.delete(id);
      if (messages.size === 0) model.fieldNotifications.delete(column);
      model.changed();
      return had;
    },
    /** A date column with a time shows it. */
    getShowTime: () =>
      model.columns.get(column)?.kind === 'date' && model.columns.get(column)?.facts?.dateOnly !== true,
  });
}

function controlType(kind: string): string {
  if (kind === 'choice' || kind === 'boolean' || kind === 'status') return 'optionset';
  return kind === 'lookup' ? 'lookup' : 'standard';
}
