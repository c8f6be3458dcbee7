import { isLookup, type Table } from '../metadata/schema';
import type { Node } from '../odata/ast';
import type { Reader } from '../store/reader';
import type { Row } from '../store/row';

/** Rows that can match: found over an index where the filter ties the primary id or a lookup to one value or to none, else all. */
export function candidates(reader: Reader, table: Table, filter: Node | undefined): Iterable<Row> {
  return indexed(reader, table, filter) ?? reader.all(table.logicalName);
}

/** Null: no index can tell. Of an `and` one side is enough, of an `or` both are needed. */
function indexed(reader: Reader, table: Table, node: Node | undefined): Iterable<Row> | null {
  if (node?.kind === 'and') return indexed(reader, table, node.left) ?? indexed(reader, table, node.right);
  if (node?.kind === 'or') {
    const [left, right] = [indexed(reader, table, node.left), indexed(reader, table, node.right)];
    return left && right && new Set([...left, ...right]);
  }
  const tied = equality(node);
  if (tied === null) return null;
  if (tied.property === table.primaryId) {
    if (tied.id === null) return [];
    const row = reader.get(table.logicalName, tied.id);
    return row ? [row] : [];
  }
  const column = table.column.get(/^_(.+)_value$/.exec(tied.property)?.[1] ?? '');
  return column && isLookup(column) ? reader.pointingAt(table.logicalName, column.logicalName, tied.id) : null;
}

function equality(node: Node | undefined): { readonly property: string; readonly id: string | null } | null {
  if (node?.kind !== 'compare' || node.operator !== 'eq') return null;
  const [path, literal] = node.left.kind === 'path' ? [node.left, node.right] : [node.right, node.left];
  if (
    path.kind !== 'path' ||
    path.segments.length !== 1 ||
    literal.kind !== 'literal' ||
    (typeof literal.value !== 'string' && literal.value !== null)
  )
    return null;
  return { property: path.segments[0] ?? '', id: literal.value?.toLowerCase() ?? null };
}
