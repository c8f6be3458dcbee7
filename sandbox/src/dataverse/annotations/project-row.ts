import type { ColumnMetadata } from '@crmjira/domain';
import { noSuchProperty } from '../errors';
import { isLookup, propertyOf, type Table } from '../metadata/schema';
import type { ExpandItem } from '../odata/ast';
import { columnOfProperty, type QueryScope } from '../odata/scope';
import { isReference, type Row, type Value } from '../store/row';
import { formatValue } from './format-value';
import { associatedNavigation, formattedValue, lookupLogicalName, type Preferences } from './preferences';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/**
 * Columns that an answer shows: those selected, or all.
 * @throws DataverseError 400 for a name that the table has not.
 */
export function selectedColumns(table: Table, select: readonly string[] | undefined): readonly ColumnMetadata[] {
  const all = select === undefined || select.length === 0;
  const names = all ? table.columns.map(propertyOf) : select;
  const columns: ColumnMetadata[] = [];
  for (const name of names) {
    const column = columnOfProperty(table, name) ?? lookupByLogicalName(table, name);
    if (column) columns.push(column);
    else if (!all && !table.single.has(name) && !table.collections.has(name) && !isPrincipalKey(table, name))
      throw noSuchProperty(name, table.logicalName);
  }
  return all ? columns : withCurrency(table, columns);
}

/** An amount never comes without its currency, selected or not. */
function withCurrency(table: Table, columns: readonly ColumnMetadata[]): readonly ColumnMetadata[] {
  const currency = table.column.get('transactioncurrencyid');
  if (currency?.type !== 'Lookup' || columns.includes(currency)) return columns;
  return columns.some(({ type }) => type === 'Money') ? [...columns, currency] : columns;
}

/** `$select=primarycontactid` is taken as its `_value`, as the platform takes it. */
function lookupByLogicalName(table: Table, name: string): ColumnMetadata | undefined {
  const column = table.column.get(name);
  return column && isLookup(column) ? column : undefined;
}

export const etagOf = (row: Row): string => `W/"${String(row.versionnumber)}"`;

export interface Projection {
  readonly columns: readonly ColumnMetadata[];
  readonly preferences: Preferences;
  readonly expand: readonly ExpandItem[];
}

const principals = new Set(['systemuser', 'team']);

const isPrincipalKey = (table: Table, name: string): boolean => name === 'ownerid' && principals.has(table.logicalName);

/** One row as the Web API shows it, without what `$expand` adds. */
export function projectRow(
  scope: QueryScope,
  table: Table,
  row: Row,
  columns: readonly ColumnMetadata[],
  preferences: Preferences,
): JsonObject {
  const json: JsonObject = { '@odata.etag': etagOf(row) };
  for (const column of columns) writeProperty(scope, table, json, column, row, preferences);
  json[table.primaryId] = String(row[table.primaryId]);
  // Users and teams are principals, whose key they show beside their own.
  // Source: learn.microsoft.com "Join tables using OData", expand single-valued navigation properties
  if (principals.has(table.logicalName)) json.ownerid = String(row[table.primaryId]);
  return json;
}

const wants = (preferences: Preferences, name: string): boolean => preferences.annotations(name);

/** Writes a column with its annotations into a row's JSON. */
export function writeProperty(
  scope: QueryScope,
  table: Table,
  json: JsonObject,
  column: ColumnMetadata,
  row: Row,
  preferences: Preferences,
): void {
  const property = propertyOf(column);
  const value = row[column.logicalName];
  if (wants(preferences, formattedValue)) {
    const text = formatValue(scope, column, value, row);
    if (text !== null) json[`${property}@${formattedValue}`] = text;
  }
  if (isReference(value)) {
    if (wants(preferences, associatedNavigation)) {
      const navigation = navigationFor(table, column, value.table);
      if (navigation !== undefined) json[`${property}@${associatedNavigation}`] = navigation;
    }
    if (wants(preferences, lookupLogicalName)) json[`${property}@${lookupLogicalName}`] = value.table;
  }
  json[property] = toJson(value);
}

export const toJson = (value: Value | undefined): Json => (isReference(value) ? value.id : (value ?? null));

export function navigationFor(table: Table, column: ColumnMetadata, target: string): string | undefined {
  for (const navigation of table.single.values()) {
    if (navigation.column === column.logicalName && navigation.targets.includes(target)) return navigation.name;
  }
  return undefined;
}
