import type { IntegrationError } from '../platform/errors/integration-error';

/** Seconds. Trouble that passes: soon at first, every ten minutes at last. */
const transientFirst = 2;
const transientLongest = 600;
/** An administrator has to act: no hurry, and no endless retry (T6). */
const configurationFirst = 60;
const configurationLongest = 3_600;

/**
 * Tries until a job goes to the dead letters (R-1406): half a day of what an administrator has to end. Trouble that passes by itself is
 * never given up, however long it lasts (F-501).
 */
export const attemptLimit: Readonly<Record<IntegrationError['errorClass'], number>> = {
  transient: Infinity,
  configuration: 15,
  // The same input gives the same refusal: the next event, or a person, starts it again.
  permanent: 1,
};

/** Tries of an error that nobody has foreseen, about two hours: most likely a mistake of ours, which no side's recovery ends. */
export const unexpectedLimit = 20;

/**
 * Tries until an address that has never answered as Jira is given up: half a minute of pauses, which outlasts the reload of a proxy. Few,
 * as nothing has ever worked at that address, an administrator waits to be told, and what is given up is run again on request.
 */
export const wrongAddressTries = 5;

/**
 * When a failed job is tried again, in milliseconds from now; null = never by itself.
 * @param attempts failures in a row, this one included
 * @param random 0…1
 */
export function retryDelay(error: IntegrationError, attempts: number, random: number): number | null {
  if (error.isFinal || attempts >= (error.code === 'unexpected' ? unexpectedLimit : attemptLimit[error.errorClass]))
    return null;
  const transient = error.errorClass === 'transient';
  const first = transient ? transientFirst : configurationFirst;
  const longest = transient ? transientLongest : configurationLongest;
  const seconds = Math.min(longest, first * 2 ** (attempts - 1));
  const jittered = Math.round(1_000 * seconds * (0.75 + random / 2));
  return Math.max(jittered, error.retryAfterMs ?? 0);
}
