import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import { type ErrorClass, IntegrationError } from '../../platform/errors/integration-error';
import { type Current, current } from '../../platform/http-client/current';
import type { JiraTls } from '../../platform/tls/tls-config';
import { buildConnector, type Dispatcher, Pool } from 'undici';
import type { JiraGateway } from '../../platform/config/jira-gateway';

/** What leads to Jira. */
export interface WayToJira {
  readonly gateway?: JiraGateway | null;
  /** Left out: the platform's authorities, no client certificate, TLS 1.3. */
  readonly tls?: JiraTls;
}

export interface JiraDispatcherOptions {
  /** Origin of the site. */
  readonly origin: string;
  /** Asked for each new connection, as certificates are renewed while the service runs; the same object while nothing has changed. */
  readonly way: () => WayToJira;
  /** Connections to the site at one time; the rest waits. */
  readonly connections: number;
  /** Milliseconds; one that changes holds for connections from then on, and is given with each request. */
  readonly timeoutMs: Current<number>;
}

/** The gateway did not open the way to Jira: nothing was asked of Jira itself. */
export class GatewayRefusal extends IntegrationError {
  constructor(
    what: string,
    {
      tunnelStatus,
      errorClass = 'transient',
      cause,
    }: { readonly tunnelStatus?: number; readonly errorClass?: ErrorClass; readonly cause?: unknown } = {},
  ) {
    super(`The gateway before Jira ${what}`, { code: 'gateway-unavailable', errorClass, cause });
    this.name = 'GatewayRefusal';
    this.tunnelStatus = tunnelStatus;
  }

  /** Its HTTP status to CONNECT; undefined when there was none. No status of Jira's, and none that says whether Jira did anything. */
  readonly tunnelStatus: number | undefined;
}

/** The gateway's answer to CONNECT in words: what it decides stays so until somebody changes it, the rest may pass. */
function refusedTunnel(status: number | undefined): GatewayRefusal {
  const tunnelStatus = status ?? 0;
  if (status === 407)
    return new GatewayRefusal(
      'asks who is calling (407). It must know this service by its certificate (JIRA_GATEWAY_CERTIFICATE) or let it through without.',
      { tunnelStatus, errorClass: 'configuration' },
    );
  if (status === 401 || status === 403)
    return new GatewayRefusal(
      `does not let this service through to the host of JIRA_URL (${status}). Whoever runs it must allow that.`,
      { tunnelStatus, errorClass: 'configuration' },
    );
  return new GatewayRefusal(`refused the tunnel (${status}); it is tried again.`, { tunnelStatus });
}

/** Why no connection to the gateway came about, as a code of the platform; its sentences may hold addresses. */
function gatewayFailure(error: Error): GatewayRefusal {
  if (error instanceof GatewayRefusal) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'no connection';
  return new GatewayRefusal(`could not be reached (${code}); it is tried again.`, { cause: error });
}

/** What the connection to Jira itself is made with (R-1215). */
function secureOptions(tls: JiraTls | undefined): buildConnector.BuildOptions {
  return {
    minVersion: tls?.lowest ?? 'TLSv1.3',
    ...(tls === undefined || tls.ca === null ? {} : { ca: tls.ca }),
    ...(tls === undefined || tls.client === null ? {} : { cert: tls.client.certificate, key: tls.client.key }),
  };
}

function direct(tls: JiraTls | undefined, timeoutMs: number): buildConnector.connector {
  return buildConnector({ ...secureOptions(tls), timeout: timeoutMs });
}

/**
 * Opens connections through the gateway. Not undici's ProxyAgent: where the gateway ends the connection for want of a client
 * certificate, which TLS 1.3 does after the handshake, that one tries again without end and no timeout of a request stops it.
 */
function tunnel(gateway: JiraGateway, tls: JiraTls | undefined, timeoutMs: number): buildConnector.connector {
  const url = new URL(gateway.url);
  const ca = gateway.ca === null ? {} : { ca: gateway.ca };
  const client = gateway.client === null ? {} : { cert: gateway.client.certificate, key: gateway.client.key };
  const secure = buildConnector({ ...ca, ...secureOptions(tls), timeout: timeoutMs });
  return (options, callback) => {
    const target = `${options.hostname}:${options.port || (options.protocol === 'https:' ? 443 : 80)}`;
    const request = (url.protocol === 'https:' ? secureRequest : plainRequest)({
      host: url.hostname,
      port: url.port || (url.protocol === 'https:' ? 443 : 80),
      ...(isIP(url.hostname) === 0 ? { servername: url.hostname } : {}),
      method: 'CONNECT',
      path: target,
      headers: { host: target },
      agent: false,
      timeout: timeoutMs,
      ...ca,
      ...client,
    });
    request.once('timeout', () =>
      request.destroy(new GatewayRefusal(`gave no answer in ${timeoutMs} ms; it is tried again.`)),
    );
    request.once('error', (error) => callback(gatewayFailure(error), null));
    request.once('response', (response) => {
      request.destroy(refusedTunnel(response.statusCode));
    });
    request.once('connect', (response, socket) => {
      socket.setTimeout(0);
      if (response.statusCode !== 200) {
        socket.destroy();
        callback(refusedTunnel(response.statusCode), null);
      } else if (options.protocol === 'https:') secure({ ...options, httpSocket: socket }, callback);
      else callback(null, socket);
    });
    request.end();
  };
}

/** Makes each connection with the certificates of its moment; those that stand go on until they are idle. */
function connector(way: () => WayToJira, timeout: Current<number>): buildConnector.connector {
  let known: { readonly way: WayToJira; readonly timeoutMs: number } | null = null;
  let connect: buildConnector.connector;
  return (options, callback) => {
    const now = way();
    const timeoutMs = current(timeout);
    if (now !== known?.way || timeoutMs !== known.timeoutMs) {
      const { gateway = null, tls } = now;
      connect = gateway === null ? direct(tls, timeoutMs) : tunnel(gateway, tls, timeoutMs);
      known = { way: now, timeoutMs };
    }
    connect(options, callback);
  };
}

/** Kept-alive connections to one Jira site, directly or through the gateway. */
export function jiraDispatcher({ origin, way, connections, timeoutMs }: JiraDispatcherOptions): Dispatcher {
  return new Pool(origin, {
    connections,
    keepAliveTimeout: 30_000,
    headersTimeout: current(timeoutMs),
    bodyTimeout: current(timeoutMs),
    connect: connector(way, timeoutMs),
  });
}
