import type { NotificationLevel } from '../form/form-model';
import { attributeApi } from './attribute-api';
import { collectionApi } from './collection';
import { controlApi } from './control-api';
import type { FormContextParts } from './form-context-parts';
import { gridApi } from './grid-api';
import { layoutApi } from './layout-api';
import { refused } from './not-there';
import { findSectionOf, tabApi } from './part-api';
import { processApi } from './process-api';
import { saveModes, saveOptionMode } from './save-events';

/** Numbers of `getFormType`. */
const formType = { create: 1, update: 2, readOnly: 3, disabled: 4 } as const;

/** `formContext` of the client API, as far as form scripts of a model-driven app commonly use it. */
export function createFormContext(given: Omit<FormContextParts, 'entity' | 'ui' | 'attribute' | 'control'>) {
  const parts: FormContextParts = {
    ...given,
    entity: () => entity,
    ui: () => formContext.ui,
    attribute: (name) => attributeApi(name, parts),
    control: (column) => controlApi(column, column, parts),
  };
  const { model, process, events, table } = parts;
  const names = [...model.columns.keys()];
  const attributes = collectionApi(names, (name) => (model.columns.has(name) ? attributeApi(name, parts) : null));
  const gridNamed = (name: string) => {
    const grid = parts.grids.get(name);
    const placement = findSectionOf(name, parts)?.cell.control?.subGrid;
    const related = placement && parts.related[placement.relationship];
    return grid && related ? gridApi(name, grid, placement, related, parts) : null;
  };
  const controls = collectionApi([...names, ...parts.grids.keys()], (name) => {
    if (parts.grids.has(name)) return gridNamed(name);
    const column = name.replace(/^header_process_|^header_/, '');
    return model.columns.has(column) ? controlApi(name, column, parts) : null;
  });
  const isValid = () => names.every((name) => attributeApi(name, parts).isValid());
  /** Rejects with what kept it from being saved, as the promise of the client API does. */
  const save = async (mode: number) => {
    const problem = await parts.save(mode);
    if (problem) throw problem;
  };
  const entity = refused('formContext.data.entity', {
    attributes,
    getId: () => (model.isNew ? '' : `{${model.id.toUpperCase()}}`),
    getEntityName: () => table.name,
    getEntityReference: () => ({ id: model.id, entityType: table.name, name: model.text(table.primaryName) ?? '' }),
    getIsDirty: () => model.isDirty,
    getPrimaryAttributeValue: () => model.text(table.primaryName),
    isValid,
    save: (option?: string) =>
      void parts.save(saveOptionMode(option)).then((problem) => {
        if (!problem && option === 'saveandclose') events.close();
      }),
    addOnSave: (handler: unknown) => events.onSave.add(handler),
    removeOnSave: (handler: unknown) => events.onSave.remove(handler),
    addOnPostSave: (handler: unknown) => events.onPostSave.add(handler),
    removeOnPostSave: (handler: unknown) => events.onPostSave.remove(handler),
  });
  const formContext = {
    data: {
      entity,
      process: process ? processApi(process, events) : null,
      attributes,
      getIsDirty: () => model.isDirty,
      isValid,
      save: (options?: { saveMode?: number }) => save(options?.saveMode ?? saveModes.save),
      refresh: async (andSave = false) => {
        if (andSave && model.isDirty) await save(saveModes.save);
        await parts.refresh();
      },
      addOnLoad: (handler: unknown) => events.onDataLoad.add(handler),
      removeOnLoad: (handler: unknown) => events.onDataLoad.remove(handler),
    },
    ui: refused('formContext.ui', {
      ...layoutApi(parts),
      controls,
      tabs: collectionApi(
        parts.tabs.map((tab) => tab.name),
        (name) => {
          const tab = parts.tabs.find((one) => one.name === name);
          return tab ? tabApi(tab, parts) : null;
        },
      ),
      /** A row that is closed is disabled, one that the person may only read is read-only. */
      getFormType: () => {
        if (model.isClosed) return formType.disabled;
        if (!parts.isWritable()) return formType.readOnly;
        return model.isNew ? formType.create : formType.update;
      },
      setFormNotification: (message: string, level: NotificationLevel, id: string) => {
        model.notify({ id, level, message });
        return true;
      },
      clearFormNotification: (id: string) => model.clear(id),
      refreshRibbon: (refreshAll = false) => {
        model.refreshRibbon();
        if (refreshAll) for (const grid of parts.grids.values()) grid.refreshRibbon();
      },
      close: () => events.close(),
      addOnLoad: (handler: unknown) => events.onLoad.add(handler),
      removeOnLoad: (handler: unknown) => events.onLoad.remove(handler),
      addLoaded: (handler: unknown) => events.onLoaded.add(handler),
      removeLoaded: (handler: unknown) => events.onLoaded.remove(handler),
    }),
    getAttribute: attributes.get,
    getControl: controls.get,
  };
  return formContext;
}

export type HostFormContext = ReturnType<typeof createFormContext>;
