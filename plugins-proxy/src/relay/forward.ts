import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { pipeline, type Readable, type Writable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { IncomingHttpHeaders } from 'undici/types/header';
import { bodyLimit } from '../intake/raw-body';
import { boundBytes, keepBeginning } from './bound-bytes';
import type { RelayTarget } from './match-target';
import { answerHeaders, announcedLength, requestHeaders } from './relay-headers';
import { RelayRefusal } from './relay-refusal';

/** The Jira site as the relay reaches it. */
export interface RelayUpstream {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  /** Context path of the site, without a slash at its end. */
  readonly prefix: string;
  /** The service's own; the caller's never leaves. */
  readonly authorization: string;
}

/** One request to pass on. */
export interface Forwarding {
  readonly target: RelayTarget;
  readonly body: { readonly stream: Readable; readonly length: number | null } | null;
  readonly response: ServerResponse;
  readonly correlationId: string;
  /** Called before the first byte goes to `response`; from then on nobody else may answer. */
  readonly onStart: () => void;
}

/** Passed on, or an answer that must be mapped first. */
export type Forwarded =
  | { readonly passed: true; readonly status: number }
  | { readonly passed: false; readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };

/** Of an error of Jira this much is read, in bytes; its words stand at the beginning. */
const errorBytes = 64 * 1024;

function isData(status: number, headers: IncomingHttpHeaders): boolean {
  if (status < 200 || status >= 300) return false;
  // Wrong credentials may pass as an anonymous 200; Jira says so here.
  if (/AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/.test(String(headers['x-seraph-loginreason'] ?? ''))) return false;
  return status === 204 || announcedLength(headers) === 0 || String(headers['content-type'] ?? '').includes('json');
}

function boundedBody(body: NonNullable<Forwarding['body']>): Readable {
  // node's parser reads exactly the announced length, so that only an unannounced one needs counting.
  if (body.length !== null) return body.stream;
  const bounded = boundBytes(bodyLimit, () => new RelayRefusal('tooLarge'));
  // The error reaches undici through `bounded`, which is its body.
  pipeline(body.stream, bounded, () => undefined);
  return bounded;
}

function start(forwarding: Forwarding, status: number, headers: IncomingHttpHeaders): Writable {
  const length = announcedLength(headers);
  if (length !== null && length > bodyLimit) throw new RelayRefusal('answerTooLarge');
  forwarding.onStart();
  forwarding.response.writeHead(status, answerHeaders(headers, forwarding.correlationId));
  if (length !== null) return forwarding.response;
  const bounded = boundBytes(bodyLimit, () => new RelayRefusal('answerTooLarge'));
  // A break in the middle shows as a broken connection: the status is gone already.
  pipeline(bounded, forwarding.response, () => undefined);
  return bounded;
}

/**
 * Sends one request to Jira and streams the answer, neither held in memory: a slow reader slows Jira's sending down. Redirects are
 * not followed. A caller that goes away ends the call to Jira.
 * @throws RelayRefusal, or undici's error when there was no answer
 */
export async function forward(upstream: RelayUpstream, forwarding: Forwarding): Promise<Forwarded> {
  const { target, body, response } = forwarding;
  const gone = new EventEmitter();
  response.once('close', () => gone.emit('abort'));
  const kept = keepBeginning(errorBytes);
  let result: { status: number; headers: IncomingHttpHeaders; passed: boolean } | undefined;
  await upstream.dispatcher.stream(
    {
      origin: upstream.origin,
      method: target.operation.method,
      path: upstream.prefix + target.path,
      headers: requestHeaders(upstream.authorization, body === null ? 'none' : (body.length ?? 'unknown')),
      body: body === null ? null : boundedBody(body),
      signal: gone,
    },
    ({ statusCode: status, headers }) => {
      const passed = isData(status, headers);
      result = { status, headers, passed };
      return passed ? start(forwarding, status, headers) : kept.sink;
    },
  );
  if (result === undefined) throw new RelayRefusal('unreachable');
  return result.passed ? { passed: true, status: result.status } : { ...result, passed: false, text: kept.text() };
}
