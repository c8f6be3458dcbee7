import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { noteCaller } from '../../platform/log/caller';
import { limitLines } from '../../platform/log/limit-lines';
import { AccessDenied, type Denial } from './access-denied';

/** Why a request is not let in, as the caller reads it. */
export interface TurnedAway {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Where requests come in whose callers prove who they are. */
export interface Door {
  readonly identify: (request: IncomingMessage) => string | Promise<string>;
  /** Counts a request of a caller. @returns milliseconds to wait, 0 when it may pass */
  readonly waitFor: (caller: string) => number;
  /** What else is asked of who calls; null: they may come in. Left out: nothing. */
  readonly admit?: (request: FastifyRequest, caller: string) => Promise<TurnedAway | null>;
  /** False while stopping. */
  readonly accepts: () => boolean;
  /** Counts who is refused. */
  readonly refused: () => Promise<void>;
  readonly refusals: Readonly<Record<Denial | 'rateLimited' | 'stopping', TurnedAway>>;
  /** How to sign in, as `WWW-Authenticate` has it. */
  readonly challenge: string;
}

/** What a caller is told to wait while the service stops, in seconds. */
const stoppingSeconds = 5;

/** Asks of each request of this scope who calls and how often, before a byte of its body is read. */
export function admitCallers(app: FastifyInstance, door: Door): void {
  const lines = limitLines();
  const turnAway = (
    request: FastifyRequest,
    reply: FastifyReply,
    { status, code, message }: TurnedAway,
    retryAfterSeconds?: number,
  ): FastifyReply => {
    const line = lines(code);
    if (line !== null) request.log.warn({ answer: code, path: request.routeOptions.url, ...line }, message);
    if (status === 401) reply.header('www-authenticate', door.challenge);
    if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
    return reply.status(status).send({ code, message, correlationId: request.id });
  };
  const { refusals, admit = async () => null } = door;
  const countRefused = (): Promise<void> => door.refused().catch(() => undefined);
  app.addHook('onRequest', async (request, reply) => {
    let caller: string;
    try {
      caller = await door.identify(request.raw);
    } catch (error) {
      if (!(error instanceof AccessDenied)) throw error;
      const { denial, retryAfterSeconds } = error;
      if (denial === 'unauthenticated' || denial === 'forbidden') await countRefused();
      return turnAway(request, reply, refusals[denial], retryAfterSeconds);
    }
    noteCaller(request, caller);
    const waitMs = door.waitFor(caller);
    if (waitMs > 0) return turnAway(request, reply, refusals.rateLimited, Math.ceil(waitMs / 1000));
    if (!door.accepts()) return turnAway(request, reply, refusals.stopping, stoppingSeconds);
    const why = await admit(request, caller);
    if (why === null) return undefined;
    await countRefused();
    return turnAway(request, reply, why);
  });
}
