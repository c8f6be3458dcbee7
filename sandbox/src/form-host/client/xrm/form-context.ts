import type { FormTab, Persona, RelatedTable, TableNames } from '../../contract';
import type { FormModel, NotificationLevel } from '../form/form-model';
import type { ProcessController } from '../form/process-controller';
import type { SaveProblem } from '../form/save-problem';
import type { Language } from '../language';
import type { GridModel } from '../sub-grid/grid-model';
import { attributeApi } from './attribute-api';
import { collectionApi } from './collection';
import { controlApi } from './control-api';
import { gridApi } from './grid-api';
import { layoutApi } from './layout-api';
import { refused } from './not-there';
import { findSectionOf, tabApi } from './part-api';
import type { ScriptEvents } from './script-events';
import { processApi } from './process-api';
import { saveModes, saveOptionMode } from './save-events';

export interface FormContextParts {
  readonly model: FormModel;
  readonly process: ProcessController | null;
  readonly events: ScriptEvents;
  readonly language: Language;
  readonly persona: Persona;
  readonly table: TableNames;
  readonly form: { readonly id: string; readonly label: string };
  readonly tabs: readonly FormTab[];
  /** sub-grids by the names of their controls */
  readonly grids: ReadonlyMap<string, GridModel>;
  readonly related: Readonly<Record<string, RelatedTable>>;
  /** The person may change this row, as far as it is open. */
  readonly isWritable: () => boolean;
  /** The row's own API, which every attribute calls its parent. */
  readonly entity: () => unknown;
  /** `formContext.ui`, which every tab calls its parent */
  readonly ui: () => unknown;
  /** FormXml, column security or the record's state keep this column from being edited. */
  readonly isReadOnly: (column: string) => boolean;
  /** @returns null when it was saved */
  readonly save: (mode: number) => Promise<SaveProblem | null>;
  readonly refresh: () => Promise<void>;
  /** Shows the associated grid of a sub-grid. */
  readonly openRelatedGrid: (control: string) => void;
  /** Runs the change handlers of a column. */
  readonly fireOnChange: (column: string) => void;
  readonly labelOf: (column: string) => string;
}

/** Numbers of `getFormType`. */
const formType = { update: 2, readOnly: 3, disabled: 4 } as const;

/** `formContext` of the client API, as far as form scripts of a model-driven app commonly use it. */
export function createFormContext(given: Omit<FormContextParts, 'entity' | 'ui'>) {
  const parts: FormContextParts = { ...given, entity: () => entity, ui: () => formContext.ui };
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
    getId: () => `{${model.id.toUpperCase()}}`,
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
      /** The host opens rows that exist; one that is closed is disabled, one that the person may only read is read-only. */
      getFormType: () =>
        model.isClosed ? formType.disabled : parts.isWritable() ? formType.update : formType.readOnly,
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
