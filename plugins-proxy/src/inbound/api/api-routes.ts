import { refusalText } from '@crmjira/domain';
import type { FastifyInstance } from 'fastify';
import { apiOperations, type CapabilityParts } from '../../capabilities/register';
import type { ApiAccess } from '../../platform/config/api-access';
import { type ApiCaller, type ApiContext, ApiRefusal } from '../../reconciler/api-operation';
import { admitCallers } from '../authenticate/admit-callers';
import { createAuthenticator } from '../authenticate/authenticator';
import { limitRate } from '../authenticate/limit-rate';
import type { SlowFailures } from '../authenticate/slow-failures';
import { answerProblem } from '../connector/answer-problem';
import { check } from '../connector/describe/operation';
import type { BodyBudget } from '../webhooks/body-budget';
import { jsonParser } from '../webhooks/json-parser';
import { acceptJson } from '../webhooks/raw-body';
import { personOf } from './person-of';
import { refusals } from './refusals';

/** Below it stand all operations. */
export const apiPath = '/api/jira';

export interface ApiRoutesOptions {
  readonly access: ApiAccess;
  readonly parts: CapabilityParts;
  /** Starts jobs at once: somebody waits. */
  readonly enqueue: (keys: readonly string[], correlationId: string) => Promise<void>;
  readonly pause: ApiContext<CapabilityParts>['pause'];
  /** False while stopping. */
  readonly accepts: () => boolean;
  /** Counts security events. */
  readonly count: (counter: string) => Promise<void>;
  /** Both shared with the other routes. */
  readonly bodies: BodyBudget;
  readonly failures: SlowFailures;
}

/** Who calls, once it is known. */
const callerKey = 'apiCaller';

function route(
  app: FastifyInstance,
  operation: (typeof apiOperations)[number],
  { parts, enqueue, pause }: ApiRoutesOptions,
): void {
  app.route({
    method: operation.method,
    url: apiPath + operation.path.replace(/\{(\w+)\}/g, ':$1'),
    handler: async (request, reply) => {
      const caller = request.getDecorator<ApiCaller>(callerKey);
      const { capabilities } = await parts.environmentSettings.settings();
      if (!capabilities.has(operation.capability))
        throw new ApiRefusal(409, 'switched-off', refusalText('switched-on', caller.language));
      const input = {
        params: check(operation.params, request.params, 'path'),
        query: check(operation.query, request.query, 'query'),
        body: operation.body === null ? undefined : check(operation.body, request.body, 'body'),
      };
      const start = (keys: readonly string[]): Promise<void> => enqueue(keys, request.id);
      const context = { parts, caller, enqueue: start, pause };
      const { status, body, headers = {} } = await operation.run(context, input);
      // What leaves is what is described.
      const schema = operation.answers.find((one) => one.status === status)?.schema ?? null;
      return reply
        .status(status)
        .headers(headers)
        .send(schema === null ? undefined : schema.parse(body));
    },
  });
}

/**
 * The API for other clients (R-1801, R-1834): what people ask of the capabilities by commands, asked with a token that a client has in
 * their name. For programs, not for pages of other origins: nothing is said of CORS, so browsers keep them out.
 */
export async function apiRoutes(app: FastifyInstance, options: ApiRoutesOptions): Promise<void> {
  const { access, parts, failures } = options;
  acceptJson(app, options.bodies, jsonParser(app));
  app.decorateRequest(callerKey, null);
  const { identify } = createAuthenticator(
    { entra: access.entra, basic: () => null, apiKeys: () => [], certificateNames: [], callerOf: (user) => user },
    { now: parts.now, failures },
  );
  admitCallers(app, {
    identify,
    waitFor: limitRate(access.perMinute, parts.now),
    accepts: options.accepts,
    admit: async (request, objectId) => {
      const person = await personOf(parts, objectId);
      if (!('userId' in person)) return person;
      request.setDecorator(callerKey, person);
      return null;
    },
    refused: () => options.count('api.refused'),
    refusals,
    challenge: 'Bearer',
  });
  app.setErrorHandler((error, request, reply) => answerProblem(request, reply, error, false));
  for (const operation of apiOperations) route(app, operation, options);
}
