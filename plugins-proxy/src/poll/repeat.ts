import type { Logger } from 'pino';
import { classifyError } from '../errors/classify-error';

/** Something that is done again and again. */
export interface Repeated {
  start(): void;
  stop(): Promise<void>;
}

/** Does `work` at once and then `everyMs` after each end; never twice at a time, and no failure ends it. */
export function repeat(name: string, everyMs: number, logger: Logger, work: () => Promise<void>): Repeated {
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let current: Promise<void> = Promise.resolve();

  const next = (): void => {
    current = work()
      .catch((error: unknown) => {
        logger.warn({ name, reason: classifyError(error).message }, 'repeated work failed');
      })
      .then(() => {
        if (!stopped) timer = setTimeout(next, everyMs);
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
