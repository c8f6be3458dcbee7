import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bodyLimit } from '../intake/raw-body';
import type { Store } from '../store/store';
import { type Forwarded, type Forwarding, forward, type RelayUpstream } from './forward';
import { certifiedName } from '../tls/certified-name';
import { identifyCaller } from './identify-caller';
import { limitRate } from './limit-rate';
import { type MappedAnswer, mapJiraAnswer } from './map-jira-answer';
import { matchTarget, relayPrefix, type RelayTarget } from './match-target';
import type { RelayAnswerName } from './relay-answers';
import type { RelayConfig } from './relay-config';
import { announcedLength } from './relay-headers';
import { RelayRefusal } from './relay-refusal';

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
  const waitFor = limitRate(options.config.perMinute, options.now);

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', (_request, payload, done) => done(null, payload));
  app.decorateRequest(callerOf, null);
  app.decorateRequest(targetOf, null);

  app.setErrorHandler(async (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const refusal = refusalOf(error);
    const { status, code, says, level } = refusal.row;
    const reason = refusal.cause === undefined ? undefined : options.redact(String(refusal.cause));
    const caller = request.getDecorator<string | null>(callerOf) ?? undefined;
    request.log[level]({ answer: code, method: request.method, path: shownPath(request), caller, reason }, says);
    if (refusal.row.counter !== undefined) await options.store.count(refusal.row.counter).catch(() => undefined);
    const wait = refusal.retryAfterSeconds;
    const mapped = { status, code, message: says, ...(wait === undefined ? {} : { retryAfterSeconds: wait }) };
    return send(reply, mapped, request.id);
  });

  app.addHook('onRequest', async (request) => {
    const name = certifiedName(request.raw.socket, options.config.certificateNames);
    const caller = name === null ? await identify(request.headers.authorization) : `certificate:${name}`;
    request.setDecorator(callerOf, caller);
    const waitMs = waitFor(caller);
    if (waitMs > 0) throw new RelayRefusal('rateLimited', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
    request.setDecorator(targetOf, matchTarget(request.method, request.raw.url ?? ''));
  });

  app.all(`${relayPrefix}/*`, async (request, reply) => {
    const caller = request.getDecorator<string>(callerOf);
    const target = request.getDecorator<RelayTarget>(targetOf);
    const started = options.now().getTime();
    let result: Forwarded;
    try {
      result = await forward(options.upstream, {
        target,
        body: bodyOf(request, target),
        response: reply.raw,
        correlationId: request.id,
        onStart: () => reply.hijack(),
      });
    } catch (error) {
      if (!reply.sent) throw error;
      reply.raw.destroy();
      request.log.warn(
        { caller, operation: target.operation.name, answer: refusalOf(error).row.code },
        'relay broke off',
      );
      return reply;
    }
    const line = { caller, operation: target.operation.name, record: target.record, status: result.status };
    request.log.info({ ...line, tookMs: options.now().getTime() - started }, 'relayed');
    if (result.passed) return reply;
    if (result.status >= 300 && result.status < 400) throw new RelayRefusal('redirected');
    return send(reply, mapJiraAnswer(result, options.now().getTime(), options.redact), request.id);
  });
}
