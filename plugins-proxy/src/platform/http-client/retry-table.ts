import type { IntegrationError } from '../errors/integration-error';

/** What to do with a failed call, here and now. Whatever is not retried here ends the run; the job then waits and starts over. */
export type RetryDecision = { readonly retry: false } | { readonly retry: true; readonly afterMs: number };

/** Tries of one call, the first included. */
export const maximumTries = 4;
/** First pause between two tries in milliseconds; it doubles with each. */
export const firstPauseMs = 250;
/** Longest pause inside a run: a worker does not sleep for longer, it gives its place to another key. */
export const longestPauseMs = 5_000;

/**
 * Answers that say the request was not carried out, so that even a write may be repeated: 401 needs a new token first (transient
 * only where there is one to be had), 408 and 425 were not accepted, 429 was refused by a limiter.
 */
const notCarriedOut = new Set([401, 408, 425, 429]);
/** Answers after which only repeatable calls are repeated: the write may have happened. */
const perhapsCarriedOut = new Set([500, 502, 503, 504]);

/** Whether nobody knows if the other side did what it was asked to: the answer was lost, or came from something in between. */
export function wasPerhapsCarriedOut(error: IntegrationError): boolean {
  if (error.errorClass !== 'transient') return false;
  return error.status === undefined || perhapsCarriedOut.has(error.status);
}

/**
 * The one retry table (Jira and Dataverse alike).
 * @param tries how often the call has been made so far
 * @param repeatable true when a second call has no second effect
 * @param random 0…1, spreads the pauses of many workers
 */
export function decideRetry(
  error: IntegrationError,
  tries: number,
  repeatable: boolean,
  random: number,
): RetryDecision {
  if (error.errorClass !== 'transient' || tries >= maximumTries) return { retry: false };
  const refusedOnly = error.status !== undefined && notCarriedOut.has(error.status);
  const unsure = wasPerhapsCarriedOut(error);
  if (!refusedOnly && !(unsure && repeatable)) return { retry: false };
  if (error.retryAfterMs !== undefined) {
    // Asked to wait for longer than a run should sleep: the job's own retry date honours it.
    return error.retryAfterMs > longestPauseMs ? { retry: false } : { retry: true, afterMs: error.retryAfterMs };
  }
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1));
  return { retry: true, afterMs: Math.round(pause / 2 + (pause / 2) * random) };
}
