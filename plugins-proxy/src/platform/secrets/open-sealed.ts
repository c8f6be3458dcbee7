import { type SealedContext, sealedHeader, sealedInfo, type SealedRefusal, type SealedSecret } from '@crmjira/domain';
import { hpkeSuite } from './hpke-suite';
import type { Keyring } from './service-keys';

/** A secret, or why there is none. */
export type Opened = { readonly secret: string } | { readonly refusal: SealedRefusal };

/** Opens what a page has sealed; it opens only for the context that it was sealed for. */
export async function openSealed(keyring: Keyring, sealed: SealedSecret, context: SealedContext): Promise<Opened> {
  const key = await keyring.find(sealed.keyId);
  if (key === null) return { refusal: 'unknown-key' };
  const recipientKey = await key.sealingKeys();
  const info = sealedInfo(context);
  try {
    const bytes = await hpkeSuite.open(
      { recipientKey, enc: sealed.enc, info },
      sealed.ciphertext,
      sealedHeader(sealed.keyId),
    );
    return { secret: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    // The library says only that it did not open, and which of the bound values differs cannot be known.
    return { refusal: 'not-bound' };
  }
}
