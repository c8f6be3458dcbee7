import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Pool } from 'undici';
import { personaOf } from './personas';

/** Request headers that belong to the Web API; cookies and the browser's own headers stay here. */
const passedOn = [
  'accept',
  'content-type',
  'prefer',
  'if-match',
  'if-none-match',
  'odata-version',
  'odata-maxversion',
  'mscrm.suppressduplicatedetection',
  'accept-language',
];

/** Answer headers that the page may see. */
const passedBack = [
  'content-type',
  'etag',
  'odata-version',
  'odata-entityid',
  'location',
  'preference-applied',
  'retry-after',
  'req_id',
  'x-ms-service-request-id',
];

export interface ForwardOptions {
  readonly dataverseUrl: string;
  readonly tokenFor: (userName: string) => Promise<string>;
}

/**
 * `/api/data/*` on the page's own origin, as in a model-driven app: sent on with the token of the persona that the
 * cookie names, so that Dataverse judges every privilege.
 */
export function forwardDataverse(app: FastifyInstance, options: ForwardOptions): void {
  const pool = new Pool(options.dataverseUrl, { connections: 16 });
  app.addHook('onClose', () => pool.close());

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.all('/api/data/*', (request, reply) => forward(request, reply));
  });

  async function forward(request: FastifyRequest, reply: FastifyReply) {
    const token = await options.tokenFor(personaOf(request.headers.cookie).userName);
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    for (const name of passedOn) {
      const value = request.headers[name];
      if (typeof value === 'string') headers[name] = value;
    }
    const answer = await pool.request({
      path: request.url,
      // fastify names only methods that HTTP knows, undici's type lists the same ones
      method: request.method as 'GET',
      headers,
      body: Buffer.isBuffer(request.body) ? request.body : null,
    });
    for (const name of passedBack) {
      const value = answer.headers[name];
      if (value !== undefined) reply.header(name, rebase(value, options.dataverseUrl));
    }
    reply.header('cache-control', 'no-store');
    return reply.status(answer.statusCode).send(answer.body);
  }
}

/** Addresses of rows come back on Dataverse's origin; the page knows only its own. */
function rebase(value: string | string[], dataverseUrl: string): string | string[] {
  return typeof value === 'string' ? value.replace(dataverseUrl, '') : value;
}
