import { pipeline, type Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { bodyLimit } from '../webhooks/raw-body';
import { boundBytes } from './bound-bytes';
import type { RelayTarget } from './match-target';
import { PassAnswer, type PassAnswerOptions } from './pass-answer';
import { requestHeaders } from './relay-headers';
import { RelayRefusal } from './relay-refusal';

/** The Jira site as the relay reaches it. */
export interface RelayUpstream {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  /** Whether the list of hosts that may be called names it (R-1212); left out: it does. */
  readonly isAllowed?: () => boolean;
  /** Path of the budget contract below the site; left out: the standard. @throws IntegrationError where the setting names another site */
  readonly budgetBase?: () => string;
  /** Context path of the site, without a slash at its end. */
  readonly prefix: string;
  /** The service's own; the caller's never leaves. */
  readonly authorization: string;
  /** How long Jira may be silent, in milliseconds. */
  readonly timeoutMs: number;
}

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
export function forward(upstream: RelayUpstream, forwarding: Forwarding): void {
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
