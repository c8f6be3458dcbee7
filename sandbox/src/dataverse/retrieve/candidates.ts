import { isLookup, type Table } from '../metadata/schema';
import type { Node } from '../odata/ast';
import type { Reader } from '../store/reader';
import type { Row } from '../store/row';

/** Rows that can match: found over an index when the filter ties the primary id or a lookup to one value, else all. */
export function candidates(reader: Reader, table: Table, filter: Node | undefined): Iterable<Row> {
  for (const { property, id } of equalities(filter)) {
    if (property === table.primaryId) {
      const row = reader.get(table.logicalName, id);
      return row ? [row] : [];
    }
    const column = table.column.get(/^_(.+)_value$/.exec(property)?.[1] ?? '');
    if (column && isLookup(column)) return reader.pointingAt(table.logicalName, column.logicalName, id);
  }
  return reader.all(table.logicalName);
}

function equalities(node: Node | undefined): readonly { readonly property: string; readonly id: string }[] {
  if (node?.kind === 'and') return [...equalities(node.left), ...equalities(node.right)];
  if (node?.kind !== 'compare' || node.operator !== 'eq') return [];
  const [path, literal] = node.left.kind === 'path' ? [node.left, node.right] : [node.right, node.left];
  if (
    path.kind !== 'path' ||
    path.segments.length !== 1 ||
    literal.kind !== 'literal' ||
    typeof literal.value !== 'string'
  )
    return [];
  return [{ property: path.segments[0] ?? '', id: literal.value.toLowerCase() }];
}
