import { json, type ApiResponse } from '../http/api-message';
import { queryScope, type Session } from '../http/session';
import { badRequest } from '../errors';
import type { QueryOptions } from '../odata/query-options';
import { may, requirePrivilege } from '../security/access';
import { numberOf, type Row } from '../store/row';
import { contextUrl } from './context-url';
import { rowWriter } from './expand-row';
import { maximumPage } from './paging';
import { applied } from './retrieve-row';
import type { Source } from './source';

const tokenPattern = /^(\d+)!/;

/** `919042!08/22/2017 08:10:44`, percent-encoded. The version alone counts: it survives a restart. */
function token(version: number, now: Date): string {
  const [date = '', time = ''] = now.toISOString().slice(0, 19).split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return encodeURIComponent(`${version}!${month}/${day}/${year} ${time}`).replaceAll('!', '%21');
}

export function deltaLink(session: Session, source: Source, version: number): string {
  return link(session, source, version);
}

function link(session: Session, source: Source, version: number): string {
  const query = session.request.query
    .split('&')
    .filter((part) => part !== '' && !/^(\$|%24)(deltatoken|skiptoken)=/i.test(part));
  return `${session.serviceRoot}${source.path}?${[...query, `$deltatoken=${token(version, session.now)}`].join('&')}`;
}

type Change = { readonly version: number; readonly row: Row } | { readonly version: number; readonly deleted: string };

function changesSince(session: Session, source: Source, options: QueryOptions, until: number): readonly Change[] {
  const { table } = source;
  const { store } = session.platform;
  requirePrivilege(session.caller, 'Read', table);
  const since = Number(tokenPattern.exec(options.deltaToken ?? '')?.[1] ?? Number.NaN);
  if (Number.isNaN(since)) throw badRequest('The delta token is not valid.');
  const changes: Change[] = [];
  for (const row of queryScope(session).reader.all(table.logicalName)) {
    const version = numberOf(row, 'versionnumber') ?? 0;
    if (version > since && version <= until && may(session.caller, 'Read', table, row)) changes.push({ version, row });
  }
  for (const { id, version } of store.tombstonesSince(table.logicalName, since)) {
    // A row that came back under its old identifier is a change, not a deletion.
    if (version <= until && !store.get(table.logicalName, id)) changes.push({ version, deleted: id });
  }
  return changes.sort((left, right) => left.version - right.version);
}

export const countChanges = (session: Session, source: Source, options: QueryOptions): number =>
  changesSince(session, source, options, session.platform.store.settledVersion()).length;

/** Rows created, changed and deleted since the token, oldest first, and the link for the next time. */
export function retrieveChanges(session: Session, source: Source, options: QueryOptions): ApiResponse {
  const { table } = source;
  const scope = queryScope(session);
  const until = session.platform.store.settledVersion();
  const changes = changesSince(session, source, options, until);
  const size = Math.min(session.preferences.maxPageSize ?? maximumPage, maximumPage);
  const page = changes.slice(0, size);
  const last = page.at(-1);
  const write = rowWriter(
    scope,
    table,
    { select: options.select, expand: [] },
    session.preferences,
    session.serviceRoot,
  );
  const deletedContext = `${session.serviceRoot}$metadata#${table.entitySetName}/$deletedEntity`;
  return json(
    200,
    {
      '@odata.context': contextUrl(session.serviceRoot, table, options.select, [], '/$delta'),
      ...(changes.length > size && last
        ? { '@odata.nextLink': link(session, source, last.version) }
        : { '@odata.deltaLink': link(session, source, until) }),
      value: page.map((change) =>
        'row' in change
          ? write(change.row)
          : { '@odata.context': deletedContext, id: change.deleted, reason: 'deleted' },
      ),
    },
    applied(session),
  );
}
