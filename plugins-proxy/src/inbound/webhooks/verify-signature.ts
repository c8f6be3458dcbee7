import { createHmac, timingSafeEqual } from 'node:crypto';

/** `sha256=` and 64 hex digits, as Jira Cloud and Data Center from 10 on send it. */
const signaturePattern = /^sha256=([0-9a-f]{64})$/i;

/** Whether a header has the form of a signature; what has not is refused before the body is read (F-303). */
export const isSignature = (header: string | undefined): boolean => signaturePattern.test(header ?? '');

/** The value of `X-Hub-Signature` for a body: what Jira computes with the webhook's secret. */
export function signBody(body: Buffer, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/**
 * Whether `header` is the HMAC of the raw body under one of the secrets (two during a rotation). All secrets are always tried, in
 * constant time each, so that an answer's duration says nothing about which one came close.
 */
export function verifySignature(body: Buffer, header: string | undefined, secrets: readonly string[]): boolean {
  const match = signaturePattern.exec(header ?? '');
  const received = Buffer.from(match?.[1] ?? '', 'hex');
  let valid = false;
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(body).digest();
    if (received.length === expected.length && timingSafeEqual(received, expected)) valid = true;
  }
  return valid;
}
