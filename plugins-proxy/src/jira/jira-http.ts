import type { z } from 'zod';
import type { JiraCredentials } from '../config/read-config';
import { type RetryClock, realRetryClock, withRetries } from '../outgoing/with-retries';
import { classifyJiraAnswer } from './classify-jira-answer';
import { jiraDispatcher, type JiraGateway } from './jira-dispatcher';

/** One call to Jira. */
export interface JiraCall<Schema extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below the site's address, already escaped; see `path`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly schema: Schema;
  /** True when a second call has no second effect; GET, PUT and DELETE are by nature. */
  readonly repeatable?: boolean;
}

/** Calls to one Jira site over kept-alive connections. */
export interface JiraHttp {
  /** @throws IntegrationError as the answer table says; JiraRefusal for a 4xx with words about fields */
  call<Schema extends z.ZodType>(call: JiraCall<Schema>): Promise<z.output<Schema>>;
  /** As `call`, null for 404. */
  find<Schema extends z.ZodType>(call: JiraCall<Schema>): Promise<z.output<Schema> | null>;
  close(): Promise<void>;
}

export interface JiraHttpOptions {
  readonly url: string;
  readonly credentials: JiraCredentials;
  readonly timeoutMs: number;
  readonly gateway?: JiraGateway | null;
  readonly clock?: RetryClock;
}

/** Connections to one site; the rest waits in the pool. R-904's gateway limit is kept by the number of workers. */
const connections = 16;

/** Escapes values into a path: `path`/rest/api/3/issue/${key}``. */
export function path(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((text, part, index) => text + encodeURIComponent(values[index - 1] ?? '') + part);
}

/** The Authorization header of the service's account. */
export function authorization(credentials: JiraCredentials): string {
  if (credentials.kind === 'bearer') return `Bearer ${credentials.pat}`;
  return `Basic ${Buffer.from(`${credentials.email}:${credentials.apiToken}`).toString('base64')}`;
}

function parseText(text: string, contentType: string): unknown {
  if (text === '') return undefined;
  return contentType.includes('json') ? JSON.parse(text) : text;
}

/** A client for one site. Requests leave only to that site's origin (R-1212), redirects are not followed. */
export function createJiraHttp(options: JiraHttpOptions): JiraHttp {
  const base = new URL(options.url);
  const prefix = base.pathname.replace(/\/+$/, '');
  const { timeoutMs, gateway = null } = options;
  const pool = jiraDispatcher({ origin: base.origin, gateway, connections, timeoutMs });
  const headers = {
    authorization: authorization(options.credentials),
    accept: 'application/json',
    'content-type': 'application/json',
    // Cloud answers writes of a browser-like client with XSRF checks; this header says that it is none.
    'x-atlassian-token': 'no-check',
  };

  async function once<Schema extends z.ZodType>(call: JiraCall<Schema>): Promise<z.output<Schema>> {
    const response = await pool.request({
      origin: base.origin,
      method: call.method,
      path: prefix + call.path,
      headers,
      ...(call.query === undefined ? {} : { query: call.query }),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    const text = await response.body.text();
    const answer = { status: response.statusCode, headers: response.headers, text };
    const type = String(response.headers['content-type'] ?? '');
    const page = text !== '' && !type.includes('json');
    if (answer.status >= 300 || page) throw classifyJiraAnswer(answer, Date.now());
    return call.schema.parse(parseText(text, type));
  }

  const call: JiraHttp['call'] = (given) =>
    withRetries(() => once(given), given.repeatable ?? given.method !== 'POST', options.clock ?? realRetryClock);

  return {
    call,
    find: async (given) => {
      try {
        return await call(given);
      } catch (error) {
        if (error instanceof Error && 'status' in error && error.status === 404) return null;
        throw error;
      }
    },
    close: () => pool.close(),
  };
}
