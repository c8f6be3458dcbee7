/**
 * HPKE (RFC 9180) as pages seal and the service opens, by the ids of its registries: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
 * Both sides build their suite from these: what one does not have does not compile.
 */
export const sealedSuite = { kem: 0x0010, kdf: 0x0001, aead: 0x0002 } as const;

/** Of the encapsulated key: an uncompressed point of P-256. */
export const encBytes = 65;
/** Of the authentication tag that ends a ciphertext. */
export const tagBytes = 16;
/** With what `info` begins, so that no other use of the same key gives the same. */
export const sealedPurpose = 'crmjira sealed secret';
