import type { FormTab, Persona, RelatedTable, TableNames } from '../../contract';
import type { FormModel } from '../form/form-model';
import type { ProcessController } from '../form/process-controller';
import type { SaveProblem } from '../form/save-problem';
import type { Language } from '../language';
import type { GridModel } from '../sub-grid/grid-model';
import type { ScriptEvents } from './script-events';

/** What every part of `formContext` is made from. */
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
  /** The API of a column, which its control gives. */
  readonly attribute: (name: string) => { readonly getName: () => string };
  /** The API of a column's cell, which its section gives. */
  readonly control: (column: string) => unknown;
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
