import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import {
  createEvaluator,
  type Evaluator,
} from '../../../../plugins-proxy/src/clients/web-service/expressions/evaluate';
import { placeOf } from '../../../../plugins-proxy/src/platform/config/host-list';
import { guardAddresses } from '../../../../plugins-proxy/src/platform/http-client/guard-addresses';
import type { Resolve, SiteGuard } from '../../../../plugins-proxy/src/platform/http-client/site-guard';

/** A request as a service has seen it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answering = (request: SeenRequest, response: ServerResponse) => void;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
};

/** Answers with JSON. */
export const json = (
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
};

/** A web service for tests, on this machine. */
export async function startService(answering: Answering, tls?: ServerOptions) {
  const seen: SeenRequest[] = [];
  const listener: RequestListener = (request, response) => {
    void bodyOf(request).then((body) => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      answering(one, response);
    });
  };
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  const port = await listening(server);
  return {
    port,
    url: `${tls === undefined ? 'http' : 'https'}://localhost:${port}`,
    seen,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Its port, once a server listens on this machine. */
export const listening = (server: Server): Promise<number> =>
  new Promise((ready) => {
    server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port));
  });

/** The guard as the service has it, with what its operator has confirmed. */
export const guardFor =
  (privateHosts: readonly string[], resolve?: Resolve) =>
  (url: string, setting: string): SiteGuard => {
    const place = placeOf(new URL(url));
    const { refusalOf } = guardAddresses({ configured: [], privateHosts });
    return {
      require: async () => {
        const refused = /^[\d.]+$|:/.test(place.host) ? refusalOf(place, setting, [place.host]) : null;
        if (refused !== null) throw refused;
      },
      refusalOf: (addresses) => refusalOf(place, setting, addresses),
      ...(resolve === undefined ? {} : { resolve }),
    };
  };

/** What services are opened with; the evaluator has all the time that a busy machine needs. */
export function serviceParts(
  privateHosts: () => readonly string[],
  { resolve, evaluator = createEvaluator({ timeoutMs: 120_000 }) }: { resolve?: Resolve; evaluator?: Evaluator } = {},
) {
  return {
    egress: { of: (url: string, setting: string) => guardFor(privateHosts(), resolve)(url, setting) },
    guard: (url: string, setting: string) => guardFor(privateHosts(), resolve)(url, setting),
    vault: { read: () => Promise.reject(new Error('no vault in this test')) },
    evaluator,
    now: () => Date.now(),
  };
}
