import { toJson } from '../annotations/project-row';
import type { Table } from '../metadata/schema';
import type { Row } from '../store/row';

const escapeXml = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** .NET writes its escapes in lower case, and clients look for them letter by letter (`%253ccookie%2520page`). */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());

/**
 * The annotation of a page with more behind it: the inner cookie is percent-encoded twice, as the platform sends it.
 * `order` are the columns that the query sorts by.
 */
export function pagingCookie(table: Table, page: number, order: readonly string[], rows: readonly Row[]): string {
  const [first, last] = [rows[0], rows.at(-1)];
  const value = (row: Row | undefined, name: string): string => {
    const json = row ? toJson(row[name]) : null;
    return json === null ? '' : name === table.primaryId ? `{${String(json).toUpperCase()}}` : escapeXml(String(json));
  };
  const columns = [...order.filter((name) => name !== table.primaryId), table.primaryId]
    .map((name) => `<${name} last="${value(last, name)}" first="${value(first, name)}" />`)
    .join('');
  const inner = encode(encode(`<cookie page="${page}">${columns}</cookie>`));
  return `<cookie pagenumber="${page + 1}" pagingcookie="${inner}" istracking="False" />`;
}

/** Identifier of the last row of the page before, from a cookie in whatever stage of decoding a client hands it back. */
export function lastIdIn(cookie: string, primaryId: string): string | null {
  let text = cookie;
  for (let round = 0; round < 3 && /%[0-9a-f]{2}/i.test(text); round += 1) {
    try {
      text = decodeURIComponent(text);
    } catch (error) {
      if (error instanceof URIError) return null;
      throw error;
    }
  }
  const match = new RegExp(`<${primaryId} last=(?:"|')\\{?([0-9a-fA-F-]{36})\\}?(?:"|')`).exec(
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"'),
  );
  return match?.[1]?.toLowerCase() ?? null;
}
