import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Makes of a body what fastify itself would: names that would change the prototype of an object are refused. */
export function jsonParser(app: FastifyInstance): (body: Buffer, request: FastifyRequest) => Promise<unknown> {
  const parse = app.getDefaultJsonParser('error', 'error');
  return (body, request) =>
    new Promise((resolve, reject) => {
      void parse(request, body.toString('utf8'), (error, value) => (error === null ? resolve(value) : reject(error)));
    });
}
