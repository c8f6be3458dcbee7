import { badRequest } from '../errors';

export interface Part {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly content: string;
}

/** `multipart/mixed;boundary=batch_1` or `…; boundary="batch_1"`; null when it is no multipart. */
export function boundaryOf(contentType: string | undefined): string | null {
  if (!/^\s*multipart\/mixed/i.test(contentType ?? '')) return null;
  const match = /boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '');
  return match?.[1] ?? match?.[2] ?? null;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Parts between the boundary lines, ended by CRLF or LF. @throws DataverseError 400 when the boundary never comes. */
export function parseMultipart(body: string, boundary: string): readonly Part[] {
  const line = new RegExp(`(?:^|\\r?\\n)--${escape(boundary)}(--)?[ \\t]*(?=\\r?\\n|$)`, 'g');
  const parts: Part[] = [];
  let start: number | null = null;
  for (const match of body.matchAll(line)) {
    if (start !== null) parts.push(parsePart(body.slice(start, match.index)));
    start = match[1] === undefined ? match.index + match[0].length : null;
    if (start === null) return parts;
  }
  // A client that forgets the closing line still means its last part.
  if (start !== null && body.slice(start).trim() !== '') parts.push(parsePart(body.slice(start)));
  if (parts.length === 0)
    throw badRequest('The batch request body has no part with the boundary given in Content-Type.');
  return parts;
}

const parsePart = (text: string): Part => splitHead(text.replace(/^(?:[ \t]*\r?\n)+/, ''));

/** Header lines up to the first empty line, and what follows. */
export function splitHead(text: string): Part {
  const end = /\r?\n[ \t]*(?:\r?\n|$)/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const content = end ? text.slice(end.index + end[0].length) : '';
  const headers: Record<string, string> = {};
  for (const row of head.split(/\r?\n/)) {
    const at = row.indexOf(':');
    if (at > 0) headers[row.slice(0, at).trim().toLowerCase()] = row.slice(at + 1).trim();
  }
  return { headers, content };
}
