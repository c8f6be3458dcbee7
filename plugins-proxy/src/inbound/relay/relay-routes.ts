import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bodyLimit } from '../webhooks/raw-body';
import type { Store } from '../../queue/store/store';
import { classifyError } from '../../platform/errors/classify-error';
import { activeTracing } from '../../platform/tracing/spans';
import { createAdmission } from './admission';
import { createExchange } from './exchange';
import type { Forwarding } from './forward';
import { openFrontDoor } from './fast-path';
import type { MappedAnswer } from './map-jira-answer';
import { relayPrefix, type RelayTarget } from './match-target';
import { createRefuser, httpAnswer, refusalOf } from './refuse';
import type { RelayConfig } from '../../platform/config/relay-config';
import { announcedLength } from './relay-headers';
import { RelayRefusal } from './relay-refusal';
import type { SlowFailures } from '../authenticate/slow-failures';
import type { RelayUpstreams } from './upstreams';

export interface RelayOptions {
  readonly config: RelayConfig;
  readonly upstreams: Pick<RelayUpstreams, 'of'>;
  readonly store: Pick<Store, 'count'>;
  readonly now: () => Date;
  /** Cuts the service's secrets out of words that come from Jira. */
  readonly redact: (text: string) => string;
  /** Shared with other doors; left out: its own. */
  readonly failures?: SlowFailures;
  /** Told the status of each read that fastify's hooks do not see. */
  readonly onRead?: (status: number) => void;
}

/** What is found out about a request before its body is read. */
const callerOf = 'relayCaller';
const targetOf = 'relayTarget';

function bodyOf(request: FastifyRequest, target: RelayTarget): Forwarding['body'] {
  if (target.operation.method === 'GET') return null;
  const length = announcedLength(request.headers);
  if (length !== null && length > bodyLimit) throw new RelayRefusal('tooLarge');
  if (request.body === undefined || request.body === null || length === 0) throw new RelayRefusal('wrongContentType');
  return { stream: request.raw, length };
}

function send(reply: FastifyReply, answer: MappedAnswer, correlationId: string): FastifyReply {
  const { status, headers, body } = httpAnswer(answer, correlationId);
  return reply.status(status).headers(headers).send(body);
}

/**
 * `/relay/jira/*`, and `/relay/jira/@<connection id>/*` for another connection than the first: the operations of the table, for callers that prove who they are, with the service's credentials towards Jira.
 * Order of the checks: who, how often, what, body.
 */
export async function relayRoutes(app: FastifyInstance, options: RelayOptions): Promise<void> {
  const admission = createAdmission(options);
  const exchange = createExchange(options, admission, app.log);
  const refuse = createRefuser(options, app.log);

  let closing = false;
  app.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  openFrontDoor(app.server, {
    admission,
    exchange,
    refuse,
    isOpen: () => !closing && activeTracing() === null,
    onAnswered: options.onRead ?? (() => undefined),
  });

  // Lines carry the correlation id themselves: a logger for every request costs more than the line it writes.
  app.setChildLoggerFactory((logger) => logger);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', (_request, payload, done) => done(null, payload));
  app.decorateRequest(callerOf, null);
  app.decorateRequest(targetOf, null);

  app.setErrorHandler(async (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const caller = request.getDecorator<string | null>(callerOf);
    const { id: correlationId, method, raw } = request;
    const answer = await refuse(refusalOf(error), { correlationId, method, target: raw.url ?? '', caller });
    return send(reply, answer, correlationId);
  });

  app.addHook('onRequest', async (request) => {
    const caller = await admission.identify(request.raw);
    request.setDecorator(callerOf, caller);
    request.setDecorator(targetOf, admission.admit(caller, request.raw));
  });

  // Like all other writes, relayed ones are refused in a copied environment (R-2302); the caller hears why.
  app.addHook('preHandler', async (request, reply) => {
    const { operation, connection } = request.getDecorator<RelayTarget>(targetOf);
    if (operation.method === 'GET') return undefined;
    const { guardWrite } = options.upstreams.of(connection);
    try {
      await guardWrite();
      return undefined;
    } catch (error) {
      const { code, message } = classifyError(error);
      return send(reply, { status: 503, code, message }, request.id);
    }
  });

  app.all(`${relayPrefix}/*`, (request, reply) => {
    const target = request.getDecorator<RelayTarget>(targetOf);
    exchange({
      caller: request.getDecorator<string>(callerOf),
      target,
      body: bodyOf(request, target),
      response: reply.raw,
      correlationId: request.id,
      onStart: () => reply.hijack(),
      onPassed: () => undefined,
      answer: (answer) => send(reply, answer, request.id),
      refuse: (refusal) => reply.send(refusal),
    });
  });
}
