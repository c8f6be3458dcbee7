import { setTimeout } from 'node:timers/promises';

/** Ends after so many milliseconds, or when it is given up. */
const pause = (ms: number, signal: AbortSignal): Promise<unknown> => setTimeout(ms, null, { signal });

/**
 * What became of work in the milliseconds that it is given; null: nothing yet. What becomes of it later nobody asks.
 * @throws what the work throws in time
 */
export async function within<T>(
  work: Promise<T>,
  ms: number,
  wait: typeof pause = pause,
): Promise<{ readonly value: T } | null> {
  const inVain = new AbortController();
  const late = wait(ms, inVain.signal).then(
    () => null,
    () => null,
  );
  try {
    return await Promise.race([work.then((value) => ({ value })), late]);
  } finally {
    inVain.abort();
  }
}
