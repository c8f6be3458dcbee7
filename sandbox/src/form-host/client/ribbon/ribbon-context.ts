import type { RibbonFormState } from '../../contract';
import type { ColumnValue } from '../form/column';
import type { EntityReference } from '../xrm/navigation-api';

/** Rows of the list that a command bar stands above. */
export interface ListedRows {
  /** its table */
  readonly table: string;
  /** the grid context of the client API */
  readonly control: unknown;
  /** as they are shown */
  readonly all: readonly EntityReference[];
  readonly selectedIds: ReadonlySet<string>;
}

/** What rules of the ribbon look at on a form. */
export interface RibbonForm {
  readonly state: RibbonFormState;
  /** undefined: the form has no such column */
  readonly valueOf: (column: string) => ColumnValue | undefined;
}

/** What a command bar is about: a form, the list of a table, or a sub-grid of a form. */
export interface RibbonContext {
  /** the form, also for a sub-grid on it; on a table's own list the list */
  readonly primaryControl: unknown;
  readonly primaryTable: string;
  /** ids of the form's record, or of the rows of the list */
  readonly primaryIds: readonly string[];
  /** null on a form */
  readonly list: ListedRows | null;
  /** the form that rules about a form look at; absent above a table's own list */
  readonly form?: RibbonForm;
  /** LCID */
  readonly language: number;
}
