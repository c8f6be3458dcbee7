import { z } from 'zod';

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** A refusal of the Web API in its own words. */
export class WebApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  /** The code as the client API gives it to a failure handler: a number, 0 where the answer had none. */
  get errorCode(): number {
    return /^0x[0-9a-f]+$/i.test(this.code) ? Number.parseInt(this.code, 16) : 0;
  }
}

export interface Row {
  readonly [column: string]: unknown;
}

const rowSchema = z.record(z.string(), z.unknown());
const rowsSchema = z.object({ value: z.array(rowSchema), '@odata.nextLink': z.string().optional() });

/** Address of the Web API on the page's own origin. */
export const apiRoot = '/api/data/v9.2/';

async function send(method: string, path: string, options: { body?: unknown; headers?: Record<string, string> } = {}) {
  const answer = await fetch(path.startsWith('/') ? path : `${apiRoot}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      'odata-version': '4.0',
      'odata-maxversion': '4.0',
      prefer: 'odata.include-annotations="*"',
      ...(options.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...options.headers,
    },
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
  });
  if (answer.ok || answer.status === 304) return answer;
  const body = errorBody.safeParse(await answer.json().catch(() => null));
  if (body.success) throw new WebApiError(answer.status, body.data.error.code, body.data.error.message);
  throw new WebApiError(answer.status, String(answer.status), `Dataverse answered ${answer.status}.`);
}

/** One row, or null when it is still the version that `etag` names. */
export async function readRow(path: string, etag?: string): Promise<Row | null> {
  const answer = await send('GET', path, { headers: etag ? { 'if-none-match': etag } : {} });
  return answer.status === 304 ? null : rowSchema.parse(await answer.json());
}

/** First page of rows; `next` is an address on the page's own origin. */
export async function readRows(path: string, pageSize?: number): Promise<{ rows: Row[]; next?: string }> {
  const prefer = ['odata.include-annotations="*"', ...(pageSize ? [`odata.maxpagesize=${pageSize}`] : [])].join(',');
  const answer = rowsSchema.parse(await (await send('GET', path, { headers: { prefer } })).json());
  return { rows: answer.value, next: onThisOrigin(answer['@odata.nextLink']) };
}

const fetchSchema = rowsSchema.extend({
  '@Microsoft.Dynamics.CRM.morerecords': z.boolean().optional(),
  '@Microsoft.Dynamics.CRM.fetchxmlpagingcookie': z.string().optional(),
  '@Microsoft.Dynamics.CRM.totalrecordcount': z.number().optional(),
});

/** One page of a FetchXML query, with what the next page needs. */
export interface FetchedPage {
  readonly rows: readonly Row[];
  readonly more: boolean;
  readonly cookie: string | null;
  /** -1: not counted */
  readonly total: number;
}

export async function readFetch(entitySet: string, fetchXml: string): Promise<FetchedPage> {
  const answer = fetchSchema.parse(
    await (await send('GET', `${entitySet}?fetchXml=${encodeURIComponent(fetchXml)}`)).json(),
  );
  return {
    rows: answer.value,
    more: answer['@Microsoft.Dynamics.CRM.morerecords'] ?? false,
    cookie: answer['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie'] ?? null,
    total: answer['@Microsoft.Dynamics.CRM.totalrecordcount'] ?? -1,
  };
}

/** @returns id of the new row */
export async function createRow(entitySet: string, columns: Row): Promise<string> {
  const answer = await send('POST', entitySet, { body: columns });
  return idIn(answer.headers.get('odata-entityid') ?? '');
}

/** Never creates: `If-Match: *` refuses a row that is gone. */
export async function updateRow(entitySet: string, id: string, columns: Row): Promise<void> {
  await send('PATCH', `${entitySet}(${id})`, { body: columns, headers: { 'if-match': '*' } });
}

export async function deleteRow(entitySet: string, id: string): Promise<void> {
  await send('DELETE', `${entitySet}(${id})`);
}

/** An action (POST) or a function (GET), by its address. @returns the answer as it came @throws WebApiError when it was refused */
export async function callOperation(method: 'GET' | 'POST', path: string, body?: Row): Promise<Response> {
  return send(method, path, body === undefined ? {} : { body });
}

function idIn(address: string): string {
  return /\(([0-9a-f-]{36})\)\s*$/i.exec(address)?.[1] ?? '';
}

/** Paging links name Dataverse's own origin; the page calls only its own. */
function onThisOrigin(link: string | undefined): string | undefined {
  if (link === undefined) return undefined;
  const { pathname, search } = new URL(link, location.origin);
  return `${pathname}${search}`;
}
