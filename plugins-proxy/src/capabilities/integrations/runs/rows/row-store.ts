import type { ConflictState, RowValue } from '@crmjira/domain';

/** A row of Dynamics as mappings see it, by logical name of a column. */
export interface MappedRow {
  readonly id: string;
  readonly version: string;
  readonly values: Readonly<Record<string, RowValue>>;
}

/** What is known of a field of a pair. */
export interface FieldBase {
  /** What each side held when it was last accounted for; null: it never was. */
  readonly agreed: { readonly row: RowValue; readonly record: RowValue } | null;
  /** Id of the conflict that was told last; null: none, or it is over. */
  readonly conflict: string | null;
}

/** By logical name of a column. */
export type RowBase = Readonly<Record<string, FieldBase>>;

/** Which record a row belongs to. */
export interface KnownPair {
  readonly rowId: string;
  /** null: the record is announced, and not seen yet. */
  readonly externalId: string | null;
  readonly base: RowBase;
}

/** Both sides changed a field, or one side no longer has what belongs to the other's. */
export interface FieldConflict {
  /** The same for the same values, however often they are seen: a decision counts for what was shown. */
  readonly id: string;
  /** Name of the mapping, as people know it. */
  readonly field: string;
  readonly base: RowValue;
  readonly row: RowValue;
  readonly record: RowValue;
}

/** A conflict as its row shows it now. */
export type ShownConflict = Pick<FieldConflict, 'id' | 'row' | 'record'> & { readonly state: ConflictState };

/** What becomes of a pair. */
export interface Settled {
  /** null: the record is announced, and not seen yet. */
  readonly externalId: string | null;
  readonly base: RowBase;
  /** What the row takes. */
  readonly changes: Readonly<Record<string, RowValue>>;
  /** What is told anew, and which conflicts are over. */
  readonly conflicts: readonly FieldConflict[];
  readonly over: readonly string[];
}

/** Rows of one table, and what is known about the records that they belong to. Lists are read in pieces of what was asked for. */
export interface RowStore {
  /** Those that were changed since a moment; null: all. */
  rows(since: Date | null): Promise<readonly MappedRow[]>;
  rowsById(ids: readonly string[]): Promise<readonly MappedRow[]>;
  rowsByKey(column: string, keys: readonly string[]): Promise<readonly MappedRow[]>;
  pairsOfRecords(externalIds: readonly string[]): Promise<readonly KnownPair[]>;
  pairsOfRows(rowIds: readonly string[]): Promise<readonly KnownPair[]>;
  conflicts(ids: readonly string[]): Promise<readonly ShownConflict[]>;
  /** Rows about which somebody has decided since a moment. */
  decidedRows(since: Date): Promise<readonly string[]>;
  /** The row and its pair, both or neither; a repeat finds them made. @returns its id */
  create(externalId: string, values: Readonly<Record<string, RowValue>>, base: RowBase): Promise<string>;
  /** All or nothing; the row of the version that was read. @param row null: it is gone, and only its pair is written */
  settle(row: Pick<MappedRow, 'id' | 'version'>, settled: Settled): Promise<void>;
}
