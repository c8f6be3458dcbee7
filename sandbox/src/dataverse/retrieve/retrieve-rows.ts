import { json, text, type ApiResponse } from '../http/api-message';
import { queryScope, type Session } from '../http/session';
import { badRequest } from '../errors';
import type { Table } from '../metadata/schema';
import { compileFilter } from '../odata/compile-filter';
import { parseParameters, type QueryOptions } from '../odata/query-options';
import { accessor, type QueryScope } from '../odata/scope';
import { may, requirePrivilege } from '../security/access';
import type { Row } from '../store/row';
import { applyTransformations } from './apply-transformations';
import { candidates } from './candidates';
import { contextUrl } from './context-url';
import { countChanges, deltaLink, retrieveChanges } from './delta';
import { rowWriter } from './expand-row';
import { totalAnnotations } from './total-annotations';
import { cutPage, maximumPage, readSkipToken, writeSkipToken, type Cookie } from './paging';
import { applied } from './retrieve-row';
import type { Source } from './source';

export function matching(scope: QueryScope, source: Source, filter: QueryOptions['filter']): Row[] {
  const { table } = source;
  requirePrivilege(scope.caller, 'Read', table);
  const test = filter ? compileFilter(scope, table, filter) : null;
  const found: Row[] = [];
  for (const row of source.rows ?? candidates(scope.reader, table, filter)) {
    if ((test === null || test(row)) && may(scope.caller, 'Read', table, row)) found.push(row);
  }
  return found;
}

/** `accounts?$filter=…`; also the first request for changes and every later one (`$deltatoken`). */
export function retrieveRows(session: Session, source: Source, options: QueryOptions): ApiResponse {
  const scope = queryScope(session);
  const { table } = source;
  if (options.deltaToken !== undefined) return retrieveChanges(session, source, options);
  if (session.preferences.trackChanges) refuseWithTracking(table, options);
  const rows = matching(scope, source, options.filter);
  if (options.apply)
    return json(200, {
      '@odata.context': `${session.serviceRoot}$metadata#${table.entitySetName}`,
      value: applyTransformations(scope, table, rows, options.apply),
    });
  const keys = options.orderBy.map(({ path, descending }) => ({ ...accessor(scope, table, path), descending }));
  const cookie = options.skipToken === undefined ? null : readSkipToken(options.skipToken);
  // "If you include both, $top is ignored." Source: learn.microsoft.com "Page results using OData"
  const top = session.preferences.maxPageSize === null ? options.top : undefined;
  const size = Math.min(top ?? session.preferences.maxPageSize ?? cookie?.pageSize ?? maximumPage, maximumPage);
  const page = cutPage(rows, table.primaryId, keys, size, cookie);
  const write = rowWriter(scope, table, options, session.preferences, session.serviceRoot);
  const body: Record<string, unknown> = {
    '@odata.context': contextUrl(session.serviceRoot, table, options.select, options.expand),
  };
  if (options.count) body['@odata.count'] = Math.min(rows.length, maximumPage);
  Object.assign(body, totalAnnotations(session.preferences, options.count ? rows.length : null));
  body.value = page.rows.map(write);
  const more = page.next !== null && (top === undefined || top > maximumPage);
  if (more && page.next) body['@odata.nextLink'] = nextLink(session, source, page.next);
  else if (session.preferences.trackChanges)
    body['@odata.deltaLink'] = deltaLink(session, source, session.platform.store.settledVersion());
  return json(200, body, applied(session));
}

/** The request's own query with the cookie of the next page. */
export function nextLink(session: Session, source: Source, cookie: Cookie): string {
  const query = [...parseParameters(session.request.query)]
    .filter(([name]) => name !== '$skiptoken')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const token = encodeURIComponent(writeSkipToken(cookie));
  return `${session.serviceRoot}${source.path}?${[...query, `$skiptoken=${token}`].join('&')}`;
}

function refuseWithTracking(table: Table, options: QueryOptions): void {
  const refused = [
    options.filter && '$filter',
    options.orderBy.length > 0 && '$orderby',
    options.expand.length > 0 && '$expand',
    options.top !== undefined && '$top',
  ].find((name) => name !== undefined && name !== false);
  if (refused) throw badRequest(`The "${refused}" query parameter isn't supported when Change Tracking is enabled.`);
  if (!table.changeTracking) throw badRequest(`Change tracking is not enabled for the entity '${table.logicalName}'.`);
}

/** `accounts/$count`: at most 5,000, as plain text; with a delta token, of what changed since. */
export function countRows(session: Session, source: Source, options: QueryOptions): ApiResponse {
  if (options.deltaToken !== undefined)
    return text(200, String(Math.min(countChanges(session, source, options), maximumPage)));
  return text(200, String(Math.min(matching(queryScope(session), source, options.filter).length, maximumPage)));
}
