import { isLookup, type Schema, type Table } from '../metadata/schema';
import { normaliseValue } from '../crud/normalise-value';
import { insertRow } from '../crud/create-row';
import type { Operation } from '../crud/operation';
import { relativeUrl } from '../crud/resolve-reference';
import { changeRow } from '../crud/change-row';
import { parseKey, parsePath } from '../odata/path';
import type { Reference, Value } from '../store/row';
import type { SeedRow } from './seed-row';

/**
 * Writes rows past security and steps, but through defaults, computed columns and checks of types. A row that is there
 * is changed. Lookups: `{ table, id }`, `x@odata.bind`, or `_x_value`; they may point at rows that come later.
 */
export async function seedRows(operation: Operation, rows: readonly SeedRow[]): Promise<void> {
  const { schema } = operation.platform;
  const asSeed: Operation = { ...operation, asSystem: true, silent: true };
  for (const { table: name, row } of rows) {
    const table = schema.tables.get(name);
    if (!table) throw new Error(`the seed names a table that does not exist: ${name}`);
    const values = seedValues(schema, table, row);
    const id = values[table.primaryId];
    const existing = typeof id === 'string' ? operation.tx.get(name, id) : undefined;
    if (!existing) await insertRow(asSeed, table, values);
    else if (
      Object.entries(values).some(
        ([column, value]) => JSON.stringify(existing[column] ?? null) !== JSON.stringify(value),
      )
    ) {
      await changeRow(asSeed, table, existing, values);
    }
  }
}

function seedValues(
  schema: Schema,
  table: Table,
  row: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Value>> {
  const values: Record<string, Value> = {};
  for (const [name, raw] of Object.entries(row)) {
    if (name.endsWith('@odata.bind')) {
      const navigation = table.single.get(name.slice(0, -'@odata.bind'.length));
      if (!navigation) throw new Error(`the seed binds ${table.logicalName}.${name}, which is no navigation property`);
      values[navigation.column] = raw === null ? null : referenceIn(schema, String(raw));
      continue;
    }
    if (name.includes('@')) continue;
    const column = table.column.get(/^_(.+)_value$/.exec(name)?.[1] ?? name);
    if (!column) throw new Error(`the seed names a column that does not exist: ${table.logicalName}.${name}`);
    values[column.logicalName] = isLookup(column)
      ? referenceOf(column.targets ?? [], row, name, raw)
      : normaliseValue(table, column, raw);
  }
  return values;
}

function referenceIn(schema: Schema, url: string): Reference {
  const [segment] = parsePath(relativeUrl(url), new Map());
  const target = segment ? schema.bySet(segment.name) : undefined;
  const key = target && segment?.argument != null ? parseKey(segment.argument, target.primaryId) : undefined;
  if (!target || key?.kind !== 'primary') throw new Error(`the seed binds ${url}, which is no row by its identifier`);
  return { table: target.logicalName, id: key.id };
}

function referenceOf(
  targets: readonly string[],
  row: Readonly<Record<string, unknown>>,
  name: string,
  raw: unknown,
): Reference | null {
  if (raw === null || raw === undefined) return null;
  if (typeof raw === 'object' && 'table' in raw && 'id' in raw)
    return { table: String(raw.table), id: String(raw.id).toLowerCase() };
  const named = row[`${name}@Microsoft.Dynamics.CRM.lookuplogicalname`];
  return { table: typeof named === 'string' ? named : (targets[0] ?? ''), id: String(raw).toLowerCase() };
}
