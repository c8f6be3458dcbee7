import type { FastifyRequest } from 'fastify';
import { verifyKey } from '../../inbound/authenticate/verify-key';

/** Headers by which a reverse proxy names whom it calls for. */
const forwarded =
  /^(?:forwarded|via|x-forwarded(?:-.*)?|x-original-.*|x-real-ip|x-envoy-.*|x-arr-.*|cf-.*|.*client-?ip|x-azure-.*)$/;
const loopback = /^(?:127\.|::1$|::ffff:127\.)/;
const ownName = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Whether a request may see figures of the service: by one of the tokens; where there is none, only a direct connection from this
 * machine (F-315). What a reverse proxy passes on came from elsewhere.
 */
export function mayRead({ headers, socket }: FastifyRequest, tokens: readonly string[]): boolean {
  if (tokens.length > 0) {
    const [scheme, given] = (headers.authorization ?? '').split(' ');
    return verifyKey(scheme?.toLowerCase() === 'bearer' ? given : undefined, tokens);
  }
  return (
    loopback.test(socket.remoteAddress ?? '') &&
    ownName.test(headers.host ?? '') &&
    !Object.keys(headers).some((name) => forwarded.test(name))
  );
}
