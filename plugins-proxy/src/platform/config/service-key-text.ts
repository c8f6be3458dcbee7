/** Bytes of a key of the service: what AES-256 needs. */
const serviceKeyBytes = 32;

/** How a key is given, for messages. */
export const serviceKeyForm = '32 random bytes in base64, as "openssl rand -base64 32" writes them';

/** The bytes of a key that is given as text; null when they are no 32. Both alphabets of base64 are taken. */
export function serviceKeyFrom(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  const written = [bytes.toString('base64'), bytes.toString('base64url')].map((one) => one.replace(/=+$/, ''));
  return bytes.length === serviceKeyBytes && written.includes(text.replace(/=+$/, '')) ? bytes : null;
}
