import type { ServerOptions } from 'node:https';
import type { ServerTls } from './tls-config';

/**
 * What node's server is given. Without `clientRequired` a wrong or missing client certificate does not end the connection: webhooks
 * of Jira and Dataverse have none; who may use the relay by its certificate is asked there.
 */
export function serverOptions(tls: ServerTls): ServerOptions {
  return {
    cert: tls.certificate,
    key: tls.key,
    minVersion: tls.lowest,
    maxVersion: 'TLSv1.3',
    requestCert: tls.clientCa !== null,
    rejectUnauthorized: tls.clientRequired,
    ...(tls.clientCa === null ? {} : { ca: tls.clientCa }),
  };
}
