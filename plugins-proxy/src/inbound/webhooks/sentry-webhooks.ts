import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { sentryDeliveryId } from '../../queue/delivery-id';
import { answerRefusals } from './answer-refusals';
import type { BodyBudget } from './body-budget';
import { IntakeRefusal } from './intake-refusal';
import type { EventEffect } from './keys-of-events';
import { acceptRawJson, header, rawBody } from './raw-body';
import { hashBody, type IntakeContext, parseJson, receive } from './receive';
import { isSignature, verifySignature } from './verify-signature';

/** A connected organization of Sentry that sends webhooks. */
export interface SentrySender {
  readonly id: string;
  /** Client secrets of its integration. */
  readonly webhookSecrets: () => readonly string[];
}

export interface SentryWebhookOptions {
  readonly context: IntakeContext;
  readonly bodies: BodyBudget;
  /** The connection of an address, as it is known now. */
  readonly connectionOf: (id: string) => SentrySender | undefined;
}

/** HMAC-SHA256 of the raw body under the client secret, in hexadecimal digits without a prefix. */
export const signatureHeader = 'sentry-hook-signature';
/** As the check takes it. */
const signatureOf = (sent: string | undefined): string | undefined => (sent === undefined ? sent : `sha256=${sent}`);

/**
 * A body has no time of its own, and the headers are not signed: an equal one is a repeat for so long, in milliseconds. The same may
 * happen again after that, as when an error is resolved, taken up and resolved.
 */
const repeatWindowMs = 10_000;
/** Sentry tells of one act several times; their job is due this much later, in milliseconds. */
const tellsAgainWithinMs = 250;

const id = z.union([z.string(), z.number()]).transform(String);
/** Of the resources that name an error: `issue`, `event_alert`, `error`. */
const payload = z.object({
  action: z.string(),
  data: z.object({
    issue: z.object({ id }).nullish(),
    event: z.object({ issue_id: id.nullish() }).nullish(),
    error: z.object({ issue_id: id.nullish() }).nullish(),
  }),
});

/** `POST /webhooks/sentry/:connection`: verify, parse, store, answer; Sentry waits a second and does not try again. */
export async function sentryWebhooks(app: FastifyInstance, options: SentryWebhookOptions): Promise<void> {
  const { context } = options;
  acceptRawJson(app, options.bodies);
  answerRefusals(app, context.store);
  const senderOf = ({ params }: { readonly params: { readonly connection: string } }): SentrySender => {
    const sender = options.connectionOf(params.connection);
    if (sender === undefined) throw new IntakeRefusal('unknownConnection');
    return sender;
  };
  app.post<{ Params: { connection: string } }>(
    '/webhooks/sentry/:connection',
    {
      // Before the body is read: an unknown address or sender costs nothing.
      onRequest: async (request) => {
        senderOf(request);
        if (!isSignature(signatureOf(header(request, signatureHeader)))) throw new IntakeRefusal('badSignature');
        if (!context.accepts()) throw new IntakeRefusal('unavailable');
      },
    },
    async (request, reply) => {
      const body = rawBody(request);
      const sender = senderOf(request);
      const signature = signatureOf(header(request, signatureHeader));
      if (!verifySignature(body, signature, sender.webhookSecrets())) throw new IntakeRefusal('badSignature');
      context.received?.(sender.id);
      const parsed = payload.safeParse(parseJson(body));
      if (!parsed.success) throw new IntakeRefusal('unexpectedShape', { cause: parsed.error });
      const { action, data } = parsed.data;
      const errorId = data.issue?.id ?? data.event?.issue_id ?? data.error?.issue_id ?? null;
      const keys = errorId === null ? [] : context.triggers().keysOfMonitoredError(errorId, sender.id);
      const ignoredBecause = errorId === null ? 'names no error' : 'no rule for errors';
      const effect: EventEffect = keys.length === 0 ? { keys: [], ignoredBecause } : { keys, ignoredBecause: null };
      const window = Math.floor(context.now().getTime() / repeatWindowMs);
      return receive(
        context,
        request,
        reply,
        {
          id: sentryDeliveryId(sender.id, `body:${hashBody(body)}:${window}`),
          source: 'sentry',
          name: `issue.${action}`,
          body,
          delayMs: tellsAgainWithinMs,
        },
        effect,
      );
    },
  );
}
