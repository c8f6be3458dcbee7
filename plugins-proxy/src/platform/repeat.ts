import type { Logger } from 'pino';
import { classifyError } from './errors/classify-error';

/** Something that is done again and again. */
export interface Repeated {
  start(): void;
  stop(): Promise<void>;
}

/** What failed is done again after this, in milliseconds at most: once a side answers again, nothing waits for an hourly turn. */
const retryMs = 30_000;

/** Pause after a turn, in milliseconds. Pure. */
export const pauseAfter = (everyMs: number, failed: boolean): number => (failed ? Math.min(everyMs, retryMs) : everyMs);

/** Does `work` at once and then `everyMs` after each end, sooner after a failure; never twice at a time, and no failure ends it. */
export function repeat(name: string, everyMs: number, logger: Logger, work: () => Promise<void>): Repeated {
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let current: Promise<void> = Promise.resolve();

  const next = (): void => {
    current = work()
      .then(
        () => false,
        (error: unknown) => {
          logger.warn({ name, reason: classifyError(error).message }, 'repeated work failed');
          return true;
        },
      )
      .then((failed) => {
        if (!stopped) timer = setTimeout(next, pauseAfter(everyMs, failed));
      });
  };

  return {
    start: next,
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await current;
    },
  };
}
