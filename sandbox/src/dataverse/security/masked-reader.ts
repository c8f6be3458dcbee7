import type { Schema, Table } from '../metadata/schema';
import type { Reader } from '../store/reader';
import type { Row } from '../store/row';
import type { Caller } from './caller';
import { maskedRow, mayOnColumn, securedColumns } from './column-grants';

/** Of one caller; a change of roles or profiles makes another caller, an import another schema. */
const known = new WeakMap<Caller, { readonly schema: Schema; readonly closed: ReadonlyMap<string, Table> }>();

/** Tables of which a column is closed to the caller. */
function closedTables(caller: Caller, schema: Schema): ReadonlyMap<string, Table> {
  const found = known.get(caller);
  if (found?.schema === schema) return found.closed;
  const tables = [...schema.tables.values()].filter((table) =>
    securedColumns(table).some((column) => !mayOnColumn(caller, 'canread', table, column)),
  );
  const closed = new Map(tables.map((table) => [table.logicalName, table]));
  known.set(caller, { schema, closed });
  return closed;
}

/**
 * Rows as one caller sees them, so that filters, orders and joins see no more than answers do. The reader itself when nothing is
 * closed to the caller, which is the rule.
 */
export function readerOf(caller: Caller, schema: Schema, reader: Reader): Reader {
  const closed = closedTables(caller, schema);
  return closed.size === 0 ? reader : new MaskedReader(caller, closed, reader);
}

class MaskedReader implements Reader {
  /** One masked row a row: whoever collects rows tells them apart by identity. */
  private readonly masked = new WeakMap<Row, Row>();

  constructor(
    private readonly caller: Caller,
    private readonly closed: ReadonlyMap<string, Table>,
    private readonly inner: Reader,
  ) {}

  get(table: string, id: string): Row | undefined {
    return this.shown(table, this.inner.get(table, id));
  }

  *all(table: string): Iterable<Row> {
    for (const row of this.inner.all(table)) yield this.shown(table, row);
  }

  pointingAt(table: string, column: string, id: string | null): readonly Row[] {
    // A lookup that is closed to the caller looks empty, whatever it holds.
    if (id === null && this.closed.has(table)) return [...this.all(table)];
    return this.inner.pointingAt(table, column, id).map((row) => this.shown(table, row));
  }

  byKey(table: string, key: string, values: Row): Row | undefined {
    return this.shown(table, this.inner.byKey(table, key, values));
  }

  private shown<Found extends Row | undefined>(name: string, row: Found): Found | Row {
    const table = this.closed.get(name);
    if (!table || !row) return row;
    const known = this.masked.get(row) ?? maskedRow(this.caller, table, row);
    this.masked.set(row, known);
    return known;
  }
}
