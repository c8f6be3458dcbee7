import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { noteCaller } from '../../platform/log/caller';
import { limitLines } from '../../platform/log/limit-lines';
import { AccessDenied } from '../authenticate/access-denied';
import { createAuthenticator } from '../authenticate/authenticator';
import { limitRate } from '../authenticate/limit-rate';
import type { SlowFailures } from '../authenticate/slow-failures';
import { type BodyBudget, createBodyBudget } from '../webhooks/body-budget';
import { acceptJson } from '../webhooks/raw-body';
import { allOperations } from './all-operations';
import { AnswerTooLate, problemOf } from './answer-problem';
import type { ConnectorAccess } from '../../platform/config/connector-access';
import type { ConnectorContext, Operation } from './describe/operation';
import { basePath } from './describe/swagger';
import { refusals } from './refusals';

export interface ConnectorApiOptions {
  /** Who may call, as the secrets are now. */
  readonly access: () => ConnectorAccess;
  readonly context: ConnectorContext;
  /** False while stopping. */
  readonly accepts: () => boolean;
  /** Counts security events. */
  readonly count: (counter: string) => Promise<void>;
  /** Milliseconds; see `answerWithinMs` for the default. */
  readonly answerWithinMs?: number;
  readonly now?: () => Date;
  /** Both shared with the other routes; left out: its own. */
  readonly bodies?: BodyBudget;
  readonly failures?: SlowFailures;
}

/** Makes of a body what fastify itself would: names that would change the prototype of an object are refused. */
function jsonParser(app: FastifyInstance): (body: Buffer, request: FastifyRequest) => Promise<unknown> {
  const parse = app.getDefaultJsonParser('error', 'error');
  return (body, request) =>
    new Promise((resolve, reject) => {
      void parse(request, body.toString('utf8'), (error, value) => (error === null ? resolve(value) : reject(error)));
    });
}

/** What a caller is told to wait while the service stops, in seconds. */
const stoppingSeconds = 5;
/** Milliseconds within which every operation answers: the gateway gives up after 120 s. */
const answerWithinMs = 110_000;

async function within<T>(limit: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AnswerTooLate(`no answer within ${limit} ms`)), limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function refuse(request: FastifyRequest, reply: FastifyReply, thrown: unknown, creates: boolean): FastifyReply {
  const { status, code, message, retryAfter } = problemOf(thrown, creates);
  request.log[status >= 500 ? 'error' : 'warn']({ answer: code, path: request.routeOptions.url }, message);
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  return reply.status(status).send({ code, message, correlationId: request.id });
}

function route(app: FastifyInstance, operation: Operation, prefix: string, options: ConnectorApiOptions): void {
  // StartOperation is safe to repeat by its request id.
  const creates = operation.method === 'POST' && operation.operationId !== 'StartOperation';
  app.route({
    method: operation.method,
    url: prefix + operation.path.replace(/\{(\w+)\}/g, ':$1'),
    errorHandler: (error, request, reply) => refuse(request, reply, error, false),
    handler: async (request, reply) => {
      const started = Date.now();
      try {
        const { params, query, body } = request;
        const work = operation.run(options.context, { params, query, body }, prefix, request.id);
        const answer = await within(options.answerWithinMs ?? answerWithinMs, work);
        // What leaves is what is described, nothing else that Jira may have said.
        const shown = operation.answer.schema === null ? undefined : operation.answer.schema.parse(answer.body);
        request.log.info({ operation: operation.operationId, durationMs: Date.now() - started }, 'connector call');
        return reply
          .status(operation.answer.status)
          .headers(answer.headers ?? {})
          .send(shown);
      } catch (thrown) {
        return refuse(request, reply, thrown, creates);
      }
    },
  });
}

/** The connector API: every described operation below `/rest`, the long-running ones also at `/connector/operations`. */
export async function connectorApi(app: FastifyInstance, options: ConnectorApiOptions): Promise<void> {
  acceptJson(app, options.bodies ?? createBodyBudget(), jsonParser(app));
  const now = options.now ?? (() => new Date());
  const { access, failures } = options;
  const { entra = null, perMinute } = access();
  const { identify } = createAuthenticator(
    {
      entra,
      basic: () => access().basic,
      apiKeys: () => access().apiKeys,
      certificateNames: [],
      callerOf: (user) => user,
    },
    { now, failures },
  );
  const waitFor = perMinute === undefined ? () => 0 : limitRate(perMinute, now);
  const lines = limitLines();
  const turnAway = (
    request: FastifyRequest,
    reply: FastifyReply,
    why: keyof typeof refusals,
    retryAfter?: number,
  ): FastifyReply => {
    const { status, code, message } = refusals[why];
    const line = lines(code);
    if (line !== null) request.log.warn({ answer: code, path: request.routeOptions.url, ...line }, message);
    if (status === 401) reply.header('www-authenticate', 'Basic realm="crmjira"');
    if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
    return reply.status(status).send({ code, message, correlationId: request.id });
  };
  app.addHook('onRequest', async (request, reply) => {
    let caller: string;
    try {
      caller = await identify(request.raw);
    } catch (error) {
      if (!(error instanceof AccessDenied)) throw error;
      const { denial, retryAfterSeconds } = error;
      if (denial === 'unauthenticated' || denial === 'forbidden')
        await options.count('connector.refused').catch(() => undefined);
      return turnAway(request, reply, denial, retryAfterSeconds);
    }
    noteCaller(request, caller);
    const waitMs = waitFor(caller);
    if (waitMs > 0) return turnAway(request, reply, 'rateLimited', Math.ceil(waitMs / 1000));
    return options.accepts() ? undefined : turnAway(request, reply, 'stopping', stoppingSeconds);
  });
  for (const operation of allOperations) {
    route(app, operation, basePath, options);
    if (operation.path.startsWith('/connector/')) route(app, operation, '', options);
  }
}
