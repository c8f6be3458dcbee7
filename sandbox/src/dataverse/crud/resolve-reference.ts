import { badRequest, DataverseError, errorCode, noSuchRow, payloadError } from '../errors';
import { parseKey, parsePath, type Key } from '../odata/path';
import type { Schema, Table } from '../metadata/schema';
import type { Reader } from '../store/reader';
import type { Reference, Row, Value } from '../store/row';
import { isLookup } from '../metadata/schema';
import { normaliseValue } from './normalise-value';

const noAliases: ReadonlyMap<string, string> = new Map();

/** Absolute or relative, with or without leading slash: `https://…/api/data/v9.2/accounts(…)`, `/accounts(…)`, `accounts(…)`. */
export const relativeUrl = (url: string): string =>
  url
    .replace(/^https?:\/\/[^/]+/i, '')
    .replace(/^\/?api\/data\/v\d+(\.\d+)?\//i, '')
    .replace(/^\//, '');

/**
 * The row that an entity URL or `$<Content-ID>` names.
 * @throws DataverseError 404 when it does not exist, 400 when it is no entity URL.
 */
export function resolveReference(
  schema: Schema,
  reader: Reader,
  contentIds: ReadonlyMap<string, Reference>,
  url: string,
): Reference {
  if (url.startsWith('$')) {
    const found = contentIds.get(url.slice(1));
    if (!found) throw payloadError(`Content-ID reference '${url}' does not exist in the batch context.`);
    return found;
  }
  const [segment, ...rest] = parsePath(relativeUrl(url), noAliases);
  const table = segment ? schema.bySet(segment.name) : undefined;
  if (!segment || !table || segment.argument === null || rest.length > 0) {
    throw payloadError(`The URI '${url}' is not valid: it does not address a single entity.`);
  }
  const key = parseKey(segment.argument, table.primaryId);
  const row = rowByKey(reader, table, key);
  return { table: actualTable(schema, table, row), id: String(row[table.primaryId]) };
}

/** An activity addressed as `activitypointers(…)` is a task, an e-mail … */
const actualTable = (schema: Schema, table: Table, row: Row): string =>
  table.logicalName === 'activitypointer'
    ? (schema.tables.get(String(row.activitytypecode))?.logicalName ?? table.logicalName)
    : table.logicalName;

export function rowByKey(reader: Reader, table: Table, key: Key): Row {
  if (key.kind === 'primary') {
    const row = reader.get(table.logicalName, key.id);
    if (!row) throw noSuchRow(table.logicalName, key.id);
    return row;
  }
  const { name, values } = alternateKey(table, key.values);
  const row = reader.byKey(table.logicalName, name, values);
  if (!row) {
    throw new DataverseError(
      404,
      errorCode.keyNotFound,
      `A record with the specified key values does not exist in ${table.logicalName} entity`,
    );
  }
  return row;
}

/** The alternate key that consists of these columns, with their values as the columns keep them. */
export function alternateKey(
  table: Table,
  given: ReadonlyMap<string, string | number | boolean>,
): { readonly name: string; readonly values: Readonly<Record<string, Value>> } {
  const values: Record<string, Value> = {};
  for (const [property, raw] of given) {
    const logicalName = /^_(.+)_value$/.exec(property)?.[1] ?? property;
    const column = table.column.get(logicalName);
    if (!column)
      throw badRequest(
        `Could not find a property named '${property}' on type 'Microsoft.Dynamics.CRM.${table.logicalName}'.`,
      );
    values[logicalName] = isLookup(column)
      ? { table: column.targets?.[0] ?? '', id: String(raw).toLowerCase() }
      : normaliseValue(table, column, column.type === 'String' ? String(raw) : raw);
  }
  const names = Object.keys(values).sort().join();
  const key = table.keys.find(({ columns }) => [...columns].sort().join() === names);
  if (!key) {
    throw new DataverseError(
      400,
      errorCode.badRequest,
      `The specified key attributes are not a defined key for the ${table.logicalName} entity`,
    );
  }
  return { name: key.logicalName, values };
}
