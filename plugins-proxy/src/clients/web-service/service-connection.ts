import { performance } from 'node:perf_hooks';
import { readRetryAfter } from '../../platform/http-client/read-retry-after';
import { readText } from '../../platform/http-client/read-text';
import { siteDispatcher } from '../../platform/http-client/site-dispatcher';
import type { SiteGuard } from '../../platform/http-client/site-guard';
import { ServiceError } from './service-error';

/** One request, below the origin that the connection is to. */
export interface ServiceRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly bytes: number;
  /** From the request to the last byte. */
  readonly ms: number;
}

/** Connections to one origin. */
export interface ServiceConnection {
  readonly origin: string;
  /** Whatever the status. @throws what the connection failed of, as Node says it; ServiceError; AnswerTooLong */
  send(request: ServiceRequest): Promise<ServiceAnswer>;
  close(): Promise<void>;
}

/** PEM. */
export interface ServiceTls {
  readonly authority: string | null;
  readonly client: { readonly certificate: string; readonly key: string } | null;
}

export interface ConnectionOptions {
  readonly url: string;
  /** Setting that holds the address, for sentences. */
  readonly setting: string;
  /** Asked before every call and every connection. */
  readonly guard: SiteGuard;
  readonly tls: ServiceTls;
  /** Of a request as a whole, however slowly it drips. */
  readonly timeoutMs: number;
  /** Longest answer, in bytes. */
  readonly most: number;
}

/**
 * Alerts of TLS by which the other side asks for a certificate, or for another one (RFC 8446, 6.2), and the one that stands for anything
 * in TLS 1.2: their numbers stand in the message, whatever code Node gives it.
 */
const certificateWanted = /SSL alert number (?:40|4[2-6]|48|116)\b/;

function explained(error: unknown): unknown {
  for (let one = error; typeof one === 'object' && one !== null; one = 'cause' in one ? one.cause : null) {
    if ('message' in one && certificateWanted.test(String(one.message)))
      return new ServiceError('service-client-certificate');
    // undici has no code for it, where others have those of the parser.
    if ('name' in one && one.name === 'HTTPParserError')
      return Object.assign(new Error('What answered is no HTTP.', { cause: error }), { code: 'HPE_INVALID' });
  }
  return error;
}

/** Connections to the origin of an address, through the outgoing guard. Redirects are never followed: they are answers. */
export function openService({ url, setting, guard, tls, timeoutMs, most }: ConnectionOptions): ServiceConnection {
  const { origin, host } = new URL(url);
  const transport = { tls: { ca: tls.authority, client: tls.client, lowest: 'TLSv1.2' as const } };
  const pool = siteDispatcher({
    provider: { name: host, codePrefix: 'service', setting },
    origin,
    transport: () => transport,
    connections: 4,
    timeoutMs,
    guard,
  });
  return {
    origin,
    send: async ({ method, path, headers, body }) => {
      await guard.require();
      const started = performance.now();
      try {
        const answer = await pool.request({
          origin,
          method,
          path,
          headers: { 'accept-encoding': 'gzip', ...headers },
          ...(body === undefined ? {} : { body }),
          signal: AbortSignal.timeout(timeoutMs),
        });
        const text = await readText(answer.body, { side: host, encoding: answer.headers['content-encoding'], most });
        return {
          status: answer.statusCode,
          headers: answer.headers,
          text,
          bytes: Buffer.byteLength(text),
          ms: Math.round(performance.now() - started),
        };
      } catch (error) {
        throw explained(error);
      }
    },
    close: () => pool.destroy(),
  };
}

/** Host of another address, and nothing more of it: what else stands there may be secret. */
const hostOf = (location: string | string[] | undefined, origin: string): string =>
  URL.parse(String(location ?? ''), origin)?.host ?? '?';

/**
 * What an answer says by its status. Its words are not read: nobody knows what stands in them.
 * @throws ServiceError for one that is no success
 */
export function requireSuccess({ status, headers }: ServiceAnswer, { origin }: ServiceConnection, now: number): void {
  if (status < 300) return;
  const args = { product: new URL(origin).host, host: new URL(origin).host, status: String(status) };
  const facts = { status, retryAfterMs: readRetryAfter(headers, now) };
  if (status < 400) throw new ServiceError('redirect', { ...args, to: hostOf(headers['location'], origin) }, facts);
  if (status === 401) throw new ServiceError('credentials', args, facts);
  if (status === 403) throw new ServiceError('forbidden', args, facts);
  if (status === 404 || status === 410) throw new ServiceError('not-found', args, facts);
  if (status === 405) throw new ServiceError('service-method', args, facts);
  if (status === 429) throw new ServiceError('rate-limit', args, facts);
  if (status >= 500 || status === 408 || status === 425) throw new ServiceError('unavailable', args, facts);
  throw new ServiceError('refused', args, facts);
}
