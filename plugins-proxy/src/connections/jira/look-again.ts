import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { classifyError } from '../../platform/errors/classify-error';
import { within } from '../../platform/within';

/** Milliseconds between two looks: whoever sends what cannot be verified makes nobody read Dataverse more often. */
const lookEveryMs = 10_000;
/** How long a sender waits for one, in milliseconds. */
const waitMs = 5_000;

/**
 * Reads connections again for a sender that is not known, as another replica may have taken a new secret just now. Never throws: what
 * could not be read is not known.
 */
export function lookAgain(
  refresh: () => Promise<void>,
  logger: Pick<Logger, 'warn'>,
  now: () => number = () => performance.now(),
): () => Promise<void> {
  let lookedAt = -Infinity;
  let looking: Promise<void> = Promise.resolve();
  return async () => {
    if (now() - lookedAt >= lookEveryMs) {
      lookedAt = now();
      looking = refresh().catch((thrown: unknown) => {
        logger.warn({ reason: classifyError(thrown).message }, 'connections not read again for an unknown sender');
      });
    }
    await within(looking, waitMs, (ms, signal) => wait(ms, undefined, { signal, ref: false }));
  };
}
