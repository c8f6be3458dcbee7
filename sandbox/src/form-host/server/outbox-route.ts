import type { FastifyInstance } from 'fastify';
import { request } from 'undici';

/** Mails that left the Dataverse stand-in, for the outbox panel. */
export function outboxRoute(app: FastifyInstance, dataverseUrl: string): void {
  app.get('/host/outbox', async (_request, reply) => {
    const answer = await request(`${dataverseUrl}/sandbox/outbox`, { headers: { accept: 'application/json' } });
    return reply
      .status(answer.statusCode)
      .header('content-type', 'application/json; charset=utf-8')
      .send(await answer.body.text());
  });
}
