import type { CollectionNavigation, Table } from '../metadata/schema';
import type { Row } from '../store/row';
import type { QueryScope } from './scope';

/** Rows behind a collection-valued navigation property. */
export function relatedRows(
  scope: QueryScope,
  table: Table,
  navigation: CollectionNavigation,
  row: Row,
): readonly Row[] {
  const id = String(row[table.primaryId]);
  if (navigation.kind === 'one-to-many') {
    return scope.reader.pointingAt(navigation.table, navigation.column, id).filter((each) => {
      const reference = each[navigation.column];
      return typeof reference !== 'object' || reference === null || reference.table === table.logicalName;
    });
  }
  const related: Row[] = [];
  for (const link of scope.reader.pointingAt(navigation.intersect, navigation.own, id)) {
    const other = scope.reader.get(navigation.table, String(link[navigation.other]));
    if (other) related.push(other);
  }
  return related;
}
