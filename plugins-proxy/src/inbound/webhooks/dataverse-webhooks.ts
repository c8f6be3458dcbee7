import type { FastifyInstance } from 'fastify';
import { answerRefusals } from './answer-refusals';
import type { BodyBudget } from './body-budget';
import { dataverseDeliveryId } from '../../queue/delivery-id';
import { IntakeRefusal } from './intake-refusal';
import { keysOfDataverseEvent } from './keys-of-events';
import { acceptRawJson, header, rawBody } from './raw-body';
import { hashBody, type IntakeContext, parseJson, receive } from './receive';
import { type RemoteExecutionContext, remoteExecutionContext } from '../../clients/dataverse/remote-execution-context';
import { verifyKey } from '../authenticate/verify-key';

/** Name of the header in which a step carries its key (service endpoint with authentication type HttpHeader). */
export const stepKeyHeader = 'x-crmjira-key';

export interface DataverseWebhookOptions {
  readonly context: IntakeContext;
  readonly bodies: BodyBudget;
  /** Asked at each delivery, as they are exchanged while the service runs (R-1218). */
  readonly stepKeys: () => readonly string[];
  /** Decides a synchronous step; its answer goes to Dataverse as it is. */
  readonly decideStep: (
    context: RemoteExecutionContext,
    correlationId: string,
  ) => Promise<{ readonly allowed: true } | { readonly allowed: false; readonly reasons: readonly string[] }>;
}

/** Same for the retry of an asynchronous step; a synchronous one is never retried. */
function deliveryId(context: RemoteExecutionContext, body: Buffer): string {
  const operation = context.OperationId;
  const known = operation !== undefined && !/^[0-]+$/.test(operation);
  return dataverseDeliveryId(known && context.Mode === 1 ? operation : hashBody(body));
}

/** `POST /webhooks/dataverse/async` and `/sync`: the steps that `register-steps` puts on the tables. */
export async function dataverseWebhooks(app: FastifyInstance, options: DataverseWebhookOptions): Promise<void> {
  acceptRawJson(app, options.bodies);
  answerRefusals(app, options.context.store);
  app.addHook('onRequest', async (request) => {
    if (!verifyKey(header(request, stepKeyHeader), options.stepKeys())) throw new IntakeRefusal('badSignature');
  });

  app.post('/webhooks/dataverse/async', async (request, reply) => {
    const body = rawBody(request);
    const parsed = remoteExecutionContext.safeParse(parseJson(body));
    if (!parsed.success) throw new IntakeRefusal('unexpectedShape', { cause: parsed.error });
    const name = `${parsed.data.PrimaryEntityName}.${parsed.data.MessageName}`;
    return receive(
      options.context,
      request,
      reply,
      { id: deliveryId(parsed.data, body), source: 'dataverse', name, body },
      keysOfDataverseEvent(parsed.data, options.context.triggers()),
    );
  });

  app.post('/webhooks/dataverse/sync', async (request, reply) => {
    const parsed = remoteExecutionContext.safeParse(parseJson(rawBody(request)));
    if (!parsed.success) throw new IntakeRefusal('unexpectedShape', { cause: parsed.error });
    const decision = await options.decideStep(parsed.data, request.id);
    if (decision.allowed) return reply.status(200).send({ allowed: true });
    // Dataverse takes any status outside 2xx as a refusal and rolls the operation back.
    return reply.status(400).send({ allowed: false, message: decision.reasons.join(' ') });
  });
}
