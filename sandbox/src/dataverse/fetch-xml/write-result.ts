import type { ColumnMetadata } from '@crmjira/domain';
import { formatValue } from '../annotations/format-value';
import {
  associatedNavigation,
  attributeName,
  formattedValue,
  lookupLogicalName,
  type Preferences,
} from '../annotations/preferences';
import { etagOf, navigationFor, toJson, type JsonObject } from '../annotations/project-row';
import { propertyOf, type Table } from '../metadata/schema';
import type { QueryScope } from '../odata/scope';
import { isReference, type Row, type Value } from '../store/row';
import { requireColumn, type JoinedTable, type Tuple } from './join';

/** A column in the answer: where it comes from and under what name it stands. */
interface Shown {
  readonly alias: string;
  readonly table: Table;
  readonly column: ColumnMetadata;
  readonly name: string;
}

const invisible = new Set(['PartyList', 'Virtual']);

/** Columns asked for, of every table; without any, the root shows all of its own. */
export function shownColumns(tables: readonly JoinedTable[]): readonly Shown[] {
  return tables.flatMap(({ alias, table, entity }) => {
    const all = entity.allAttributes || (alias === '' && entity.attributes.length === 0);
    const names = all
      ? table.columns
          .filter((column) => column.isValidForRead && !invisible.has(column.type))
          .map((column) => ({ name: column.logicalName, alias: null }))
      : entity.attributes;
    return names.map((attribute) => {
      const column = requireColumn(table, attribute.name);
      const plain = alias === '' ? propertyOf(column) : `${alias}.${column.logicalName}`;
      return { alias, table, column, name: attribute.alias ?? plain };
    });
  });
}

/** One row of the answer. Empty columns are left out, as FetchXML's answers leave them out. */
export function writeTuple(
  scope: QueryScope,
  root: Table,
  tuple: Tuple,
  shown: readonly Shown[],
  preferences: Preferences,
  distinct: boolean,
): JsonObject {
  const row = tuple.get('') ?? {};
  const json: JsonObject = distinct ? {} : { '@odata.etag': etagOf(row) };
  for (const { alias, table, column, name } of shown) {
    const from = tuple.get(alias);
    if (!from) continue;
    const value = from[column.logicalName];
    if (name !== propertyOf(column)) writeAttributeName(json, name, column, value, preferences);
    writeValue(scope, table, json, name, column, value, from, preferences);
  }
  // A distinct row stands for several: it has no identity of its own.
  if (!distinct) json[root.primaryId] ??= String(row[root.primaryId]);
  return json;
}

/** A column under another name says its own. Source: learn.microsoft.com "Select columns using FetchXml", column aliases. */
export function writeAttributeName(
  json: JsonObject,
  name: string,
  column: ColumnMetadata,
  value: Value | undefined,
  preferences: Preferences,
): void {
  if (value === null || value === undefined || !preferences.annotations(attributeName)) return;
  json[`${name}@${attributeName}`] = column.logicalName;
}

export function writeValue(
  scope: QueryScope,
  table: Table,
  json: JsonObject,
  name: string,
  column: ColumnMetadata,
  value: Value | undefined,
  row: Row,
  preferences: Preferences,
): void {
  if (value === null || value === undefined) return;
  if (preferences.annotations(formattedValue)) {
    const text = formatValue(scope, column, value, row);
    if (text !== null) json[`${name}@${formattedValue}`] = text;
  }
  if (isReference(value)) {
    const navigation = navigationFor(table, column, value.table);
    if (navigation !== undefined && preferences.annotations(associatedNavigation))
      json[`${name}@${associatedNavigation}`] = navigation;
    if (preferences.annotations(lookupLogicalName)) json[`${name}@${lookupLogicalName}`] = value.table;
  }
  json[name] = toJson(value);
}
