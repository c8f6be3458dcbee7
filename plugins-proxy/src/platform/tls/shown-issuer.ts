import { type PeerCertificate, TLSSocket } from 'node:tls';
import { cleanName } from '@crmjira/domain';
import type { buildConnector } from 'undici';

/** Characters of a name that a server shows. */
const longestName = 100;

/** Who issued a certificate, as somebody outside has written it; empty where it does not say. Pure. */
export function issuerOf({ issuer }: Pick<PeerCertificate, 'issuer'>): string {
  const name = [issuer?.CN ?? issuer?.O ?? ''].flat()[0] ?? '';
  return cleanName(name.replaceAll(/["«»“”<>]/g, '')).slice(0, longestName);
}

/** By the error that ended its connection. */
const issuers = new WeakMap<object, string>();

/**
 * Notes who issued the certificate that a connection is refused for. It is read before it is judged: afterwards the connection is gone.
 * @returns what is to be told of the error that ends it
 */
export function noteIssuer(socket: unknown): (error: object) => void {
  let issuer = '';
  if (socket instanceof TLSSocket)
    // Node emits it when hands are shaken, and judges the certificate in a listener of its own.
    socket.prependOnceListener('secure', () => (issuer = issuerOf(socket.getPeerCertificate())));
  return (error) => {
    if (issuer !== '') issuers.set(error, issuer);
  };
}

/** Connections as another connector opens them; of those that fail it is known who issued the certificate. */
export const notingIssuers =
  (connect: buildConnector.connector): buildConnector.connector =>
  (options, callback) => {
    let note = (_error: object): void => undefined;
    const socket: unknown = connect(options, (...outcome) => {
      if (outcome[0] !== null) note(outcome[0]);
      callback(...outcome);
    });
    note = noteIssuer(socket);
  };

/** Who issued the certificate that an error is about, down the chain of its causes; empty where nobody has noted it. */
export function issuerBehind(error: unknown): string {
  const seen = new Set<object>();
  let one = error;
  while (typeof one === 'object' && one !== null && !seen.has(one)) {
    seen.add(one);
    const issuer = issuers.get(one);
    if (issuer !== undefined) return issuer;
    one = Reflect.get(one, 'cause');
  }
  return '';
}
