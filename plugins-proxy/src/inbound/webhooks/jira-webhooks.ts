import type { FastifyInstance } from 'fastify';
import { answerRefusals } from './answer-refusals';
import type { BodyBudget } from './body-budget';
import type { JiraConnection } from '../../connections/jira/jira-connection';
import { jiraDeliveryId } from '../../queue/delivery-id';
import { IntakeRefusal } from './intake-refusal';
import { type JiraPayload, jiraPayload } from '../../clients/jira/wire/jira-payload';
import { keysOfJiraEvent } from './keys-of-events';
import { acceptRawJson, rawBody } from './raw-body';
import { hashBody, type IntakeContext, parseJson, receive } from './receive';
import { mayBeSender, verifySender } from './verify-sender';

export interface JiraWebhookOptions {
  readonly context: IntakeContext;
  readonly bodies: BodyBudget;
  /** The connection of an address, as it is known now. */
  readonly connectionOf: (id: string) => WebhookSender | undefined;
}

/** A connected site that sends events. */
export interface WebhookSender extends Pick<JiraConnection, 'id' | 'webhook'> {
  /** Whether a delivery only tells what we have done ourselves. */
  readonly isEcho?: (payload: JiraPayload) => boolean;
  /** Told whose an issue is, by a delivery that says so: nobody has to ask Jira then. */
  readonly onIssue?: (issueId: string, projectId: string) => void;
}

/**
 * Jira tells of one act several times: logged work comes as a worklog and as an update of its issue. Their keys are due this much
 * later, in milliseconds, so that one run answers all of it.
 */
const tellsAgainWithinMs = 250;

/** Milliseconds within which an equal body without a time in it is taken for a repeat. */
const repeatWindowMs = 5 * 60_000;

/**
 * What tells deliveries apart: the signed body, which holds the time of the event. Jira's `X-Atlassian-Webhook-Identifier` is
 * not signed: whoever has recorded one delivery could send it under as many identifiers as they like (F-305). A retry of Jira's has the
 * same body as well. One form (E4) has no time; an equal one is then a repeat only for a while, as the same may
 * happen again.
 */
function bodyIdentifier(body: Buffer, hasTime: boolean, now: Date): string {
  const window = hasTime ? '' : `:${Math.floor(now.getTime() / repeatWindowMs)}`;
  return `body:${hashBody(body)}${window}`;
}

/** `POST /webhooks/jira/:connection`: verify, parse, store, answer. */
export async function jiraWebhooks(app: FastifyInstance, options: JiraWebhookOptions): Promise<void> {
  acceptRawJson(app, options.bodies);
  answerRefusals(app, options.context.store);
  const senderOf = ({ params }: { readonly params: { readonly connection: string } }): WebhookSender => {
    const sender = options.connectionOf(params.connection);
    if (sender === undefined) throw new IntakeRefusal('unknownConnection');
    return sender;
  };
  app.post<{ Params: { connection: string } }>(
    '/webhooks/jira/:connection',
    {
      // Before the body is read: an unknown address or sender costs nothing.
      onRequest: async (request) => {
        const { webhook } = senderOf(request);
        // Asked at each delivery, as they are exchanged while the service runs (R-1218).
        if (!mayBeSender(webhook.verification, request, webhook.secrets())) throw new IntakeRefusal('badSignature');
        if (!options.context.accepts()) throw new IntakeRefusal('unavailable');
      },
    },
    async (request, reply) => {
      const body = rawBody(request);
      const isSender = ({ webhook }: WebhookSender): boolean =>
        verifySender(webhook.verification, request, body, webhook.secrets());
      if (!isSender(senderOf(request))) await senderOf(request).webhook.lookAgain?.();
      // That may have opened the connection anew.
      const sender = senderOf(request);
      if (!isSender(sender)) throw new IntakeRefusal('badSignature');
      const { id: connectionId, isEcho, onIssue } = sender;
      options.context.received?.(connectionId);
      const parsed = jiraPayload.safeParse(parseJson(body));
      if (!parsed.success) throw new IntakeRefusal('unexpectedShape', { cause: parsed.error });
      const id = bodyIdentifier(body, parsed.data.timestamp !== undefined, options.context.now());
      const name = parsed.data.webhookEvent ?? parsed.data.event ?? '';
      const { issue } = parsed.data;
      if (issue?.fields?.project !== undefined) onIssue?.(issue.id, issue.fields.project.id);
      return receive(
        options.context,
        request,
        reply,
        { id: jiraDeliveryId(connectionId, id), source: 'jira', name, body, delayMs: tellsAgainWithinMs },
        isEcho?.(parsed.data) === true
          ? { keys: [], ignoredBecause: 'our own change' }
          : keysOfJiraEvent(parsed.data, connectionId, options.context.triggers()),
      );
    },
  );
}
