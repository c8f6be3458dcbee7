import { badRequest, noSuchProperty } from '../errors';
import { projectRow, selectedColumns, type Json, type JsonObject } from '../annotations/project-row';
import type { Preferences } from '../annotations/preferences';
import type { SingleNavigation, Table } from '../metadata/schema';
import type { ExpandItem } from '../odata/ast';
import { compileFilter } from '../odata/compile-filter';
import { relatedRows } from '../odata/related-rows';
import { accessor, follow, type QueryScope } from '../odata/scope';
import { may, requirePrivilege } from '../security/access';
import type { Row } from '../store/row';
import { asPrincipal, leadsToPrincipal, requirePrincipalColumns, withoutPrincipalColumns } from './expand-owner';
import { cutPage, maximumPage } from './paging';

export interface Shape {
  readonly select?: readonly string[];
  readonly expand: readonly ExpandItem[];
}

/** Shows a row with what `$expand` asks for; made once for a list, so that names are checked once. */
export function rowWriter(
  scope: QueryScope,
  table: Table,
  shape: Shape,
  preferences: Preferences,
  serviceRoot: string,
): (row: Row) => JsonObject {
  const columns = selectedColumns(table, shape.select);
  const expansions = shape.expand.map((item) => expansion(scope, table, item, preferences, serviceRoot));
  return (row) => {
    const json = projectRow(scope, table, row, columns, preferences);
    for (const expand of expansions) expand(json, row);
    return json;
  };
}

type Expansion = (json: JsonObject, row: Row) => void;

function expansion(
  scope: QueryScope,
  table: Table,
  item: ExpandItem,
  preferences: Preferences,
  serviceRoot: string,
): Expansion {
  const single = table.single.get(item.navigation);
  if (single && leadsToPrincipal(table, single)) return ownerExpansion(scope, single, item, preferences, serviceRoot);
  if (single) {
    const writers = new Map(
      single.targets.map((target) => [target, lazy(() => writer(scope, target, item, preferences, serviceRoot))]),
    );
    // One target: wrong names are refused although no row is there to show.
    if (single.targets.length === 1) writers.get(single.targets[0] ?? '')?.();
    for (const target of single.targets.slice(0, 1)) requirePrivilege(scope.caller, 'Read', scope.schema.table(target));
    return (json, row) => {
      const found = follow(scope, single, row);
      const readable = found && may(scope.caller, 'Read', found.table, found.row) ? found : null;
      json[item.navigation] = readable ? (writers.get(readable.table.logicalName)?.()(readable.row) ?? null) : null;
    };
  }
  const collection = table.collections.get(item.navigation);
  if (!collection) throw noSuchProperty(item.navigation, table.logicalName);
  if (item.onlyReferences) throw badRequest('Expand with $ref is only supported on lookup type navigation property.');
  const target = scope.schema.table(collection.table);
  requirePrivilege(scope.caller, 'Read', target);
  const write = writer(scope, collection.table, item, preferences, serviceRoot);
  const test = item.filter ? compileFilter(scope, target, item.filter) : () => true;
  const keys = (item.orderBy ?? []).map(({ path, descending }) => ({ ...accessor(scope, target, path), descending }));
  return (json, row) => {
    const related = relatedRows(scope, table, collection, row).filter(
      (each) => test(each) && may(scope.caller, 'Read', target, each),
    );
    if (item.count) json[`${item.navigation}@odata.count`] = related.length;
    json[item.navigation] = cutPage(related, target.primaryId, keys, item.top ?? maximumPage, null).rows.map(write);
  };
}

function ownerExpansion(
  scope: QueryScope,
  navigation: SingleNavigation,
  item: ExpandItem,
  preferences: Preferences,
  serviceRoot: string,
): Expansion {
  requirePrincipalColumns(item);
  return (json, row) => {
    const found = follow(scope, navigation, row);
    const readable = found && may(scope.caller, 'Read', found.table, found.row) ? found : null;
    if (!readable) {
      json[item.navigation] = null;
      return;
    }
    const { table: owner, row: ownerRow } = readable;
    const shown = withoutPrincipalColumns(item, owner.primaryId);
    const select = { select: shown.select, expand: shown.expand ?? [] };
    json[item.navigation] = asPrincipal(rowWriter(scope, owner, select, preferences, serviceRoot)(ownerRow), owner);
  };
}

function writer(
  scope: QueryScope,
  logicalName: string,
  item: ExpandItem,
  preferences: Preferences,
  serviceRoot: string,
): (row: Row) => Json {
  const table = scope.schema.table(logicalName);
  if (item.onlyReferences)
    return (row) => ({ '@odata.id': `${serviceRoot}${table.entitySetName}(${String(row[table.primaryId])})` });
  return rowWriter(scope, table, { select: item.select, expand: item.expand ?? [] }, preferences, serviceRoot);
}

function lazy<Result>(make: () => Result): () => Result {
  let made: { readonly value: Result } | undefined;
  return () => (made ??= { value: make() }).value;
}
