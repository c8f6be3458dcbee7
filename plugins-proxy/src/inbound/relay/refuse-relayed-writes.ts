import type { preHandlerAsyncHookHandler } from 'fastify';
import { classifyError } from '../../platform/errors/classify-error';

const reads: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Writes through the relay are refused like all others in a copied environment (R-2302); the caller hears why. */
export function refuseRelayedWrites(guardWrite: () => Promise<void>): preHandlerAsyncHookHandler {
  return async (request, reply) => {
    // The route and not the address: that one can be written in many ways.
    const isRelay = request.routeOptions.url?.startsWith('/relay/jira') === true;
    if (!isRelay || reads.has(request.method)) return;
    try {
      await guardWrite();
    } catch (error) {
      const { code, message } = classifyError(error);
      await reply.status(503).send({ error: { code, message } });
    }
  };
}
