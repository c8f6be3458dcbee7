import type { Row } from './row';

/** Rows as one transaction, or as everybody outside of one, sees them. */
export interface Reader {
  get(table: string, id: string): Row | undefined;
  all(table: string): Iterable<Row>;
  /** Rows of `table` whose lookup `column` holds `id`; null: nothing. */
  pointingAt(table: string, column: string, id: string | null): readonly Row[];
  /** By alternate key; `values` in the order of the key's columns. */
  byKey(table: string, key: string, values: Row): Row | undefined;
}
