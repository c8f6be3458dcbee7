import type { FastifyInstance } from 'fastify';

/**
 * Cuts secrets out of what the routes of this scope answer (R-1407): a sentence of the other side may repeat what it was sent. What is
 * streamed passes as it is.
 */
export function redactAnswers(scope: FastifyInstance, redact: (text: string) => string): void {
  scope.addHook('onSend', async (_request, _reply, payload) =>
    typeof payload === 'string' ? redact(payload) : payload,
  );
}
