import type { FastifyInstance, FastifyRequest } from 'fastify';
import { IntakeRefusal } from './intake-refusal';

/** Largest body that is read, in bytes: Jira's deliveries stay far below, the on-premises gateway ends at the same size. */
export const bodyLimit = 2 * 1024 * 1024;

/** Makes the routes of this scope see the body as the bytes that were signed; anything but JSON is answered 415. */
export function acceptRawJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => {
    done(null, body);
  });
}

/** The raw body; a request without one has nothing that a signature could cover. */
export function rawBody(request: FastifyRequest): Buffer {
  if (Buffer.isBuffer(request.body)) return request.body;
  throw new IntakeRefusal('badSignature');
}

/** First value of a header that may have been sent several times. */
export function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
