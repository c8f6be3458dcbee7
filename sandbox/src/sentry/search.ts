import { entryOf } from '@crmjira/domain';
import type { SentryIssue } from './rows';

/** A search that cannot be understood. */
export class SearchError extends Error {
  static readonly code = 'SENTRY_SEARCH';
  readonly code = SearchError.code;
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;
const isUnit = (text: string): text is keyof typeof units => text in units;

/** `14d`, `24h` → milliseconds. @throws SearchError */
export function periodOf(text: string): number {
  const [, number = '', unit = ''] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  if (!isUnit(unit)) throw new SearchError(`Invalid statsPeriod: '${text}'`);
  return Number(number) * units[unit];
}

type Test = (issue: SentryIssue, now: Date) => boolean;

function lastSeen(value: string): Test {
  const [, operator = '', text = ''] = /^(>=|<=|>|<)(.+)$/.exec(value) ?? [];
  // `lastSeen:-24h`: since then.
  if (/^-\d+[smhdw]$/.test(value))
    return (issue, now) => Date.parse(issue.lastSeen) >= now.getTime() - periodOf(value.slice(1));
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new SearchError(`Error parsing search query: invalid date '${value}'`);
  return ({ lastSeen: seen }) => {
    const moment = Date.parse(seen);
    if (operator === '>=') return moment >= at;
    if (operator === '<=') return moment <= at;
    return operator === '>' ? moment > at : moment < at;
  };
}

const states: Readonly<Record<string, SentryIssue['status']>> = {
  unresolved: 'unresolved',
  resolved: 'resolved',
  ignored: 'ignored',
  archived: 'ignored',
};

function testOf(term: string): Test {
  const [, name = '', value = ''] = /^([a-zA-Z]+):(.+)$/.exec(term) ?? [];
  if (name === 'is') {
    const status = entryOf(states, value);
    if (status === undefined)
      throw new SearchError(`Error parsing search query: invalid value for "is" search, ${value}`);
    return (issue) => issue.status === status;
  }
  if (name === 'level') return ({ level }) => level === value;
  if (name === 'lastSeen') return lastSeen(value);
  if (name === '') return ({ title }) => title.toLowerCase().includes(term.toLowerCase());
  throw new SearchError(`Error parsing search query: the sandbox does not search by ${name}`);
}

/** A search as `query` gives it; left out: issues that are not resolved. @throws SearchError */
export function compileSearch(query: string | undefined): Test {
  const tests = (query ?? 'is:unresolved').split(/\s+/).filter(Boolean).map(testOf);
  return (issue, now) => tests.every((test) => test(issue, now));
}

/** Answers of a list by default and at most. */
const pageSize = 100;

/**
 * A page of a list, and the Link header that leads to those before and behind it: identifier, offset, and whether it goes back. Both are
 * always named; `results` says whether there is anything.
 * @param url address of the list with its query, without a cursor
 */
export function pageOf<T>(
  all: readonly T[],
  url: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit?: string | undefined },
): { readonly items: readonly T[]; readonly link: string } {
  const size = Math.min(pageSize, Math.max(1, Number(limit ?? pageSize) || pageSize));
  const offset = cursor === undefined ? 0 : Number(/^\d+:(\d+):[01]$/.exec(cursor)?.[1] ?? Number.NaN);
  if (Number.isNaN(offset)) throw new SearchError('Invalid cursor parameter.');
  const to = (rel: string, next: string, results: boolean): string =>
    `<${url}${url.includes('?') ? '&' : '?'}cursor=${next}>; rel="${rel}"; results="${String(results)}"; cursor="${next}"`;
  return {
    items: all.slice(offset, offset + size),
    link: [
      to('previous', `0:${Math.max(0, offset - size)}:1`, offset > 0),
      to('next', `0:${offset + size}:0`, offset + size < all.length),
    ].join(', '),
  };
}
