import { setTimeout as sleep } from 'node:timers/promises';
import { classifyError } from '../errors/classify-error';
import type { IntegrationError } from '../errors/integration-error';
import { decideRetry } from './retry-table';

/** Time and chance, passed in so that tests need neither. */
export interface RetryClock {
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly random: () => number;
}

export const realRetryClock: RetryClock = { sleep: (ms) => sleep(ms), random: Math.random };

/** Errors of calls that have been repeated already, as far as the retry table goes. */
const tried = new WeakSet<IntegrationError>();

/** Marks an error that another try here and now would not change. */
export function triedEnough(error: IntegrationError): IntegrationError {
  tried.add(error);
  return error;
}

/**
 * Makes a call and repeats it as the retry table says. What a call inside it has been repeated for is not repeated for again: four
 * tries of a sign-in in each of four tries of a request would be sixteen.
 * @throws IntegrationError the last error, classified
 */
export async function withRetries<T>(
  call: () => Promise<T>,
  repeatable: boolean,
  clock: RetryClock = realRetryClock,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (cause) {
      const error = classifyError(cause);
      if (tried.has(error)) throw error;
      const decision = decideRetry(error, tries, repeatable, clock.random());
      if (!decision.retry) {
        throw triedEnough(error);
      }
      await clock.sleep(decision.afterMs);
    }
  }
}
