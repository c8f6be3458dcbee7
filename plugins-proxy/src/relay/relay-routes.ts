import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bodyLimit } from '../intake/raw-body';
import type { Store } from '../store/store';
import { certifiedName } from '../tls/certified-name';
import { type Forwarding, forward, type RelayUpstream } from './forward';
import { identifyCaller } from './identify-caller';
import { limitRate } from './limit-rate';
import { type MappedAnswer, mapJiraAnswer } from './map-jira-answer';
import { matchTarget, relayPrefix, type RelayTarget } from './match-target';
import type { Forwarded } from './pass-answer';
import type { RelayAnswerName } from './relay-answers';
import type { RelayConfig } from './relay-config';
import { announcedLength } from './relay-headers';
import { RelayRefusal } from './relay-refusal';
import { relayedLines } from './relayed-lines';

export interface RelayOptions {
  readonly config: RelayConfig;
  readonly upstream: RelayUpstream;
  readonly store: Pick<Store, 'count'>;
  readonly now: () => Date;
  /** Cuts the service's secrets out of words that come from Jira. */
  readonly redact: (text: string) => string;
  /** Least time between two fetches of the token keys, in milliseconds. */
  readonly keysCooldownMs?: number;
}

/**
 * Requests that wait for Jira at one time, of all callers: twice what R-1309 asks for. More would each be answered later than anybody
 * waits for, and all of them late.
 */
export const mostAtOnce = 2_000;
/** What a caller beyond it is told to wait, in seconds: most of the others have their answers by then. */
const overloadedSeconds = 1;

/** What is found out about a request before its body is read. */
const callerOf = 'relayCaller';
const targetOf = 'relayTarget';

/** Errors of fastify, undici and the network, by their codes. */
const answerOfCode: readonly (readonly [RegExp, RelayAnswerName])[] = [
  [/^FST_ERR_CTP_(INVALID_MEDIA_TYPE|EMPTY_TYPE)$/, 'wrongContentType'],
  [/^UND_ERR_(HEADERS|BODY|CONNECT)_TIMEOUT$|^ETIMEDOUT$/, 'timedOut'],
  [/^(UND_ERR_|HPE_|EAI_|ERR_SSL_|ERR_TLS_|UNABLE_TO_)|^E[A-Z]+$|CERT/, 'unreachable'],
];

function refusalOf(error: unknown): RelayRefusal {
  if (error instanceof RelayRefusal) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const answer = answerOfCode.find(([pattern]) => pattern.test(code))?.[1] ?? 'failed';
  return new RelayRefusal(answer, { cause: error });
}

/** Path for the log: without the query, short, and in plain characters whatever was sent. */
function shownPath(request: FastifyRequest): string {
  const [path = ''] = (request.raw.url ?? '').split('?');
  return path.slice(0, 200).replaceAll(/[^\w/.%:-]/g, '?');
}

function bodyOf(request: FastifyRequest, target: RelayTarget): Forwarding['body'] {
  if (target.operation.method === 'GET') return null;
  const length = announcedLength(request.headers);
  if (length !== null && length > bodyLimit) throw new RelayRefusal('tooLarge');
  if (request.body === undefined || request.body === null || length === 0) throw new RelayRefusal('wrongContentType');
  return { stream: request.raw, length };
}

function send(reply: FastifyReply, answer: MappedAnswer, correlationId: string): FastifyReply {
  const { status, retryAfterSeconds, ...body } = answer;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  // The rest of a body that nobody reads must not be taken for the next request.
  if (status === 413) reply.header('connection', 'close');
  return reply
    .status(status)
    .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-correlation-id': correlationId })
    .send({ ...body, correlationId });
}

/**
 * `/relay/jira/*`: the operations of the table, for callers that prove who they are, with the service's credentials towards Jira.
 * Order of the checks: who, how often, what, body. Every request leaves one line in the log: who, which operation, which record,
 * how it ended (R-1230); no query, no body, no amount.
 */
