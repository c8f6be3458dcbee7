import type { TableRows } from '../../schema/rows';
import { tables } from '../../schema/generated/tables';
import type { RowWrite, WrittenColumns } from './actions';
import type { Guid } from './facts';

/** `/entityset(id)`, the value of an `@odata.bind`. */
export function bind(table: keyof typeof tables, id: Guid): string {
  return `/${tables[table].entitySet}(${id})`;
}

export function create<Table extends keyof TableRows>(
  table: Table,
  id: Guid,
  columns: WrittenColumns<Table>,
): RowWrite {
  // The union of writes is keyed by table: the compiler cannot see that `Table` is one of its members.
  return { op: 'create', table, id, columns } as RowWrite;
}

export function update<Table extends keyof TableRows>(
  table: Table,
  id: Guid,
  columns: WrittenColumns<Table>,
  ifMatch?: string,
): RowWrite {
  return { op: 'update', table, id, columns, ...(ifMatch === undefined ? {} : { ifMatch }) } as RowWrite;
}

export function upsert<Table extends keyof TableRows>(
  table: Table,
  id: Guid,
  columns: WrittenColumns<Table>,
): RowWrite {
  return { op: 'upsert', table, id, columns } as RowWrite;
}

/** The columns whose wished value differs from the stored one; null when none does. */
export function changed<T extends object>(stored: Partial<T>, wished: Partial<T>): Partial<T> | null {
  const entries = Object.entries(wished).filter(([column, value]) => stored[column as keyof T] !== value);
  return entries.length === 0 ? null : (Object.fromEntries(entries) as Partial<T>);
}
