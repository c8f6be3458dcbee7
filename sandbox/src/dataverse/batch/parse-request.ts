import { badRequest } from '../errors';
import { relativeUrl } from '../crud/resolve-reference';
import type { ApiRequest } from '../http/api-message';
import type { Reference } from '../store/row';
import type { Schema } from '../metadata/schema';
import { splitHead, type Part } from './parse-multipart';

/** characters; learn.microsoft.com "Execute batch operations using the Web API" */
const longestUrl = 65_536;

/** The HTTP request inside of an `application/http` part. */
export function parseRequest(part: Part): ApiRequest {
  const text = part.content.replace(/^(?:[ \t]*\r?\n)+/, '');
  const [first = ''] = text.split(/\r?\n/, 1);
  const match = /^([A-Z]+)\s+(\S.*?)(?:\s+HTTP\/\d(?:\.\d)?)?\s*$/.exec(first);
  if (!match) throw badRequest(`A part of the batch has no valid request line: '${first.slice(0, 80)}'.`);
  const { headers, content } = splitHead(
    text
      .slice(first.length)
      .replace(/^\r?\n/, '')
      .replace(/^(?=\r?\n|$)/, '\n'),
  );
  const url = relativeUrl(match[2] ?? '');
  if (url.length > longestUrl)
    throw badRequest(`The URI of a request in a batch must not exceed ${longestUrl} characters.`);
  const at = url.indexOf('?');
  const contentId = part.headers['content-id'];
  return {
    method: match[1] ?? '',
    path: at < 0 ? url : url.slice(0, at),
    query: at < 0 ? '' : url.slice(at + 1),
    headers: contentId === undefined ? headers : { ...headers, 'content-id': contentId },
    body: content.trim(),
  };
}

/** `$1/primarycontactid/$ref` → the row that the request with Content-ID 1 wrote. @throws DataverseError 400 */
export function resolveContentId(schema: Schema, contentIds: ReadonlyMap<string, Reference>, path: string): string {
  const match = /^\$([^/$(]+)(.*)$/.exec(path);
  if (!match || ['batch', 'metadata', 'count'].includes(match[1] ?? '')) return path;
  const found = contentIds.get(match[1] ?? '');
  if (!found) throw badRequest(`Content-ID reference '$${match[1] ?? ''}' does not exist in the batch context.`);
  return `${schema.table(found.table).entitySetName}(${found.id})${match[2] ?? ''}`;
}
