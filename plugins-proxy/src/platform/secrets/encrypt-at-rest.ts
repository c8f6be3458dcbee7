import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { boundBytes, fromBase64url, toBase64url } from '@crmjira/domain';
import type { ServiceKey } from './service-keys';

/** Whose secret it is and what it is called: it decrypts under these alone. */
export interface RestContext {
  readonly owner: string;
  readonly name: string;
}

/** A secret as it is stored, in base64url. */
export interface EncryptedText {
  readonly keyId: string;
  readonly nonce: string;
  /** With the tag of 16 bytes at its end. */
  readonly ciphertext: string;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

const additionalData = (keyId: string, { owner, name }: RestContext): Uint8Array =>
  boundBytes('crmjira secret at rest', '1', keyId, owner, name);

/** Encrypts with AES-256-GCM under a nonce of its own. */
export function encryptAtRest({ id, dataKey }: ServiceKey, context: RestContext, secret: string): EncryptedText {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, dataKey, nonce).setAAD(additionalData(id, context));
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { keyId: id, nonce: toBase64url(nonce), ciphertext: toBase64url(ciphertext) };
}

/** Decrypts; null where key, nonce, ciphertext or context is not what it was encrypted with. */
export function decryptAtRest({ id, dataKey }: ServiceKey, context: RestContext, stored: EncryptedText): string | null {
  const nonce = fromBase64url(stored.nonce);
  const bytes = fromBase64url(stored.ciphertext);
  if (nonce?.length !== nonceBytes || bytes === null || bytes.length < tagBytes || stored.keyId !== id) return null;
  const decipher = createDecipheriv(algorithm, dataKey, nonce, { authTagLength: tagBytes })
    .setAAD(additionalData(id, context))
    .setAuthTag(bytes.subarray(-tagBytes));
  const text = decipher.update(bytes.subarray(0, -tagBytes));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    // The only thing that the end can say: the tag does not fit.
    return null;
  }
}
