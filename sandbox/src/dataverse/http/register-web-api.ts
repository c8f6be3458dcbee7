import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parsePreferences } from '../annotations/preferences';
import { handleBatch } from '../batch/handle-batch';
import type { Platform } from '../platform';
import type { Faults } from '../sandbox-only/faults';
import type { Authenticator } from '../security/authenticate';
import type { Limiter } from '../service-protection/limits';
import { controlInformation } from './control-information';
import type { ApiRequest, ApiResponse } from './api-message';
import { errorResponse, plainError } from './error-response';
import { requireJson } from './require-json';
import { route } from './route';
import { newSession } from './session';

export interface WebApi {
  readonly platform: Platform;
  readonly authenticator: Authenticator;
  readonly limiter: Limiter;
  readonly faults: Faults;
}

const rootPattern = /^\/api\/data\/(v\d+\.\d+)\/?/i;

/** `/api/data/v9.2/…`: every version answers the same. */
export function registerWebApi(app: FastifyInstance, api: WebApi): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) console.error('Dataverse stand-in:', error);
    return send(reply, plainError(status, status >= 500 ? 'An unexpected error occurred.' : error.message));
  });
  app.route({
    method: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
    url: '/api/data/*',
    handler: async (request, reply) => send(reply, await answer(api, request)),
  });
}

function send(reply: FastifyReply, response: ApiResponse): FastifyReply {
  // As bytes: of a text fastify would rewrite the Content-Type, with quotes and a charset that the Web API does not send.
  const body = response.body === undefined ? undefined : Buffer.from(response.body);
  return reply.status(response.status).headers(response.headers).send(body);
}

async function answer(api: WebApi, request: FastifyRequest): Promise<ApiResponse> {
  const requestId = randomUUID();
  const url = request.raw.url ?? '';
  try {
    const struck = await api.faults.strike(request.method, url);
    if (struck) return struck;
    const headers = flatten(request.headers);
    const caller = await api.authenticator.caller(headers);
    const { remaining, secondsLeft, leave } = api.limiter.enter(caller.initiatingUserId);
    try {
      const response = await perform(api, request, headers, url, caller);
      return {
        ...response,
        headers: {
          ...response.headers,
          'x-ms-service-request-id': requestId,
          'x-ms-ratelimit-burst-remaining-xrm-requests': String(remaining),
          'x-ms-ratelimit-time-remaining-xrm-requests': secondsLeft.toFixed(2),
        },
      };
    } finally {
      leave();
    }
  } catch (error) {
    const response = errorResponse(error, parsePreferences(flatten(request.headers).prefer));
    return { ...response, headers: { ...response.headers, 'x-ms-service-request-id': requestId } };
  }
}

async function perform(
  api: WebApi,
  request: FastifyRequest,
  headers: Readonly<Record<string, string | undefined>>,
  url: string,
  caller: Awaited<ReturnType<Authenticator['caller']>>,
): Promise<ApiResponse> {
  const match = rootPattern.exec(url);
  const at = url.indexOf('?');
  const path = (at < 0 ? url : url.slice(0, at)).slice(match?.[0].length ?? 0);
  const message: ApiRequest = {
    method: request.method,
    path,
    query: at < 0 ? '' : url.slice(at + 1),
    headers,
    body: typeof request.body === 'string' ? request.body : '',
  };
  const host = headers['x-forwarded-host'] ?? headers.host;
  const origin = host === undefined ? api.platform.publicUrl : `http://${host}`;
  const session = newSession(
    { platform: api.platform, caller, serviceRoot: `${origin}/api/data/${match?.[1] ?? 'v9.2'}/` },
    message,
  );
  if (path === '$batch') return handleBatch(session);
  requireJson(message);
  return controlInformation(headers.accept, await route(session));
}

const flatten = (headers: FastifyRequest['headers']): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
