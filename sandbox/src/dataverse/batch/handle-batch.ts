import { entryOf } from '@crmjira/domain';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { parsePreferences } from '../annotations/preferences';
import { badRequest } from '../errors';
import { errorResponse } from '../http/error-response';
import type { ApiRequest, ApiResponse } from '../http/api-message';
import { route } from '../http/route';
import { newSession, withTransaction, type Session } from '../http/session';
import type { Reference } from '../store/row';
import { boundaryOf, parseMultipart } from './parse-multipart';
import { parseRequest, resolveContentId } from './parse-request';

/** Requests in one batch, those in change sets included. */
const maximumRequests = 1000;

type Item =
  | { readonly kind: 'request'; readonly request: ApiRequest }
  | { readonly kind: 'change-set'; readonly requests: readonly ApiRequest[] };

interface Answer {
  readonly response: ApiResponse;
  readonly contentId?: string | undefined;
}

/** `POST $batch`: requests in their order; a change set is one transaction over all tables, or nothing of it stays. */
export async function handleBatch(session: Session): Promise<ApiResponse> {
  const boundary = boundaryOf(session.request.headers['content-type']);
  if (session.request.method !== 'POST' || boundary === null) {
    throw badRequest("The batch request must be a POST of Content-Type 'multipart/mixed' with a boundary.");
  }
  const items = parseItems(session.request.body, boundary);
  const total = items.reduce((sum, item) => sum + (item.kind === 'request' ? 1 : item.requests.length), 0);
  if (total > maximumRequests) {
    throw badRequest(
      `The number of operations in the batch request (${total}) exceeds the limit of ${maximumRequests}.`,
    );
  }
  const name = `batchresponse_${randomUUID()}`;
  const parts: string[] = [];
  let failed: number | null = null;
  for (const item of items) {
    const answers =
      item.kind === 'request' ? [await single(session, item.request)] : await changeSet(session, item.requests);
    const bad = answers.find(({ response }) => response.status >= 400);
    parts.push(item.kind === 'request' || bad ? writePart(name, bad ?? answers[0]) : writeChangeSet(name, answers));
    if (bad && !session.preferences.continueOnError) {
      failed = bad.response.status;
      break;
    }
  }
  return {
    status: failed ?? 200,
    headers: { 'content-type': `multipart/mixed; boundary=${name}`, 'odata-version': '4.0' },
    body: `${parts.join('')}--${name}--\r\n`,
  };
}

function parseItems(body: string, boundary: string): readonly Item[] {
  return parseMultipart(body, boundary).map((part): Item => {
    const inner = boundaryOf(part.headers['content-type']);
    if (inner === null) return { kind: 'request', request: parseRequest(part) };
    const requests = parseMultipart(part.content, inner).map(parseRequest);
    if (requests.some(({ method }) => method === 'GET'))
      throw badRequest('A change set must not contain GET requests.');
    refuseTwins(requests);
    return { kind: 'change-set', requests };
  });
}

/** A reference to one of two would be ambiguous. @throws DataverseError 400 */
function refuseTwins(requests: readonly ApiRequest[]): void {
  const ids = requests.flatMap(({ headers }) => headers['content-id'] ?? []);
  const twin = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twin !== undefined) throw badRequest(`The content ID '${twin}' was found more than once in the same change set.`);
}

const sessionFor = (session: Session, request: ApiRequest, more: Partial<Session>): Session =>
  newSession(
    {
      platform: session.platform,
      caller: session.caller,
      serviceRoot: session.serviceRoot,
      correlationId: session.correlationId,
      ...more,
    },
    request,
  );

async function single(session: Session, request: ApiRequest): Promise<Answer> {
  const contentId = request.headers['content-id'];
  try {
    return { response: await route(sessionFor(session, request, {})), contentId };
  } catch (error) {
    return { response: errorResponse(error, parsePreferences(request.headers.prefer)), contentId };
  }
}

async function changeSet(session: Session, requests: readonly ApiRequest[]): Promise<readonly Answer[]> {
  const contentIds = new Map<string, Reference>();
  try {
    return await withTransaction(session.platform, session.now, async (tx) => {
      const answers: Answer[] = [];
      for (const request of requests) {
        const path = resolveContentId(session.platform.schema, contentIds, request.path);
        const response = await route(sessionFor(session, { ...request, path }, { tx, contentIds }));
        answers.push({ response, contentId: request.headers['content-id'] });
      }
      return answers;
    });
  } catch (error) {
    return [{ response: errorResponse(error) }];
  }
}

function writePart(boundary: string, answer: Answer | undefined): string {
  if (!answer) return '';
  const { response, contentId } = answer;
  const head = [
    `--${boundary}`,
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
    '',
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}`,
    ...Object.entries(response.headers).map(([name, value]) => `${headerName(name)}: ${value}`),
    '',
    response.body ?? '',
    '',
  ];
  return head.join('\r\n');
}

/** Some clients look for these names letter by letter. */
const spelled: Readonly<Record<string, string>> = {
  'odata-entityid': 'OData-EntityId',
  'odata-version': 'OData-Version',
  etag: 'ETag',
};

const headerName = (name: string): string =>
  entryOf(spelled, name) ?? name.replace(/(^|-)[a-z]/g, (match) => match.toUpperCase());

function writeChangeSet(boundary: string, answers: readonly Answer[]): string {
  const name = `changesetresponse_${randomUUID()}`;
  const parts = answers.map((answer) => writePart(name, answer)).join('');
  return `--${boundary}\r\nContent-Type: multipart/mixed; boundary=${name}\r\n\r\n${parts}--${name}--\r\n`;
}
