import {
  type SealedContext,
  fromBase64url,
  sealedHeader,
  sealedInfo,
  sealedSuite,
  secretBytes,
  writeSealed,
} from '@crmjira/domain';
import { AeadId, Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256, KdfId, KemId } from '@hpke/core';

const kems = { [KemId.DhkemP256HkdfSha256]: DhkemP256HkdfSha256 };
const kdfs = { [KdfId.HkdfSha256]: HkdfSha256 };
const aeads = { [AeadId.Aes256Gcm]: Aes256Gcm };

/** A row of `crmjira_service_key`: to whom a page encrypts. */
export interface ServicePublicKey {
  readonly keyId: string;
  /** Uncompressed point of P-256, base64url. */
  readonly publicKey: string;
}

/**
 * Encrypts a secret so that only the service reads it, and only for this person, environment, command and host (ADR-23).
 * The text goes into `crmjira_command.crmjira_sealed`; the caller forgets the secret.
 * @throws DomainError `secret-empty`, `secret-too-long`, `invalid-id`, `invalid-address`; Error where the public key is none
 */
export async function sealSecret(key: ServicePublicKey, context: SealedContext, secret: string): Promise<string> {
  const plaintext = secretBytes(secret);
  const info = sealedInfo(context);
  const suite = new CipherSuite({
    kem: new kems[sealedSuite.kem](),
    kdf: new kdfs[sealedSuite.kdf](),
    aead: new aeads[sealedSuite.aead](),
  });
  const point = fromBase64url(key.publicKey);
  if (point === null) throw new Error('The public key of the service cannot be read.');
  const recipientPublicKey = await suite.kem.deserializePublicKey(point);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, plaintext, sealedHeader(key.keyId));
  return writeSealed({ keyId: key.keyId, enc: new Uint8Array(enc), ciphertext: new Uint8Array(ct) });
}
