import type { ColumnMetadata } from '@crmjira/domain';
import { payloadError } from '../errors';
import { isLookup, type CollectionNavigation, type SingleNavigation, type Table } from '../metadata/schema';
import type { Reference, Value } from '../store/row';
import { normaliseValue } from './normalise-value';
import type { Operation } from './operation';
import { resolveReference } from './resolve-reference';

export type Body = Readonly<Record<string, unknown>>;

export interface Payload {
  /** As the payload names them, read-only ones left out. */
  readonly values: Readonly<Record<string, Value>>;
  /** Rows to create first and point at: `"primarycontactid": { … }`. */
  readonly parents: readonly { readonly navigation: SingleNavigation; readonly body: Body }[];
  /** Rows to create after this one, pointing at it. */
  readonly children: readonly { readonly navigation: CollectionNavigation; readonly bodies: readonly Body[] }[];
  /** Existing rows to link to this one. */
  readonly links: readonly { readonly navigation: CollectionNavigation; readonly to: Reference }[];
}

export const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Sorts a JSON body into columns, links and rows to create along.
 * @throws DataverseError 400 0x80048d19 for a name the table has not, or a lookup written as a bare value.
 */
export function readPayload(operation: Operation, table: Table, body: Body, mode: 'create' | 'update'): Payload {
  const values: Record<string, Value> = {};
  const parents: { navigation: SingleNavigation; body: Body }[] = [];
  const children: { navigation: CollectionNavigation; bodies: readonly Body[] }[] = [];
  const links: { navigation: CollectionNavigation; to: Reference }[] = [];
  for (const [name, raw] of Object.entries(body)) {
    if (name.endsWith('@odata.bind')) {
      bind(operation, table, name.slice(0, -'@odata.bind'.length), raw, values, links);
      continue;
    }
    if (name.includes('@')) continue;
    const column = table.column.get(name);
    const single = table.single.get(name);
    const collection = table.collections.get(name);
    if (column && !isLookup(column) && column.type !== 'PartyList') {
      const value = normaliseValue(table, column, raw);
      if (writable(operation, table, column, mode)) values[column.logicalName] = value;
    } else if (single && (raw === null || isBody(raw))) {
      if (raw === null) values[single.column] = null;
      else parents.push({ navigation: single, body: raw });
    } else if (collection && Array.isArray(raw) && raw.every(isBody)) {
      children.push({ navigation: collection, bodies: raw });
    } else throw misplaced(table, name, column);
  }
  return { values, parents, children, links };
}

export function writable(
  operation: Operation,
  table: Table,
  column: ColumnMetadata,
  mode: 'create' | 'update',
): boolean {
  if (operation.asSystem) return true;
  if (column.logicalName === table.primaryId) return mode === 'create';
  return mode === 'create' ? column.isValidForCreate : column.isValidForUpdate;
}

function bind(
  operation: Operation,
  table: Table,
  name: string,
  raw: unknown,
  values: Record<string, Value>,
  links: { navigation: CollectionNavigation; to: Reference }[],
): void {
  const resolve = (url: unknown): Reference => {
    if (typeof url !== 'string') throw payloadError(`The value of '${name}@odata.bind' must be the URL of an entity.`);
    return resolveReference(operation.platform.schema, operation.tx, operation.contentIds, url);
  };
  const collection = table.collections.get(name);
  if (collection && Array.isArray(raw)) {
    for (const each of raw) links.push({ navigation: collection, to: resolve(each) });
    return;
  }
  const navigation = table.single.get(name);
  if (!navigation) throw undeclared(table, name);
  if (raw === null) {
    values[navigation.column] = null;
    return;
  }
  const to = resolve(raw);
  if (!navigation.targets.includes(to.table)) {
    throw payloadError(
      `The type 'Microsoft.Dynamics.CRM.${to.table}' of the bound entity does not fit the navigation property '${name}' (${navigation.targets.join(', ')}).`,
    );
  }
  values[navigation.column] = to;
}

const undeclared = (table: Table, name: string): Error =>
  payloadError(
    `Error identified in Payload provided by the user for Entity :'${table.entitySetName}', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : Microsoft.OData.ODataException: An undeclared property '${name}' which only has property annotations in the payload but no property value was found in the payload. In OData, only declared navigation properties and declared named streams can be represented as properties without values.`,
  );

/** The sentence for a property that is there under another name, or not at all. */
function misplaced(table: Table, name: string, column: ColumnMetadata | undefined): Error {
  const lookup = /^_(.+)_value$/.exec(name)?.[1];
  if (lookup !== undefined && table.column.has(lookup)) {
    return payloadError(
      'CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.',
    );
  }
  if (table.single.has(name) || (column && isLookup(column))) {
    return payloadError(
      `A 'PrimitiveValue' node with non-null value was found when trying to read the value of the navigation property '${name}'; however, a 'StartArray' node, a 'StartObject' node, or a 'PrimitiveValue' node with null value was expected.`,
    );
  }
  return payloadError(
    `Error identified in Payload provided by the user for Entity :'${table.entitySetName}', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : Microsoft.OData.ODataException: Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.${table.logicalName}'.`,
  );
}
