import { DataverseError, noSuchProperty, noSuchRow, unsupportedMethod } from '../errors';
import { json, noContent, type ApiResponse } from '../http/api-message';
import { inTransaction, type Session } from '../http/session';
import { etagOf } from '../annotations/project-row';
import { isLookup, type Table } from '../metadata/schema';
import type { Key } from '../odata/path';
import type { QueryOptions } from '../odata/query-options';
import { applied, rowBody } from '../retrieve/retrieve-row';
import { requirePrivilege } from '../security/access';
import type { Reference, Row, Value } from '../store/row';
import { createRow } from './create-row';
import { deleteRow } from './delete-row';
import type { Operation } from './operation';
import { checkPreconditions, forbidsCreate } from './preconditions';
import { parseBody } from './request-body';
import type { Body } from './read-payload';
import { alternateKey, rowByKey } from './resolve-reference';
import { changeRow } from './change-row';
import { updateRow } from './update-row';

type Shown = Pick<QueryOptions, 'select' | 'expand'>;

export const referenceTo = (table: Table, row: Row): Reference => ({
  table: table.logicalName,
  id: String(row[table.primaryId]),
});

export const entityUrl = (session: Session, table: Table, row: Row): string =>
  `${session.serviceRoot}${table.entitySetName}(${String(row[table.primaryId])})`;

/** The session as one sees it inside its own transaction, before the commit. */
const inside = (session: Session, operation: Operation): Session => ({ ...session, tx: operation.tx });

/** `POST accounts`: 204 with `OData-EntityId`, or 201 with the row. */
export async function handleCreate(
  session: Session,
  table: Table,
  options: Shown,
  given: Readonly<Record<string, Value>> = {},
): Promise<ApiResponse> {
  const body = parseBody(session.request.body);
  return inTransaction(session, async (operation) => {
    const row = await createRow(operation, table, body, given);
    noteContentId(session, table, row);
    return created(inside(session, operation), table, row, options, entityUrl(session, table, row));
  });
}

export function noteContentId(session: Session, table: Table, row: Row): void {
  const id = session.request.headers['content-id'];
  if (id !== undefined) session.contentIds.set(id, referenceTo(table, row));
}

function created(session: Session, table: Table, row: Row, options: Shown, url: string): ApiResponse {
  const links = { 'odata-entityid': url, location: url };
  if (!session.preferences.returnRepresentation) return noContent(links);
  return json(201, rowBody(session, table, row, options), { ...links, etag: etagOf(row), ...applied(session) });
}

/** `PATCH accounts(key)`: updates, or creates what is not there unless `If-Match` came. */
export async function handlePatch(session: Session, table: Table, key: Key, options: Shown): Promise<ApiResponse> {
  if (table.logicalName === 'post') throw unsupportedMethod('Update', table.logicalName);
  const body = parseBody(session.request.body);
  return inTransaction(session, async (operation) => {
    const existing = await findFree(operation, table, key);
    const url = `${session.serviceRoot}${session.request.path}`;
    if (!existing) {
      if (forbidsCreate(session.request.headers)) throw missing(operation, table, key);
      const row = await createRow(operation, table, withoutKey(table, key, body), keyValues(table, key));
      noteContentId(session, table, row);
      return created(inside(session, operation), table, row, options, url);
    }
    checkPreconditions(session.request.headers, existing);
    const row = await updateRow(
      guarded(session, operation, table, existing),
      table,
      existing,
      withoutKey(table, key, body),
    );
    noteContentId(session, table, row);
    if (!session.preferences.returnRepresentation) return noContent({ 'odata-entityid': url });
    return json(200, rowBody(inside(session, operation), table, row, options), {
      'odata-entityid': url,
      etag: etagOf(row),
      ...applied(session),
    });
  });
}

const guarded = (session: Session, operation: Operation, table: Table, row: Row): Operation => ({
  ...operation,
  guard: { id: String(row[table.primaryId]), check: (current) => checkPreconditions(session.request.headers, current) },
});

/** Reads the row only once nobody else is in the middle of changing it. */
async function findFree(operation: Operation, table: Table, key: Key): Promise<Row | undefined> {
  const found = tryKey(operation, table, key);
  if (!found) {
    if (key.kind === 'primary') await operation.tx.untilFree(table.logicalName, key.id);
    return tryKey(operation, table, key);
  }
  await operation.tx.untilFree(table.logicalName, String(found[table.primaryId]));
  return tryKey(operation, table, key);
}

function tryKey(operation: Operation, table: Table, key: Key): Row | undefined {
  try {
    return rowByKey(operation.tx, table, key);
  } catch (error) {
    if (error instanceof DataverseError && error.status === 404) return undefined;
    throw error;
  }
}

function missing(operation: Operation, table: Table, key: Key): DataverseError {
  if (key.kind === 'primary') return noSuchRow(table.logicalName, key.id);
  try {
    rowByKey(operation.tx, table, key);
  } catch (error) {
    if (error instanceof DataverseError) return error;
    throw error;
  }
  return noSuchRow(table.logicalName, '');
}

const keyValues = (table: Table, key: Key): Readonly<Record<string, Value>> =>
  key.kind === 'primary' ? { [table.primaryId]: key.id } : alternateKey(table, key.values).values;

/** What the URL says about the row outweighs the body. */
function withoutKey(table: Table, key: Key, body: Body): Body {
  const names = key.kind === 'primary' ? [table.primaryId] : [...key.values.keys()];
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

/** `DELETE accounts(key)` */
export async function handleDelete(session: Session, table: Table, key: Key): Promise<ApiResponse> {
  if (['usersettings', 'audit'].includes(table.logicalName)) throw unsupportedMethod('Delete', table.logicalName);
  return inTransaction(session, async (operation) => {
    requirePrivilege(session.caller, 'Delete', table);
    const row = await findFree(operation, table, key);
    if (!row) throw missing(operation, table, key);
    checkPreconditions(session.request.headers, row);
    await deleteRow(guarded(session, operation, table, row), table, row);
    return noContent();
  });
}

/** `PUT accounts(key)/name` with `{"value": …}`, `DELETE accounts(key)/name`. */
export async function handleProperty(session: Session, table: Table, key: Key, property: string): Promise<ApiResponse> {
  const column = table.column.get(property);
  const navigation = table.single.get(property);
  const removes = session.request.method === 'DELETE';
  if (navigation && removes) return clearColumn(session, table, key, navigation.column);
  if (!column || isLookup(column)) throw noSuchProperty(property, table.logicalName);
  if (removes) return clearColumn(session, table, key, column.logicalName);
  const { value } = parseBody(session.request.body);
  return inTransaction(session, async (operation) => {
    const row = rowByKey(operation.tx, table, key);
    checkPreconditions(session.request.headers, row);
    await updateRow(operation, table, row, { [property]: value ?? null });
    return noContent();
  });
}

export async function clearColumn(session: Session, table: Table, key: Key, column: string): Promise<ApiResponse> {
  return inTransaction(session, async (operation) => {
    const row = rowByKey(operation.tx, table, key);
    checkPreconditions(session.request.headers, row);
    await changeRow(operation, table, row, { [column]: null });
    return noContent();
  });
}
