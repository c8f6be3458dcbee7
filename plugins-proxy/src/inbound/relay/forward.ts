import { pipeline, type Readable } from 'node:stream';
import { bodyLimit } from '../webhooks/raw-body';
import { boundBytes } from './bound-bytes';
import type { RelayTarget } from './match-target';
import { PassAnswer, type PassAnswerOptions } from './pass-answer';
import { requestHeaders } from './relay-headers';
import { RelayRefusal } from './relay-refusal';
import type { RelayUpstream } from './upstreams';

/** One request to pass on. */
export interface Forwarding extends PassAnswerOptions {
  readonly target: RelayTarget;
  readonly body: { readonly stream: Readable; readonly length: number | null } | null;
}

function boundedBody(body: NonNullable<Forwarding['body']>): Readable {
  // node's parser reads exactly the announced length, so that only an unannounced one needs counting.
  if (body.length !== null) return body.stream;
  const bounded = boundBytes(bodyLimit, () => new RelayRefusal('tooLarge'));
  // The error reaches undici through `bounded`, which is its body.
  pipeline(body.stream, bounded, () => undefined);
  return bounded;
}

/** Sends one request to Jira and streams the answer, neither held in memory. Redirects are not followed. */
export function forward(
  upstream: Pick<RelayUpstream, 'dispatcher' | 'origin' | 'prefix' | 'authorization' | 'timeoutMs'>,
  forwarding: Forwarding,
): void {
  const { target, body } = forwarding;
  const { timeoutMs } = upstream;
  upstream.dispatcher.dispatch(
    {
      origin: upstream.origin,
      method: target.operation.method,
      path: upstream.prefix + target.path,
      headers: requestHeaders(
        upstream.authorization,
        body === null ? 'none' : (body.length ?? 'unknown'),
        forwarding.correlationId,
      ),
      body: body === null ? null : boundedBody(body),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    },
    new PassAnswer(forwarding),
  );
}
