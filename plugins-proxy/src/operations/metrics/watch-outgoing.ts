import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { TLSSocket } from 'node:tls';
import { GatewayRefusal } from '../../platform/http-client/site-dispatcher';

/** One call that has left and come back, or not. */
export interface OutgoingCall {
  /** Who answered, or should have: a name of `sides`, `token`, or what was before it and opened no tunnel: `gateway`, `proxy`. */
  readonly side: string;
  /** Of a call to Jira: id of its connection. */
  readonly connection?: string;
  /** `2xx` … `5xx`, or `none` when there was no answer. */
  readonly status: string;
  readonly seconds: number;
}

/** What undici says of a request on its channels. */
interface UndiciMessage {
  readonly request: { readonly origin?: string | URL; readonly path: string } & Measured;
  readonly response?: { readonly statusCode: number };
  readonly error?: unknown;
}

/** What `status` can be. */
export const statusClasses = ['1xx', '2xx', '3xx', '4xx', '5xx', 'none'] as const;

const statusClass = (status: number | undefined): string =>
  status === undefined ? 'none' : `${Math.floor(status / 100)}xx`;

/**
 * Origin that a request is meant for. Behind a proxy of the environment the library of Dataverse names that proxy in the `host` header;
 * the request's own host is Dataverse's still, only its port is not told.
 */
function originOf(request: ClientRequest, known: Iterable<string>): string {
  const named = `${request.protocol}//${String(request.getHeader('host'))}`;
  if (!URL.canParse(named) || new URL(named).hostname === request.host) return named;
  const isMeant = (origin: string): boolean => {
    const { hostname, protocol } = new URL(origin);
    return hostname === request.host && protocol === request.protocol;
  };
  return [...known].find(isMeant) ?? named;
}

/** The library of Dataverse takes a proxy's refusal of a tunnel for the answer: it comes over a socket that TLS was never begun on. */
const answeredBeforeTls = ({ protocol, socket }: ClientRequest): boolean =>
  protocol === 'https:' && socket instanceof Socket && !(socket instanceof TLSSocket);

/** Where a measured request keeps its beginning: a weak map of them all is searched and collected at several times the price. */
const begun = Symbol('begun');

interface Measured {
  [begun]?: { readonly side: string; readonly connection: string | null; readonly at: number } | undefined;
}

/**
 * Measures calls to known addresses where Node and undici announce them, so that no client needs to know of it. From creation to
 * the answer's headers; a wait for a free connection counts, as the caller feels it too. A tunnel that is refused counts for what refused
 * it, the side behind it was not asked: `gateway` before Jira, `proxy` (of the environment) before Dataverse.
 * @param sides origin → name; the token endpoint is told from Dataverse by its path where both share an origin
 * @param connectionAt id of the Jira connection to which an address belongs, null for none: they come and go while the service runs
 * @returns ends the measuring
 */
export function watchOutgoing(
  sides: ReadonlyMap<string, string>,
  told: (call: OutgoingCall) => void,
  connectionAt: (origin: string, path: string) => string | null = () => null,
  now: () => number = () => performance.now(),
): () => void {
  const begin = (request: Measured, origin: string, path: string): void => {
    const connection = connectionAt(origin, path);
    const side = connection === null ? sides.get(origin) : 'jira';
    if (side !== undefined)
      request[begun] = { side: path.includes('/oauth2/') ? 'token' : side, connection, at: now() };
  };
  const end = (request: Measured, status: number | undefined, instead?: string): void => {
    const start = request[begun];
    if (start === undefined) return;
    request[begun] = undefined;
    const { side, connection, at } = start;
    const ofConnection = instead !== undefined || connection === null ? {} : { connection };
    told({ side: instead ?? side, ...ofConnection, status: statusClass(status), seconds: (now() - at) / 1_000 });
  };
  // The channels' messages are documented by Node and undici, but untyped.
  const node = (message: unknown) => message as { request: ClientRequest & Measured; response?: IncomingMessage };
  const undici = (message: unknown) => message as UndiciMessage;
  const listeners: [string, (message: unknown) => void][] = [
    [
      // Not `start`: a request whose tunnel is refused is answered without ever being sent.
      'http.client.request.created',
      (message) => {
        const { request } = node(message);
        begin(request, originOf(request, sides.keys()), request.path);
      },
    ],
    [
      'http.client.response.finish',
      (message) => {
        const { request, response } = node(message);
        end(request, response?.statusCode, answeredBeforeTls(request) ? 'proxy' : undefined);
      },
    ],
    ['http.client.request.error', (message) => end(node(message).request, undefined)],
    [
      'undici:request:create',
      (message) => begin(undici(message).request, String(undici(message).request.origin), undici(message).request.path),
    ],
    ['undici:request:headers', (message) => end(undici(message).request, undici(message).response?.statusCode)],
    [
      'undici:request:error',
      (message) => {
        const { request, error } = undici(message);
        if (error instanceof GatewayRefusal) end(request, error.tunnelStatus, 'gateway');
        else end(request, undefined);
      },
    ],
  ];
  for (const [channel, listener] of listeners) subscribe(channel, listener);
  return () => {
    for (const [channel, listener] of listeners) unsubscribe(channel, listener);
  };
}
