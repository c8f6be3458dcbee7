import { isDeepStrictEqual } from 'node:util';
import type { Renewable } from '../../platform/secrets/renewable';

/** After a look that found nothing new, the next refusal looks again only this much later, in milliseconds. */
const pauseMs = 10_000;

/**
 * How a connection signs in, looked up anew when that is refused. Many calls may be refused for the same one at a time: one look serves
 * them all, and a credential that stays refused costs the vault a look in ten seconds.
 * @param look finds the credential, as it may be remembered
 * @param forget has the next look find it as it is
 */
export async function connectionSignIn<T>(
  look: () => Promise<T>,
  forget: () => void,
  now: () => number,
): Promise<Renewable<T>> {
  let held = await look();
  let looking: Promise<void> | null = null;
  let notBefore = 0;

  async function lookAgain(): Promise<void> {
    notBefore = now() + pauseMs;
    forget();
    const found = await look();
    if (isDeepStrictEqual(found, held)) return;
    held = found;
    notBefore = 0;
  }

  return {
    current: () => held,
    renew: async (refused) => {
      if (isDeepStrictEqual(refused, held) && (looking !== null || now() >= notBefore))
        await (looking ??= lookAgain().finally(() => (looking = null)));
      return !isDeepStrictEqual(refused, held);
    },
  };
}
