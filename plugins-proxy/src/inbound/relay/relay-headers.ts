import type { IncomingHttpHeaders } from 'undici/types/header';
import { correlationHeader } from '../../platform/log/correlation';

/**
 * Headers of an answer that the caller gets. All others stay here: hop-by-hop ones, cookies, challenges, and what Jira tells about
 * its account and its servers.
 */
const passedOn = ['content-type', 'content-length', 'content-encoding'] as const;

/** Headers of the answer to the caller, name and value in turn, as node writes them without sorting and searching. */
export function answerHeaders(jira: IncomingHttpHeaders, correlationId: string): string[] {
  const headers = [
    ...['cache-control', 'no-store', 'x-content-type-options', 'nosniff'],
    ...['x-correlation-id', correlationId],
  ];
  for (const name of passedOn) {
    const value = jira[name];
    if (typeof value === 'string') headers.push(name, value);
  }
  return headers;
}

/** Bytes that an answer announces; null when it does not, or not in a form that can be believed. */
export function announcedLength(headers: IncomingHttpHeaders | NodeJS.Dict<string | string[]>): number | null {
  const value = headers['content-length'];
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

/**
 * Headers of the request to Jira, written anew: nothing that the caller sent goes through but the length of its body, and a correlation
 * id that looks like one (R-1101).
 */
export function requestHeaders(
  authorization: string,
  body: 'none' | number | 'unknown',
  correlationId: string,
): string[] {
  const headers = [
    ...['authorization', authorization, 'accept', 'application/json'],
    // Cloud answers writes of a browser-like client with XSRF checks; this header says that it is none.
    ...['x-atlassian-token', 'no-check'],
    ...[correlationHeader, correlationId],
  ];
  if (body !== 'none') headers.push('content-type', 'application/json');
  if (typeof body === 'number') headers.push('content-length', String(body));
  return headers;
}
