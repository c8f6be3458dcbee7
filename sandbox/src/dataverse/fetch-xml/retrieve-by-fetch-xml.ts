import { badRequest } from '../errors';
import { json, type ApiResponse } from '../http/api-message';
import { queryScope, type Session } from '../http/session';
import { comparable, order } from '../conditions/compare';
import type { Table } from '../metadata/schema';
import { maximumPage } from '../retrieve/paging';
import { totalAnnotations } from '../retrieve/total-annotations';
import { applied } from '../retrieve/retrieve-row';
import type { Source } from '../retrieve/source';
import type { Row } from '../store/row';
import { aggregateTuples } from './aggregate-tuples';
import { join, requireColumn, tablesOf, type JoinedTable, type Tuple } from './join';
import { lastIdIn, pagingCookie } from './paging-cookie';
import { parseFetchXml } from './parse-fetch-xml';
import type { FetchQuery } from './query';
import { shownColumns, writeTuple } from './write-result';

/**
 * `accounts?fetchXml=…`
 * @param count `$count=true` beside it
 */
export function retrieveByFetchXml(session: Session, source: Source, xml: string, count = false): ApiResponse {
  const query = parseFetchXml(xml);
  const scope = queryScope(session);
  const { table } = source;
  if (query.entity.name !== table.logicalName) {
    throw badRequest(
      `The entity '${query.entity.name}' of the FetchXML is not the one of the entity set '${table.entitySetName}'.`,
    );
  }
  const tables = tablesOf(scope, query);
  const tuples = join(scope, query, tables, source.rows);
  const context = { '@odata.context': `${session.serviceRoot}$metadata#${table.entitySetName}` };
  if (query.aggregate) {
    const rows = aggregateTuples(scope, tables, tuples, session.preferences);
    return json(200, { ...context, value: page(query, rows).rows }, applied(session));
  }
  const sorted = sortTuples(tables, table, tuples);
  const shown = shownColumns(tables);
  const write = (tuple: Tuple): ReturnType<typeof writeTuple> =>
    writeTuple(scope, table, tuple, shown, session.preferences, query.distinct);
  const distinct = query.distinct ? withoutDoubles(sorted, write) : sorted;
  const start = startOf(query, table, distinct);
  const { rows, more } = page(query, distinct, start);
  const body: Record<string, unknown> = {
    ...context,
    ...(count ? { '@odata.count': Math.min(distinct.length, maximumPage) } : {}),
    ...annotations(session, query, table, tables, distinct.length, rows, more, count),
  };
  body.value = rows.map(write);
  return json(200, body, applied(session));
}

function annotations(
  session: Session,
  query: FetchQuery,
  table: Table,
  tables: readonly JoinedTable[],
  total: number,
  rows: readonly Tuple[],
  more: boolean,
  count: boolean,
): Readonly<Record<string, unknown>> {
  const wanted = session.preferences.annotations;
  const named: Record<string, unknown> = {};
  const add = (name: string, value: unknown): void => {
    if (wanted(name)) named[`@${name}`] = value;
  };
  Object.assign(named, totalAnnotations(session.preferences, query.returnTotalRecordCount || count ? total : null));
  if (query.top === null) {
    if (more) {
      const orders = (tables[0]?.entity.orders ?? []).flatMap(({ attribute }) => attribute ?? []);
      const pageRows = rows.map((tuple): Row => tuple.get('') ?? {});
      add('Microsoft.Dynamics.CRM.fetchxmlpagingcookie', pagingCookie(table, query.page, orders, pageRows));
    }
    add('Microsoft.Dynamics.CRM.morerecords', more);
  }
  return named;
}

function page<Item>(
  query: FetchQuery,
  items: readonly Item[],
  start = (query.page - 1) * sizeOf(query),
): { rows: readonly Item[]; more: boolean } {
  const size = sizeOf(query);
  return { rows: items.slice(start, start + size), more: items.length > start + size };
}

const sizeOf = (query: FetchQuery): number => Math.min(query.top ?? query.count ?? maximumPage, maximumPage);

/** Behind the cookie's last row where that still exists, else by counting pages. */
function startOf(query: FetchQuery, table: Table, tuples: readonly Tuple[]): number {
  const byNumber = (query.page - 1) * sizeOf(query);
  const id = query.pagingCookie === null ? null : lastIdIn(query.pagingCookie, table.primaryId);
  if (id === null || query.page === 1) return byNumber;
  const at = tuples.findLastIndex((tuple) => tuple.get('')?.[table.primaryId] === id);
  return at < 0 ? byNumber : at + 1;
}

function sortTuples(tables: readonly JoinedTable[], root: Table, tuples: readonly Tuple[]): readonly Tuple[] {
  const keys = tables.flatMap(({ alias, table, entity }) =>
    entity.orders.map(({ attribute, descending, entityName }) => {
      const from = entityName ?? alias;
      const owner = tables.find((each) => each.alias === from)?.table ?? table;
      return { alias: from, column: requireColumn(owner, attribute ?? ''), descending };
    }),
  );
  const decorated = tuples.map((tuple) => ({
    tuple,
    values: keys.map(({ alias, column }) => comparable(tuple.get(alias)?.[column.logicalName], column)),
    id: String(tuple.get('')?.[root.primaryId]),
  }));
  decorated.sort((left, right) => {
    for (const [index, { descending }] of keys.entries()) {
      const sign = order(left.values[index] ?? null, right.values[index] ?? null);
      if (sign !== 0) return descending ? -sign : sign;
    }
    return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
  });
  return decorated.map(({ tuple }) => tuple);
}

/** `distinct`: rows that show the same are one. */
function withoutDoubles(tuples: readonly Tuple[], write: (tuple: Tuple) => object): readonly Tuple[] {
  const seen = new Set<string>();
  return tuples.filter((tuple) => {
    const text = JSON.stringify(write(tuple));
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}
