import type { FormContextParts } from './form-context';
import { attributeApi } from './attribute-api';

/** `formContext.getControl(name)`: the native cell or process step of a column. */
export function controlApi(name: string, column: string, parts: FormContextParts) {
  const { model } = parts;
  const state = () => {
    const known = model.controlStates.get(column) ?? {};
    model.controlStates.set(column, known);
    return known;
  };
  return {
    getName: () => name,
    getControlType: () => 'standard',
    getAttribute: () => attributeApi(column, parts),
    getLabel: () => parts.labelOf(column),
    getDisabled: () => state().disabled ?? false,
    setDisabled: (disabled: boolean) => {
      state().disabled = disabled;
      model.changed();
    },
    getVisible: () => state().visible ?? true,
    setVisible: (visible: boolean) => {
      state().visible = visible;
      model.changed();
    },
    setFocus: () => document.getElementById(`field-${column}`)?.focus(),
    /** A field message blocks saving, as in the platform. */
    setNotification: (message: string, id: string) => {
      const messages = model.fieldNotifications.get(column) ?? new Map<string, string>();
      messages.set(id, message);
      model.fieldNotifications.set(column, messages);
      model.changed();
      return true;
    },
    clearNotification: (id?: string) => {
      const messages = model.fieldNotifications.get(column);
      if (!messages) return false;
      if (id === undefined) messages.clear();
      else messages.delete(id);
      if (messages.size === 0) model.fieldNotifications.delete(column);
      model.changed();
      return true;
    },
  };
}
