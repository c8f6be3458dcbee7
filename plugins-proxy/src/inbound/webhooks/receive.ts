import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Delivery, Store } from '../../queue/store/store';
import type { MergedTriggers } from '../../reconciler/triggers';
import { type IntakeAnswerName, intakeAnswers } from './answers';
import { IntakeRefusal } from './intake-refusal';
import type { EventEffect } from './keys-of-events';

declare module 'fastify' {
  interface FastifyReply {
    /** The documented answer that was given, for whoever counts them. */
    intakeAnswer?: IntakeAnswerName;
  }
}

/** What an intake route needs of the rest of the service. */
export interface IntakeContext {
  readonly store: Store;
  readonly now: () => Date;
  /** Tells the workers that something is due, or will be in so many milliseconds. */
  readonly wake: (afterMs?: number) => void;
  /** False while stopping or overloaded: deliveries are then answered 503. */
  readonly accepts: () => boolean;
  /** What names jobs now. */
  readonly triggers: () => MergedTriggers;
  /** Told of each connection that something verified came from; left out: nobody notes it. */
  readonly received?: (connectionId: string) => void;
}

/** SHA-256 of the raw body, hex: the dedupe key of senders that give none, and what the log may show of a body. */
export function hashBody(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Parses a body whose signature has been verified. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new IntakeRefusal('malformedJson', { cause });
  }
}

/** Sends one of the documented answers. */
export function answer(reply: FastifyReply, name: IntakeAnswerName, extra: Record<string, unknown> = {}): FastifyReply {
  const { status, code, says, senderRetries } = intakeAnswers[name];
  reply.intakeAnswer = name;
  if (senderRetries) reply.header('retry-after', '5');
  return reply.status(status).send({ code, message: says, ...extra });
}

/** Stores a verified delivery, wakes the workers and answers; nothing is answered before the commit. */
export async function receive(
  context: IntakeContext,
  request: FastifyRequest,
  reply: FastifyReply,
  event: {
    readonly id: string;
    readonly source: Delivery['source'];
    readonly name: string;
    readonly body: Buffer;
    readonly delayMs?: number;
  },
  effect: EventEffect,
): Promise<FastifyReply> {
  if (!context.accepts()) throw new IntakeRefusal('unavailable');
  const delivery: Delivery = {
    id: event.id,
    source: event.source,
    event: event.name,
    keys: effect.keys,
    ignoredBecause: effect.ignoredBecause,
    bodyHash: hashBody(event.body),
    correlationId: request.id,
    receivedAt: context.now().getTime(),
    delayMs: event.delayMs ?? 0,
  };
  let result: 'stored' | 'duplicate';
  try {
    result = await context.store.receive(delivery);
  } catch (cause) {
    throw new IntakeRefusal('unavailable', { cause });
  }
  const name = result === 'duplicate' ? 'duplicate' : effect.ignoredBecause === null ? 'accepted' : 'ignored';
  request.log.info(
    {
      event: event.name,
      keys: effect.keys,
      answer: intakeAnswers[name].code,
      reason: effect.ignoredBecause ?? undefined,
    },
    'delivery received',
  );
  if (name === 'accepted') context.wake(event.delayMs);
  return answer(reply, name, {
    duplicate: name === 'duplicate',
    correlationId: request.id,
    ...(name === 'ignored' ? { reason: effect.ignoredBecause } : {}),
  });
}
