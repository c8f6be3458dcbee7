import type { ServerOptions } from 'node:https';
import type { ServerTls } from './tls-config';

/** How long a caller may take for its TLS handshake, in milliseconds: a few round trips of a slow way (F-303). */
const handshakeTimeoutMs = 10_000;

/**
 * What node's server is given. Without `clientRequired` a wrong or missing client certificate does not end the connection: webhooks
 * of Jira and Dataverse have none; who may use the relay by its certificate is asked there.
 */
export function serverOptions(tls: ServerTls): ServerOptions {
  return {
    // By default a caller may take two minutes.
    handshakeTimeout: handshakeTimeoutMs,
    cert: tls.certificate,
    key: tls.key,
    minVersion: tls.lowest,
    maxVersion: 'TLSv1.3',
    requestCert: tls.clientCa !== null,
    rejectUnauthorized: tls.clientRequired,
    ...(tls.clientCa === null ? {} : { ca: tls.clientCa }),
  };
}
