import type { FastifyInstance } from 'fastify';
import { answerRefusals } from './answer-refusals';
import { IntakeRefusal } from './intake-refusal';
import { jiraPayload } from './jira-payload';
import { keysOfJiraEvent } from './keys-of-jira-event';
import { acceptRawJson, header, rawBody } from './raw-body';
import { hashBody, type IntakeContext, parseJson, receive } from './receive';
import { verifySignature } from './verify-signature';

export interface JiraWebhookOptions {
  readonly context: IntakeContext;
  readonly connectionId: string;
  readonly secrets: readonly string[];
}

/** `POST /webhooks/jira/:connection`: verify, parse, store, answer. */
export async function jiraWebhooks(app: FastifyInstance, options: JiraWebhookOptions): Promise<void> {
  acceptRawJson(app);
  answerRefusals(app, options.context.store);
  app.post<{ Params: { connection: string } }>(
    '/webhooks/jira/:connection',
    {
      // Before the body is read: an unknown address costs nothing.
      onRequest: async (request) => {
        if (request.params.connection.toLowerCase() !== options.connectionId)
          throw new IntakeRefusal('unknownConnection');
        if (!options.context.accepts()) throw new IntakeRefusal('unavailable');
      },
    },
    async (request, reply) => {
      const body = rawBody(request);
      if (!verifySignature(body, header(request, 'x-hub-signature'), options.secrets))
        throw new IntakeRefusal('badSignature');
      const parsed = jiraPayload.safeParse(parseJson(body));
      if (!parsed.success) throw new IntakeRefusal('unexpectedShape', { cause: parsed.error });
      // The identifier is the same on every retry; Data Center sends none, and its body holds the time of the event.
      const id = header(request, 'x-atlassian-webhook-identifier') ?? `body:${hashBody(body)}`;
      const name = parsed.data.webhookEvent ?? parsed.data.event ?? '';
      return receive(
        options.context,
        request,
        reply,
        { id: `jira:${options.connectionId}:${id}`, source: 'jira', name, body },
        keysOfJiraEvent(parsed.data),
      );
    },
  );
}
