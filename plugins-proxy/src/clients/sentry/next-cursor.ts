/** Longest Link header that is looked at, in characters. */
const longest = 8_192;

/** The cursor of the next page by a Link header; null: there is none. Sentry always names one, and says whether anything is there. Pure. */
export function nextCursor(header: string | readonly string[] | undefined): string | null {
  const text = typeof header === 'string' ? header : (header?.join(', ') ?? '');
  for (const part of text.slice(0, longest).split(/,\s*(?=<)/)) {
    const attribute = (name: string): string | undefined => new RegExp(`;\\s*${name}="([^"]*)"`).exec(part)?.[1];
    if (attribute('rel') !== 'next' || attribute('results') !== 'true') continue;
    const cursor = attribute('cursor') ?? /[?&]cursor=([^&>]+)/.exec(part)?.[1];
    if (cursor !== undefined && cursor !== '') return cursor;
  }
  return null;
}
