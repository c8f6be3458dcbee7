import type { Schema, Table } from '../metadata/schema';
import { isReference, type Row } from '../store/row';
import type { Transaction } from '../store/transaction';

/** Data of tables and columns that went with a solution, and lookups that would point at nothing. */
export function forgetRemoved(tx: Transaction, before: Schema, after: Schema): void {
  const goneTables = new Set([...before.tables.keys()].filter((name) => !after.tables.has(name)));
  for (const table of goneTables) tx.drop(table);
  for (const table of after.tables.values()) {
    const goneColumns = removedColumns(before.tables.get(table.logicalName), table);
    if (table.logicalName === 'activitypointer' || goneTables.size + goneColumns.size === 0) continue;
    for (const row of [...tx.all(table.logicalName)]) {
      const kept = withoutRemoved(row, goneColumns, goneTables);
      if (kept !== row) tx.put(table.logicalName, String(row[table.primaryId]), kept);
    }
  }
}

const removedColumns = (before: Table | undefined, after: Table): ReadonlySet<string> =>
  new Set([...(before?.column.keys() ?? [])].filter((name) => !after.column.has(name)));

/** The same row when nothing of it is gone. */
function withoutRemoved(row: Row, columns: ReadonlySet<string>, tables: ReadonlySet<string>): Row {
  const entries = Object.entries(row);
  const pointsAway = (value: Row[string]): boolean => isReference(value) && tables.has(value.table);
  if (!entries.some(([name, value]) => columns.has(name) || pointsAway(value))) return row;
  return Object.fromEntries(
    entries
      .filter(([name]) => !columns.has(name))
      .map(([name, value]) => [name, pointsAway(value) ? null : value] as const),
  );
}
