import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { callTarget } from './call-target';
import { type Connection, type ConnectionRequest, makeConnection } from './connections';
import { countRequests } from './count-requests';
import { type GatewayAnswer, gatewayAnswers } from './gateway-answers';
import { type GatewayLimits, gatewayLimits } from './gateway-limits';
import { openTunnels } from './open-tunnels';

export { ConnectionRefused } from './connections';
export { gatewayLimits } from './gateway-limits';

/** Requests that `passed` tells of. */
const remembered = 10_000;

export interface GatewayOptions {
  readonly clock?: () => Date;
  readonly limits?: Partial<GatewayLimits>;
  /** `host:port` that tunnels lead to, for a service with a forward gateway before Jira; none when left out. */
  readonly tunnelsTo?: readonly string[];
}

/** The hub that flows call and the on-premises data gateway behind it. */
export interface Gateway {
  /** Answers `/apim/<connector>/<connection>/…`, the address that a flow's action has. */
  readonly app: FastifyInstance;
  /** Makes a connection under an id. @throws ConnectionRefused for what the gateway does not offer */
  connect(id: string, asked: ConnectionRequest): void;
  /** The latest requests that came, with what the flow was answered. */
  readonly passed: { readonly connection: string; readonly path: string; readonly status: number }[];
  close(): Promise<void>;
}

function send(reply: FastifyReply, { status, headers = {}, body }: GatewayAnswer): FastifyReply {
  return reply.status(status).headers(headers).send(body);
}

const isBearer = (authorization: string | undefined): boolean => /^bearer\b/i.test(authorization ?? '');

/**
 * Stands in for the on-premises data gateway as a custom connector meets it: credentials belong to the connection (none or Basic),
 * 2 MB either way, 120 s, 500 requests a minute.
 */
export function createGateway(options: GatewayOptions = {}): Gateway {
  const limits = { ...gatewayLimits, ...options.limits };
  const wait = countRequests(limits.perMinute, options.clock ?? (() => new Date()));
  const connections = new Map<string, Connection>();
  const passed: Gateway['passed'] = [];

  const app = Fastify({ bodyLimit: limits.requestBytes, genReqId: () => randomUUID() });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler<Error & { code?: string }>((error, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return send(reply, gatewayAnswers.requestTooLarge(request.id));
    throw error;
  });
  app.addHook<{ Params: { connection?: string; '*'?: string } }>('onResponse', async (request, reply) => {
    if (request.url.startsWith('/sandbox/')) return;
    const { connection = '', '*': path = '' } = request.params;
    passed.push({ connection, path: `/${path}`, status: reply.statusCode });
    if (passed.length > remembered) passed.shift();
  });

  app.all<{ Params: { connector: string; connection: string; '*': string } }>(
    '/apim/:connector/:connection/*',
    {
      onRequest: async (request, reply) => {
        const { connection } = request.params;
        if (!connections.has(connection)) return send(reply, gatewayAnswers.noConnection(connection));
        if (isBearer(request.headers.authorization)) return send(reply, gatewayAnswers.bearerRefused());
        const seconds = wait(connection);
        return seconds === null ? undefined : send(reply, gatewayAnswers.throttled(seconds));
      },
    },
    async (request, reply) => {
      const { connector, connection: id } = request.params;
      const connection = connections.get(id);
      if (connection === undefined) return send(reply, gatewayAnswers.noConnection(id));
      const answer = await callTarget(
        connection,
        {
          method: request.method,
          path: request.raw.url?.slice(`/apim/${connector}/${id}`.length) ?? '/',
          headers: request.headers,
          body: Buffer.isBuffer(request.body) ? request.body : null,
          requestId: request.id,
        },
        limits,
      );
      return send(reply, answer);
    },
  );

  const tunnels = openTunnels(app, options.tunnelsTo ?? []);

  return {
    app,
    connect: (id, asked) => void connections.set(id, makeConnection(asked)),
    passed,
    close: async () => {
      tunnels.cut();
      await app.close();
    },
  };
}
