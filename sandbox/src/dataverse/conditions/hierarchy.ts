import { entryOf } from '@crmjira/domain';
import { DataverseError, errorCode } from '../errors';
import type { Schema, Table } from '../metadata/schema';
import type { Reader } from '../store/reader';
import { isReference, referenceId, type Value } from '../store/row';

type Test = (value: Value | undefined) => boolean;

interface Kind {
  readonly up: boolean;
  readonly itself: boolean;
  readonly negated: boolean;
}

/** Operators over a hierarchy. Source: learn.microsoft.com "Query hierarchical data". */
const kinds: Readonly<Record<string, Kind>> = {
  under: { up: false, itself: false, negated: false },
  'eq-or-under': { up: false, itself: true, negated: false },
  'not-under': { up: false, itself: false, negated: true },
  above: { up: true, itself: false, negated: false },
  'eq-or-above': { up: true, itself: true, negated: false },
};

/** The lookup over which a table is a hierarchy of itself. */
export const parentColumn = (schema: Schema, table: string): string | undefined =>
  schema
    .pointingAt(table)
    .find((each) => each.referencingTable === table && each.referencingColumn.startsWith('parent'))?.referencingColumn;

/**
 * The condition as a test of the row's identifier; null for an operator of another kind.
 * @throws DataverseError 400 for a table without a hierarchy, or a column that is not its identifier
 */
export function hierarchyTest(
  scope: { readonly schema: Schema; readonly reader: Reader },
  table: Table,
  attribute: string,
  operator: string,
  values: readonly (string | number | boolean | null)[],
): Test | null {
  const kind = entryOf(kinds, operator);
  if (!kind) return null;
  const parent = parentColumn(scope.schema, table.logicalName);
  if (parent === undefined || attribute !== table.primaryId)
    throw new DataverseError(
      400,
      errorCode.queryBuilder,
      `The operator '${operator}' needs the identifier of a table with a hierarchical relationship; '${table.logicalName}.${attribute}' is none.`,
    );
  const id = String(values[0] ?? '')
    .replace(/[{}]/g, '')
    .toLowerCase();
  const found = kind.up ? ancestors(scope.reader, table, parent, id) : descendants(scope.reader, table, parent, id);
  if (kind.itself) found.add(id);
  return (value) => found.has(isReference(value) ? value.id : String(value)) !== kind.negated;
}

function descendants(reader: Reader, table: Table, parent: string, id: string): Set<string> {
  const found = new Set<string>();
  const queue = [id];
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    for (const row of reader.pointingAt(table.logicalName, parent, next)) {
      const child = String(row[table.primaryId]);
      if (found.has(child) || child === id) continue;
      found.add(child);
      queue.push(child);
    }
  return found;
}

function ancestors(reader: Reader, table: Table, parent: string, id: string): Set<string> {
  const found = new Set<string>();
  const above = (of: string): string | null => referenceId(reader.get(table.logicalName, of)?.[parent]);
  for (let next = above(id); next !== null && next !== id && !found.has(next); next = above(next)) found.add(next);
  return found;
}
