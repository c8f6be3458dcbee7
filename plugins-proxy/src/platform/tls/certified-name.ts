import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/**
 * The first allowed name that the client's certificate carries: as a DNS name of its alternative names, letter for letter (a wildcard
 * stands for nobody), or as its common name. Only certificates that the configured authority has signed and that are valid count.
 * @returns null where there is no such certificate
 */
export function certifiedName(socket: Socket, allowed: readonly string[]): string | null {
  if (allowed.length === 0 || !(socket instanceof TLSSocket) || !socket.authorized) return null;
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return null;
  const commonName = socket.getPeerCertificate().subject.CN;
  const isNamed = (name: string): boolean =>
    commonName === name || certificate.checkHost(name, { subject: 'never', wildcards: false }) !== undefined;
  return allowed.find(isNamed) ?? null;
}
