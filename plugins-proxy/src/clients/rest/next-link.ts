import { ServiceError } from '../web-service/service-error';

/** Longest Link header that is looked at, in characters. */
const longest = 8_192;

/** Target of `rel="next"` in a Link header (RFC 8288); null: there is none. Pure. */
export function linkToNext(header: string | readonly string[] | undefined): string | null {
  const text = typeof header === 'string' ? header : (header?.join(', ') ?? '');
  for (const part of text.slice(0, longest).split(/,\s*(?=<)/)) {
    const [, target, parameters = ''] = /^\s*<([^>]*)>(.*)$/s.exec(part) ?? [];
    if (target !== undefined && /;\s*rel\s*=\s*(?:"[^"]*\bnext\b[^"]*"|next\b)/i.test(parameters)) return target;
  }
  return null;
}

/**
 * Path and query of a page that an answer leads to. It never leaves the service: what it names gets the credentials.
 * @param at path of the answer's own page
 * @throws ServiceError where it leads elsewhere
 */
export function pathOfLink(link: string, origin: string, at: string): string {
  const url = URL.parse(link, new URL(at, origin));
  if (url === null || url.origin !== origin || url.username !== '' || url.password !== '')
    throw new ServiceError('service-other-origin', { to: url?.host ?? '?', host: new URL(origin).host });
  return url.pathname + url.search;
}
