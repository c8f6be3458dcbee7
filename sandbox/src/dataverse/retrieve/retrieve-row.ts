import { json, text, noContent, type ApiResponse } from '../http/api-message';
import { queryScope, type Session } from '../http/session';
import { noSuchProperty } from '../errors';
import { etagOf, toJson } from '../annotations/project-row';
import type { Table } from '../metadata/schema';
import { columnOfProperty } from '../odata/scope';
import type { QueryOptions } from '../odata/query-options';
import { requireAccess } from '../security/access';
import { maskedRow } from '../security/column-grants';
import type { Row } from '../store/row';
import { contextUrl } from './context-url';
import { rowWriter } from './expand-row';

/**
 * One row; 304 when the caller already has this version. Never with `$expand` or annotations: their values come from other rows.
 * Source: learn.microsoft.com "Perform conditional operations using the Web API", conditional retrievals
 */
export function retrieveRow(session: Session, table: Table, row: Row, options: QueryOptions): ApiResponse {
  requireAccess(session.caller, 'Read', table, row);
  const wanted = session.request.headers['if-none-match'];
  const alone = (options.expand ?? []).length === 0 && !session.preferences.hasAnnotations;
  if (alone && wanted !== undefined && (wanted === etagOf(row) || wanted === '*'))
    return { status: 304, headers: { 'odata-version': '4.0' } };
  return json(200, rowBody(session, table, row, options), { etag: etagOf(row), ...applied(session) });
}

/** The body that a retrieve and a `return=representation` answer alike. */
export function rowBody(
  session: Session,
  table: Table,
  row: Row,
  options: Pick<QueryOptions, 'select' | 'expand'>,
): Readonly<Record<string, unknown>> {
  const write = rowWriter(queryScope(session), table, options, session.preferences, session.serviceRoot);
  return {
    '@odata.context': contextUrl(session.serviceRoot, table, options.select, options.expand, '/$entity'),
    ...write(maskedRow(session.caller, table, row)),
  };
}

export const applied = (session: Session): Readonly<Record<string, string>> =>
  session.preferences.applied.length > 0 ? { 'preference-applied': session.preferences.applied.join(',') } : {};

/** `accounts(id)/name`, with `/$value` as bare text. */
export function retrieveProperty(
  session: Session,
  table: Table,
  row: Row,
  property: string,
  bare: boolean,
): ApiResponse {
  requireAccess(session.caller, 'Read', table, row);
  const column = columnOfProperty(table, property);
  if (!column) throw noSuchProperty(property, table.logicalName);
  const value = toJson(row[column.logicalName]);
  if (value === null) return noContent();
  if (bare) return text(200, String(value));
  return json(200, {
    '@odata.context': `${session.serviceRoot}$metadata#${table.entitySetName}(${String(row[table.primaryId])})/${property}`,
    value,
  });
}
