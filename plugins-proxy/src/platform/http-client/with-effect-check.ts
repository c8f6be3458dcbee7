import { classifyError } from '../errors/classify-error';
import { decideRetry, wasPerhapsCarriedOut } from './retry-table';
import { type RetryClock, realRetryClock } from './with-retries';

/** What a look at the other side says about a write whose answer was lost. */
export type Effect<T> =
  | { readonly state: 'there'; readonly value: T }
  /** It did not take effect: it may be sent again. */
  | { readonly state: 'none' }
  /** Nobody can tell yet, as what would show it lags behind: nothing is sent again in this run. */
  | { readonly state: 'unsure' };

/**
 * Makes a call that must not be made twice. Where its answer is lost it is looked for first and repeated only when it did not take
 * effect.
 * @throws IntegrationError the last error, classified; the error of the check when that fails
 */
export async function withEffectCheck<T>(
  call: () => Promise<T>,
  check: () => Promise<Effect<T>>,
  clock: RetryClock = realRetryClock,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (cause) {
      const error = classifyError(cause);
      const decision = decideRetry(error, tries, true, clock.random());
      const unsure = wasPerhapsCarriedOut(error);
      if (!decision.retry && !unsure) throw error;
      if (decision.retry) await clock.sleep(decision.afterMs);
      if (unsure) {
        const effect = await check();
        if (effect.state === 'there') return effect.value;
        if (effect.state === 'unsure') throw error;
      }
      if (!decision.retry) throw error;
    }
  }
}
