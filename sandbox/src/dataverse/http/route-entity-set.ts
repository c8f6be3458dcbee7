import { entryOf } from '@crmjira/domain';
import { badRequest, noSuchRow, noSuchSegment, notAllowed } from '../errors';
import { boundActions, collectionActions } from '../actions/bound';
import { uninstallRow } from '../actions/solution-actions';
import { handleCollectionReference, handleSingleReference } from '../crud/handle-references';
import { handleCreate, handleDelete, handlePatch, handleProperty } from '../crud/handle-write';
import { rowByKey } from '../crud/resolve-reference';
import { retrieveByFetchXml } from '../fetch-xml/retrieve-by-fetch-xml';
import type { CollectionNavigation, Table } from '../metadata/schema';
import { relatedRows } from '../odata/related-rows';
import { parseKey, type Key, type PathSegment } from '../odata/path';
import { parseOptions, parseParameters } from '../odata/query-options';
import { follow } from '../odata/scope';
import { retrieveProperty, retrieveRow } from '../retrieve/retrieve-row';
import { countRows, retrieveRows } from '../retrieve/retrieve-rows';
import type { Source } from '../retrieve/source';
import { requireAccess, requirePrivilege } from '../security/access';
import { textOf } from '../store/row';
import { noContent, type ApiResponse } from './api-message';
import { everything, queryScope, type Session } from './session';

const namespace = 'Microsoft.Dynamics.CRM.';

/** Everything below `accounts`. */
export async function routeEntitySet(
  session: Session,
  table: Table,
  segments: readonly PathSegment[],
): Promise<ApiResponse> {
  const [set, ...rest] = segments;
  if (set?.argument === null || set?.argument === undefined || set.argument === '')
    return routeCollection(session, { table, path: table.entitySetName }, rest);
  return routeRow(session, table, parseKey(set.argument, table.primaryId), rest);
}

const options = (session: Session): ReturnType<typeof parseOptions> =>
  parseOptions(parseParameters(session.request.query));

async function routeCollection(session: Session, source: Source, rest: readonly PathSegment[]): Promise<ApiResponse> {
  const [next] = rest;
  const { method } = session.request;
  if (next?.name === '$count') return countRows(session, source, options(session));
  if (next?.name.startsWith(namespace)) {
    const action = entryOf(collectionActions, next.name.slice(namespace.length));
    if (!action) throw noSuchSegment(next.name);
    return action(session, source.table);
  }
  if (next) throw noSuchSegment(next.name);
  if (method === 'GET') {
    const query = options(session);
    const fetchXml = query.fetchXml ?? viewQuery(session, query.view);
    return fetchXml === undefined
      ? retrieveRows(session, source, query)
      : retrieveByFetchXml(session, source, fetchXml, query.count);
  }
  if (method === 'POST') return handleCreate(session, source.table, options(session));
  throw notAllowed(method);
}

async function routeRow(session: Session, table: Table, key: Key, rest: readonly PathSegment[]): Promise<ApiResponse> {
  const [next, ...more] = rest;
  const { method } = session.request;
  if (!next) {
    if (method === 'PATCH') return handlePatch(session, table, key, options(session));
    if (method === 'DELETE' && table.logicalName === 'solution')
      return uninstallRow(session, rowByKey(queryScope(session).reader, table, key));
    if (method === 'DELETE') return handleDelete(session, table, key);
    if (method !== 'GET') throw notAllowed(method);
    requirePrivilege(session.caller, 'Read', table);
    return retrieveRow(session, table, rowByKey(queryScope(session).reader, table, key), options(session));
  }
  if (next.name.startsWith(namespace)) {
    const name = next.name.slice(namespace.length);
    const bound = entryOf(boundActions, name);
    if (!bound) throw noSuchSegment(next.name);
    return bound(session, table, rowByKey(everything(session), table, key), next.argument ?? '');
  }
  const single = table.single.get(next.name);
  const collection = table.collections.get(next.name);
  if (single) {
    if (more[0]?.name === '$ref') return handleSingleReference(session, table, key, single);
    if (method === 'DELETE' && more.length === 0) return handleProperty(session, table, key, next.name);
    const row = rowByKey(queryScope(session).reader, table, key);
    requireAccess(session.caller, 'Read', table, row);
    const found = follow(queryScope(session), single, row);
    if (!found) return noContent();
    const id = String(found.row[found.table.primaryId]);
    return routeRow(session, found.table, { kind: 'primary', id }, more);
  }
  if (collection) return routeRelated(session, table, key, collection, next, more);
  const bare = more[0]?.name === '$value';
  if (more.length > (bare ? 1 : 0)) throw noSuchSegment(more[0]?.name ?? '');
  if (method === 'GET') {
    requirePrivilege(session.caller, 'Read', table);
    return retrieveProperty(session, table, rowByKey(queryScope(session).reader, table, key), next.name, bare);
  }
  if (method === 'PUT' || method === 'DELETE') return handleProperty(session, table, key, next.name);
  throw notAllowed(method);
}

async function routeRelated(
  session: Session,
  table: Table,
  key: Key,
  navigation: CollectionNavigation,
  segment: PathSegment,
  more: readonly PathSegment[],
): Promise<ApiResponse> {
  const target = session.platform.schema.table(navigation.table);
  const inner =
    segment.argument === null || segment.argument === '' ? null : parseKey(segment.argument, target.primaryId);
  if (more[0]?.name === '$ref') {
    return handleCollectionReference(session, table, key, navigation, inner?.kind === 'primary' ? inner.id : null);
  }
  const scope = queryScope(session);
  const row = rowByKey(scope.reader, table, key);
  requireAccess(session.caller, 'Read', table, row);
  const rows = relatedRows(scope, table, navigation, row);
  if (inner) {
    const wanted = inner.kind === 'primary' ? inner.id : '';
    if (!rows.some((each) => each[target.primaryId] === wanted)) throw noSuchRow(target.logicalName, wanted);
    return routeRow(session, target, inner, more);
  }
  if (session.request.method === 'POST' && more.length === 0) {
    if (navigation.kind !== 'one-to-many') throw badRequest(`Create through '${navigation.name}' is not supported.`);
    return handleCreate(session, target, options(session), {
      [navigation.column]: { table: table.logicalName, id: String(row[table.primaryId]) },
    });
  }
  const path = `${table.entitySetName}(${String(row[table.primaryId])})/${navigation.name}`;
  return routeCollection(session, { table: target, path, rows }, more);
}

/** The FetchXML of a saved view. */
function viewQuery(session: Session, view: ReturnType<typeof parseOptions>['view']): string | undefined {
  if (!view) return undefined;
  const { reader, schema } = queryScope(session);
  const row = rowByKey(reader, schema.table(view.table), { kind: 'primary', id: view.id });
  requireAccess(session.caller, 'Read', schema.table(view.table), row);
  return textOf(row, 'fetchxml') ?? undefined;
}
