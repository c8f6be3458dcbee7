import { setTimeout as sleep } from 'node:timers/promises';
import { classifyError } from '../errors/classify-error';
import { decideRetry } from './retry-table';

/** Time and chance, passed in so that tests need neither. */
export interface RetryClock {
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly random: () => number;
}

export const realRetryClock: RetryClock = { sleep: (ms) => sleep(ms), random: Math.random };

/**
 * Makes a call and repeats it as the retry table says.
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
      const decision = decideRetry(error, tries, repeatable, clock.random());
      if (!decision.retry) throw error;
      await clock.sleep(decision.afterMs);
    }
  }
}
