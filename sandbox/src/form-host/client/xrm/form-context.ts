import type { FormModel, NotificationLevel } from '../form/form-model';
import type { ProcessController } from '../form/process-controller';
import type { Language } from '../language';
import { attributeApi } from './attribute-api';
import { controlApi } from './control-api';
import type { ScriptEvents } from './script-events';
import { processApi } from './process-api';

export interface FormContextParts {
  readonly model: FormModel;
  readonly process: ProcessController | null;
  readonly events: ScriptEvents;
  readonly language: Language;
  readonly save: () => Promise<boolean>;
  readonly refresh: () => Promise<void>;
  /** Runs the change handlers of a column. */
  readonly fireOnChange: (column: string) => void;
  readonly labelOf: (column: string) => string;
}

/** `formContext` of the client API, as far as form scripts of a model-driven app commonly use it. */
export function createFormContext(parts: FormContextParts) {
  const { model, process, events } = parts;
  const attribute = (name: string) => (model.columns.has(name) ? attributeApi(name, parts) : null);
  const control = (name: string) => {
    const column = name.replace(/^header_process_|^header_/, '');
    return model.columns.has(column) ? controlApi(name, column, parts) : null;
  };
  const collection = <T>(get: (name: string) => T | null) => ({
    get: (name?: string) =>
      name === undefined ? [...model.columns.keys()].flatMap((column) => get(column) ?? []) : get(name),
    forEach: (visit: (item: T, index: number) => void) =>
      [...model.columns.keys()].flatMap((column) => get(column) ?? []).forEach(visit),
    getLength: () => model.columns.size,
  });
  const formContext = {
    data: {
      entity: {
        attributes: collection(attribute),
        getId: () => `{${model.id.toUpperCase()}}`,
        getEntityName: () => 'opportunity',
        getEntityReference: () => ({ id: model.id, entityType: 'opportunity', name: model.text('name') ?? '' }),
        getIsDirty: () => model.isDirty,
        getPrimaryAttributeValue: () => model.text('name'),
        isValid: () => true,
        save: () => void parts.save(),
        addOnSave: (handler: unknown) => events.onSave.add(handler),
        removeOnSave: (handler: unknown) => events.onSave.remove(handler),
      },
      process: process ? processApi(process, events) : null,
      attributes: collection(attribute),
      getIsDirty: () => model.isDirty,
      isValid: () => true,
      save: async () => void (await parts.save()),
      refresh: async (save: boolean) => {
        if (save) await parts.save();
        await parts.refresh();
      },
      addOnLoad: (handler: unknown) => events.onDataLoad.add(handler),
      removeOnLoad: (handler: unknown) => events.onDataLoad.remove(handler),
    },
    ui: {
      controls: collection(control),
      /** 2 = Update: the host opens rows that exist. */
      getFormType: () => 2,
      setFormNotification: (message: string, level: NotificationLevel, id: string) => {
        model.notify({ id, level, message });
        return true;
      },
      clearFormNotification: (id: string) => model.clear(id),
      refreshRibbon: () => model.changed(),
      close: () => events.close(),
    },
    getAttribute: (name?: string) => collection(attribute).get(name),
    getControl: (name?: string) => collection(control).get(name),
  };
  return formContext;
}

export type HostFormContext = ReturnType<typeof createFormContext>;