export async function relayRoutes(app: FastifyInstance, options: RelayOptions): Promise<void> {
  const identify = identifyCaller(options.config, options.now, options.keysCooldownMs);
  let atOnce = 0;
  const waitFor = limitRate(options.config.perMinute, options.now);
  const writeRelayed = relayedLines(app.log);

  // Lines carry the correlation id themselves: a logger for every request costs more than the line it writes.
  app.setChildLoggerFactory((logger) => logger);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', (_request, payload, done) => done(null, payload));
  app.decorateRequest(callerOf, null);
  app.decorateRequest(targetOf, null);

  app.setErrorHandler(async (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const refusal = refusalOf(error);
    const { status, code, says, level } = refusal.row;
    const reason = refusal.cause === undefined ? undefined : options.redact(String(refusal.cause));
    const caller = request.getDecorator<string | null>(callerOf) ?? undefined;
    request.log[level](
      { correlationId: request.id, answer: code, method: request.method, path: shownPath(request), caller, reason },
      says,
    );
    if (refusal.row.counter !== undefined) await options.store.count(refusal.row.counter).catch(() => undefined);
    const wait = refusal.retryAfterSeconds;
    const mapped = { status, code, message: says, ...(wait === undefined ? {} : { retryAfterSeconds: wait }) };
    return send(reply, mapped, request.id);
  });

  /** @returns what is wrong, null when the request may go on */
  const admit = (request: FastifyRequest, caller: string): Error | null => {
    request.setDecorator(callerOf, caller);
    const waitMs = waitFor(caller);
    if (waitMs > 0) return new RelayRefusal('rateLimited', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
    if (atOnce >= mostAtOnce) return new RelayRefusal('overloaded', { retryAfterSeconds: overloadedSeconds });
    try {
      request.setDecorator(targetOf, matchTarget(request.method, request.raw.url ?? ''));
      return null;
    } catch (error) {
      return refusalOf(error);
    }
  };

  // Callbacks instead of promises on the way of every request: nothing on it waits but the check of a token not seen before.
  app.addHook('onRequest', (request, _reply, done) => {
    let caller: string | Promise<string>;
    try {
      const name = certifiedName(request.raw.socket, options.config.certificateNames);
      caller = name === null ? identify(request.headers.authorization) : `certificate:${name}`;
    } catch (error) {
      done(refusalOf(error));
      return;
    }
    if (typeof caller === 'string') done(admit(request, caller) ?? undefined);
    else
      caller.then(
        (name) => done(admit(request, name) ?? undefined),
        (error: unknown) => done(refusalOf(error)),
      );
  });

  app.all(`${relayPrefix}/*`, (request, reply) => {
    const caller = request.getDecorator<string>(callerOf);
    const target = request.getDecorator<RelayTarget>(targetOf);
    const started = options.now().getTime();
    const body = bodyOf(request, target);
    const onDone = (result: Forwarded): void => {
      atOnce -= 1;
      const tookMs = options.now().getTime() - started;
      writeRelayed(caller, target, request.id, result.status, tookMs);
      if (result.passed) return;
      if (result.status >= 300 && result.status < 400) reply.send(new RelayRefusal('redirected'));
      else send(reply, mapJiraAnswer(result, options.now().getTime(), options.redact), request.id);
    };
    const onError = (error: Error): void => {
      atOnce -= 1;
      if (!reply.sent) {
        reply.send(refusalOf(error));
        return;
      }
      reply.raw.destroy();
      app.log.warn(
        { caller, operation: target.operation.name, correlationId: request.id, answer: refusalOf(error).row.code },
        'relay broke off',
      );
    };
    atOnce += 1;
    forward(options.upstream, {
      target,
      body,
      response: reply.raw,
      correlationId: request.id,
      onStart: () => reply.hijack(),
      onDone,
      onError,
    });
  });
}
