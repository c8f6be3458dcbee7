import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import { buildConnector, type Dispatcher, Pool } from 'undici';
import type { JiraGateway } from '../config/jira-gateway';
import { type ErrorClass, IntegrationError } from '../errors/integration-error';
import { notingIssuers } from '../tls/shown-issuer';
import type { JiraTls } from '../tls/tls-config';
import { type Current, current } from './current';
import type { ProviderName } from './provider-name';
import { type AddressGuard, guardedConnector } from './site-guard';

/** What leads to a site. */
export interface Transport {
  readonly gateway?: JiraGateway | null;
  /** Left out: the platform's authorities, no client certificate, TLS 1.3. */
  readonly tls?: JiraTls;
}

export interface SiteDispatcherOptions {
  readonly provider: ProviderName;
  /** Origin of the site. */
  readonly origin: string;
  /** Asked for each new connection, as certificates are renewed while the service runs; the same object while nothing has changed. */
  readonly transport: () => Transport;
  /** Connections to the site at one time; the rest waits. */
  readonly connections: number;
  /** Milliseconds; one that changes holds for connections from then on, and is given with each request. */
  readonly timeoutMs: Current<number>;
  /**
   * Checks the addresses that connections are opened to; left out: nobody does. Not those behind a gateway, which resolves names itself:
   * its own address stands in the configuration of this service.
   */
  readonly guard?: AddressGuard | undefined;
}

/** The gateway did not open the tunnel: nothing was asked of the provider itself. */
export class GatewayRefusal extends IntegrationError {
  constructor(
    provider: string,
    what: string,
    {
      tunnelStatus,
      errorClass = 'transient',
      cause,
    }: { readonly tunnelStatus?: number; readonly errorClass?: ErrorClass; readonly cause?: unknown } = {},
  ) {
    super(`The gateway before ${provider} ${what}`, { code: 'gateway-unavailable', errorClass, cause });
    this.name = 'GatewayRefusal';
    this.tunnelStatus = tunnelStatus;
  }

  /** Its HTTP status to CONNECT; undefined when there was none. No status of the provider's, and none that says whether it did anything. */
  readonly tunnelStatus: number | undefined;
}

/** The gateway's answer to CONNECT in words: what it decides stays so until somebody changes it, the rest may pass. */
function refusedTunnel(
  { name, setting, gatewayCertificate }: ProviderName,
  status: number | undefined,
): GatewayRefusal {
  const tunnelStatus = status ?? 0;
  if (status === 407)
    return new GatewayRefusal(
      name,
      `asks who is calling (407). It must know this service by its certificate${gatewayCertificate === undefined ? '' : ` (${gatewayCertificate})`} or let it through without.`,
      { tunnelStatus, errorClass: 'configuration' },
    );
  if (status === 401 || status === 403)
    return new GatewayRefusal(
      name,
      `does not let this service through to the host of ${setting} (${status}). Whoever runs it must allow that.`,
      { tunnelStatus, errorClass: 'configuration' },
    );
  return new GatewayRefusal(name, `refused the tunnel (${status}); it is tried again.`, { tunnelStatus });
}

/** Why no connection to the gateway came about, as a code of the platform; its sentences may hold addresses. */
function gatewayFailure({ name }: ProviderName, error: Error): GatewayRefusal {
  if (error instanceof GatewayRefusal) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'no connection';
  return new GatewayRefusal(name, `could not be reached (${code}); it is tried again.`, { cause: error });
}

/** What the connection to the site itself is made with (R-1215). */
function secureOptions(tls: JiraTls | undefined): buildConnector.BuildOptions {
  return {
    minVersion: tls?.lowest ?? 'TLSv1.3',
    ...(tls === undefined || tls.ca === null ? {} : { ca: tls.ca }),
    ...(tls === undefined || tls.client === null ? {} : { cert: tls.client.certificate, key: tls.client.key }),
  };
}

function direct(
  tls: JiraTls | undefined,
  timeoutMs: number,
  guard: AddressGuard | undefined,
): buildConnector.connector {
  const options = { ...secureOptions(tls), timeout: timeoutMs };
  return notingIssuers(guard === undefined ? buildConnector(options) : guardedConnector(guard, options));
}

/**
 * Opens connections through the gateway. Not undici's ProxyAgent: where the gateway ends the connection for want of a client
 * certificate, which TLS 1.3 does after the handshake, that one tries again without end and no timeout of a request stops it.
 */
function tunnel(
  provider: ProviderName,
  gateway: JiraGateway,
  tls: JiraTls | undefined,
  timeoutMs: number,
): buildConnector.connector {
  const url = new URL(gateway.url);
  const ca = gateway.ca === null ? {} : { ca: gateway.ca };
  const client = gateway.client === null ? {} : { cert: gateway.client.certificate, key: gateway.client.key };
  const secure = notingIssuers(buildConnector({ ...ca, ...secureOptions(tls), timeout: timeoutMs }));
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
      request.destroy(new GatewayRefusal(provider.name, `gave no answer in ${timeoutMs} ms; it is tried again.`)),
    );
    request.once('error', (error) => callback(gatewayFailure(provider, error), null));
    request.once('response', (response) => {
      request.destroy(refusedTunnel(provider, response.statusCode));
    });
    request.once('connect', (response, socket) => {
      socket.setTimeout(0);
      if (response.statusCode !== 200) {
        socket.destroy();
        callback(refusedTunnel(provider, response.statusCode), null);
      } else if (options.protocol === 'https:') secure({ ...options, httpSocket: socket }, callback);
      else callback(null, socket);
    });
    request.end();
  };
}

/** Makes each connection with the certificates of its moment; those that stand go on until they are idle. */
function connector(
  provider: ProviderName,
  transport: () => Transport,
  timeout: Current<number>,
  guard: AddressGuard | undefined,
): buildConnector.connector {
  let known: { readonly transport: Transport; readonly timeoutMs: number } | null = null;
  let connect: buildConnector.connector;
  return (options, callback) => {
    const now = transport();
    const timeoutMs = current(timeout);
    if (now !== known?.transport || timeoutMs !== known.timeoutMs) {
      const { gateway = null, tls } = now;
      connect = gateway === null ? direct(tls, timeoutMs, guard) : tunnel(provider, gateway, tls, timeoutMs);
      known = { transport: now, timeoutMs };
    }
    connect(options, callback);
  };
}

/** Kept-alive connections to one site, directly or through the gateway. */
export function siteDispatcher({
  provider,
  origin,
  transport,
  connections,
  timeoutMs,
  guard,
}: SiteDispatcherOptions): Dispatcher {
  return new Pool(origin, {
    connections,
    keepAliveTimeout: 30_000,
    headersTimeout: current(timeoutMs),
    bodyTimeout: current(timeoutMs),
    connect: connector(provider, transport, timeoutMs, guard),
  });
}
