import type { FastifyInstance } from 'fastify';
import { admitCallers } from '../authenticate/admit-callers';
import { createAuthenticator } from '../authenticate/authenticator';
import { limitRate } from '../authenticate/limit-rate';
import type { SlowFailures } from '../authenticate/slow-failures';
import { type BodyBudget, createBodyBudget } from '../webhooks/body-budget';
import { jsonParser } from '../webhooks/json-parser';
import { acceptJson } from '../webhooks/raw-body';
import { allOperations } from './all-operations';
import { answerProblem, AnswerTooLate } from './answer-problem';
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

function route(app: FastifyInstance, operation: Operation, prefix: string, options: ConnectorApiOptions): void {
  // StartOperation is safe to repeat by its request id.
  const creates = operation.method === 'POST' && operation.operationId !== 'StartOperation';
  app.route({
    method: operation.method,
    url: prefix + operation.path.replace(/\{(\w+)\}/g, ':$1'),
    errorHandler: (error, request, reply) => answerProblem(request, reply, error, false),
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
        return answerProblem(request, reply, thrown, creates);
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
  admitCallers(app, {
    identify,
    waitFor: perMinute === undefined ? () => 0 : limitRate(perMinute, now),
    accepts: options.accepts,
    refused: () => options.count('connector.refused'),
    refusals,
    challenge: 'Basic realm="crmjira"',
  });
  for (const operation of allOperations) {
    route(app, operation, basePath, options);
    if (operation.path.startsWith('/connector/')) route(app, operation, '', options);
  }
}
