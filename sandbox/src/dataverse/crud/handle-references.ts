import { payloadError } from '../errors';
import { json, noContent, type ApiResponse } from '../http/api-message';
import { inTransaction, queryScope, type Session } from '../http/session';
import { relatedRows } from '../odata/related-rows';
import { follow } from '../odata/scope';
import { decode, parseParameters } from '../odata/query-options';
import type { CollectionNavigation, SingleNavigation, Table } from '../metadata/schema';
import type { Key } from '../odata/path';
import { may, requireAccess } from '../security/access';
import type { Row } from '../store/row';
import { entityUrl } from './handle-write';
import { linkRows, unlinkRows } from './link-rows';
import { parseBody } from './request-body';
import { resolveReference, rowByKey } from './resolve-reference';
import { changeRow } from './change-row';

/** `…/primarycontactid/$ref`: GET the address, PUT another, DELETE the link. */
export async function handleSingleReference(
  session: Session,
  table: Table,
  key: Key,
  navigation: SingleNavigation,
): Promise<ApiResponse> {
  if (session.request.method === 'GET') {
    const row = rowByKey(session.tx ?? session.platform.store, table, key);
    requireAccess(session.caller, 'Read', table, row);
    const found = follow(queryScope(session), navigation, row);
    if (!found) return noContent();
    return json(200, {
      '@odata.context': `${session.serviceRoot}$metadata#$ref`,
      '@odata.id': entityUrl(session, found.table, found.row),
    });
  }
  const removes = session.request.method === 'DELETE';
  return inTransaction(session, async (operation) => {
    const row = rowByKey(operation.tx, table, key);
    const value = removes
      ? null
      : resolveReference(session.platform.schema, operation.tx, session.contentIds, referenceUrl(session));
    if (value && !navigation.targets.includes(value.table))
      throw payloadError(`The entity '${value.table}' does not fit the navigation property '${navigation.name}'.`);
    await changeRow(operation, table, row, { [navigation.column]: value });
    return noContent();
  });
}

/** `…/Account_Tasks/$ref`: GET addresses, POST one more, DELETE with `?$id=` or `…/Account_Tasks(id)/$ref`. */
export async function handleCollectionReference(
  session: Session,
  table: Table,
  key: Key,
  navigation: CollectionNavigation,
  otherId: string | null,
): Promise<ApiResponse> {
  const other = session.platform.schema.table(navigation.table);
  if (session.request.method === 'GET') {
    const row = rowByKey(session.tx ?? session.platform.store, table, key);
    requireAccess(session.caller, 'Read', table, row);
    const related = relatedRows(queryScope(session), table, navigation, row).filter((each) =>
      may(session.caller, 'Read', other, each),
    );
    return json(200, {
      '@odata.context': `${session.serviceRoot}$metadata#Collection($ref)`,
      value: related.map((each: Row) => ({ '@odata.id': entityUrl(session, other, each) })),
    });
  }
  return inTransaction(session, async (operation) => {
    const row = rowByKey(operation.tx, table, key);
    const { schema } = session.platform;
    if (session.request.method === 'DELETE') {
      const id = otherId ?? resolveReference(schema, operation.tx, session.contentIds, idParameter(session)).id;
      await unlinkRows(operation, table, row, navigation, id);
    } else {
      await linkRows(
        operation,
        table,
        row,
        navigation,
        resolveReference(schema, operation.tx, session.contentIds, referenceUrl(session)),
      );
    }
    return noContent();
  });
}

function referenceUrl(session: Session): string {
  const url = parseBody(session.request.body)['@odata.id'];
  if (typeof url !== 'string') throw payloadError("The body of a reference request must have '@odata.id'.");
  return url;
}

function idParameter(session: Session): string {
  const id = parseParameters(session.request.query).get('$id');
  if (id === undefined) throw payloadError("The query parameter '$id' is missing.");
  return decode(id);
}
