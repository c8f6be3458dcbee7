import { sealedSuite } from '@crmjira/domain';
import { AeadId, Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256, KdfId, KemId } from '@hpke/core';

const kems = { [KemId.DhkemP256HkdfSha256]: DhkemP256HkdfSha256 };
const kdfs = { [KdfId.HkdfSha256]: HkdfSha256 };
const aeads = { [AeadId.Aes256Gcm]: Aes256Gcm };

/** HPKE as pages and service use it. */
export const hpkeSuite = new CipherSuite({
  kem: new kems[sealedSuite.kem](),
  kdf: new kdfs[sealedSuite.kdf](),
  aead: new aeads[sealedSuite.aead](),
});
