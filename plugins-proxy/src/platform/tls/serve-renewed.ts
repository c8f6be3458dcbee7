import type { FastifyInstance } from 'fastify';
import { Server } from 'node:https';
import type { Config } from '../config/read-config';
import { serverOptions } from './server-options';
import type { ServerTls } from './tls-config';

/**
 * Makes what gives new connections the certificate, key and authority as they are now. Connections that stand keep theirs; whether
 * callers are asked for a certificate stays as it was at start.
 * @returns whether something was exchanged
 */
export function serveRenewed(app: FastifyInstance, current: () => Pick<Config, 'tls'>): () => boolean {
  let served: ServerTls | null = current().tls;
  return () => {
    const { tls } = current();
    const server: unknown = app.server;
    if (tls === null || tls === served || !(server instanceof Server)) return false;
    const { cert, key, ca, minVersion, maxVersion } = serverOptions(tls);
    server.setSecureContext({ cert, key, ca, minVersion, maxVersion });
    served = tls;
    return true;
  };
}
