import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';

const dayMs = 86_400_000;
/** A server that doesn't show its certificate within this, in milliseconds, is left for the connection alert. */
const handshakeMs = 5_000;

/** Days, with fractions, until the end of that UTC day; negative once it is over. */
export function daysUntilEndOf(day: string, now: Date): number {
  return (Date.parse(`${day}T00:00:00Z`) + dayMs - now.getTime()) / dayMs;
}

/** Days, with fractions, until a certificate ends; of a chain, its first. @throws Error for what is none */
export function daysUntilCertificateEnds(pem: string, now: Date): number {
  return (Date.parse(new X509Certificate(pem).validTo) - now.getTime()) / dayMs;
}

/**
 * Days until the certificate of an https address ends; null for http. An expired one is measured as well, so nothing is verified
 * here, and nothing is sent.
 * @throws Error when there is no TLS server
 */
export async function certificateDaysLeft(address: string, now: Date): Promise<number | null> {
  const url = new URL(address);
  if (url.protocol !== 'https:') return null;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const validTo = await new Promise<string>((resolve, reject) => {
    const socket = connect({ host, port: Number(url.port || 443), servername: host, rejectUnauthorized: false });
    socket.setTimeout(handshakeMs, () => socket.destroy(new Error(`no TLS handshake after ${handshakeMs} ms`)));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate().valid_to);
      socket.destroy();
    });
  });
  return (Date.parse(validTo) - now.getTime()) / dayMs;
}
