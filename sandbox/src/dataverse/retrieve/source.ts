import type { Table } from '../metadata/schema';
import type { Row } from '../store/row';

/** Where a list comes from: a whole table, or the rows behind a navigation property. */
export interface Source {
  readonly table: Table;
  /** Path below the service root, for next links. */
  readonly path: string;
  /** Undefined: all rows of the table. */
  readonly rows?: readonly Row[];
}
