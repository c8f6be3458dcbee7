import type { RowValue } from '@crmjira/domain';

/** A row of Dynamics as mappings see it, by logical name of a column. */
export interface MappedRow {
  readonly id: string;
  readonly version: string;
  readonly values: Readonly<Record<string, RowValue>>;
}

/** What each side held when it was last accounted for, by logical name of a column. */
export type RowBase = Readonly<Record<string, { readonly row: RowValue; readonly record: RowValue }>>;

/** Which record a row belongs to. */
export interface KnownPair {
  readonly rowId: string;
  /** null: the record is announced, and not seen yet. */
  readonly externalId: string | null;
  readonly base: RowBase;
}

/** Both sides changed a field. */
export interface FieldConflict {
  /** Name of the mapping, as people know it. */
  readonly field: string;
  readonly base: RowValue;
  readonly row: RowValue;
  readonly record: RowValue;
  readonly kept: 'nothing' | 'row' | 'record';
}

/** Rows of one table, and what is known about the records that they belong to. */
export interface RowStore {
  pairs(): Promise<readonly KnownPair[]>;
  rows(): Promise<readonly MappedRow[]>;
  /** The row and its pair, both or neither; a repeat finds them made. @returns its id */
  create(externalId: string, values: Readonly<Record<string, RowValue>>, base: RowBase): Promise<string>;
  /** Before a record is created: whoever comes after knows that one may be on its way. */
  announce(rowId: string): Promise<void>;
  /** What the row takes, what the base becomes and what is told, all or nothing; of the version that was read. */
  settle(
    row: MappedRow,
    externalId: string,
    changes: Readonly<Record<string, RowValue>>,
    base: RowBase,
    conflicts: readonly FieldConflict[],
  ): Promise<void>;
}
