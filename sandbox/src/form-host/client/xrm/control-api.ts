import type { FormContextParts } from './form-context';
import type { FieldNotification } from '../form/form-model';
import { attributeApi } from './attribute-api';

interface FieldNotificationOptions {
  readonly messages: readonly string[];
  readonly notificationLevel?: 'ERROR' | 'RECOMMENDATION';
  readonly uniqueId: string;
}

/** `formContext.getControl(name)`: the native cell or process step of a column. */
export function controlApi(name: string, column: string, parts: FormContextParts) {
  const { model } = parts;
  const state = () => {
    const known = model.controlStates.get(column) ?? {};
    model.controlStates.set(column, known);
    return known;
  };
  const notify = (notification: FieldNotification) => {
    const messages = model.fieldNotifications.get(column) ?? new Map<string, FieldNotification>();
    messages.set(notification.id, notification);
    model.fieldNotifications.set(column, messages);
    model.changed();
    return true;
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
    /** An error beside the field blocks saving, as in the platform; a recommendation does not. */
    setNotification: (message: string, id: string) => notify({ id, message, blocks: true }),
    addNotification: (notification: FieldNotificationOptions) =>
      notify({
        id: notification.uniqueId,
        message: notification.messages.join(' '),
        blocks: notification.notificationLevel !== 'RECOMMENDATION',
      }),
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
