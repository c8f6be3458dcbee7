import type { ColumnMetadata } from '@crmjira/domain';
import { badRequest } from '../errors';
import { comparable, order, type Comparable } from '../conditions/compare';
import type { Row, Value } from '../store/row';

/** Rows a page has at most, and matches that a count counts at most. */
export const maximumPage = 5000;

export interface SortKey {
  readonly get: (row: Row) => Value | undefined;
  readonly column: ColumnMetadata | undefined;
  readonly descending: boolean;
}

/** Sort values of the last row of a page: the next page begins behind it, whatever was added or deleted meanwhile. */
export interface Cookie {
  readonly page: number;
  readonly last: readonly Comparable[];
  readonly lastId: string;
  readonly pageSize: number | null;
}

const sortValues = (keys: readonly SortKey[], row: Row): readonly Comparable[] =>
  keys.map(({ get, column }) => comparable(get(row), column));

interface Sortable {
  readonly row: Row;
  readonly values: readonly Comparable[];
  readonly id: string;
}

function compare(keys: readonly SortKey[], left: Omit<Sortable, 'row'>, right: Omit<Sortable, 'row'>): number {
  for (const [index, key] of keys.entries()) {
    const sign = order(left.values[index] ?? null, right.values[index] ?? null);
    if (sign !== 0) return key.descending ? -sign : sign;
  }
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}

export interface Page {
  readonly rows: readonly Row[];
  readonly next: Cookie | null;
}

/** Sorts by the keys, then by primary id, and cuts out the page behind the cookie. */
export function cutPage(
  rows: readonly Row[],
  primaryId: string,
  keys: readonly SortKey[],
  size: number,
  cookie: Cookie | null,
): Page {
  let sortable: Sortable[] = rows.map((row) => ({ row, values: sortValues(keys, row), id: String(row[primaryId]) }));
  sortable.sort((left, right) => compare(keys, left, right));
  if (cookie) {
    const after = { values: cookie.last, id: cookie.lastId };
    sortable = sortable.filter((each) => compare(keys, each, after) > 0);
  }
  const page = sortable.slice(0, size);
  const last = page.at(-1);
  const next =
    sortable.length > size && last
      ? { page: (cookie?.page ?? 1) + 1, last: last.values, lastId: last.id, pageSize: size }
      : null;
  return { rows: page.map(({ row }) => row), next };
}

/** `$skiptoken` in the platform's dress: an XML cookie with the page number; the place itself is opaque. */
export function writeSkipToken(cookie: Cookie): string {
  const place = Buffer.from(JSON.stringify([cookie.last, cookie.lastId, cookie.pageSize])).toString('base64url');
  return `<cookie pagenumber="${cookie.page}" pagingcookie="${place}" istracking="False" />`;
}

export function readSkipToken(token: string): Cookie {
  const match = /pagenumber="(\d+)" pagingcookie="([\w-]+)"/.exec(token);
  try {
    if (!match) throw new SyntaxError('no cookie');
    // Written by writeSkipToken; a token from elsewhere fails one of the checks below.
    const [last, lastId, pageSize] = JSON.parse(Buffer.from(match[2] ?? '', 'base64url').toString()) as [
      Comparable[],
      string,
      number | null,
    ];
    if (!Array.isArray(last) || typeof lastId !== 'string') throw new SyntaxError('not a place');
    return { page: Number(match[1]), last, lastId, pageSize };
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest('The skip token is not valid.');
    throw error;
  }
}
