import type { FastifyInstance } from 'fastify';
import { outboxKind } from '../actions/send-email';
import type { Store } from '../store/store';
import type { Faults } from './faults';
import { faultShape } from './faults';

/** Beside the Web API, for people and tests: mails that left, and switches for trouble. */
export function registerSandboxRoutes(app: FastifyInstance, store: Store, faults: Faults): void {
  app.get('/sandbox/outbox', () => ({
    mails: store.persistence
      .records(outboxKind)
      .map(({ body }) => body)
      .sort(bySending),
  }));
  app.get('/sandbox/faults', () => ({ faults: faults.list() }));
  app.post('/sandbox/faults', (request, reply) => {
    const given: unknown = typeof request.body === 'string' ? JSON.parse(request.body) : request.body;
    const parsed = faultShape.safeParse(given);
    if (!parsed.success) return reply.status(400).send({ error: parsed.error.issues[0]?.message });
    faults.add(parsed.data);
    return reply.status(201).send(parsed.data);
  });
  app.delete('/sandbox/faults', (_request, reply) => {
    faults.clear();
    return reply.status(204).send();
  });
}

const sentOn = (mail: unknown): string =>
  typeof mail === 'object' && mail !== null && 'sentOn' in mail ? String(mail.sentOn) : '';
const bySending = (left: unknown, right: unknown): number => sentOn(left).localeCompare(sentOn(right));
