import type { Logger } from 'pino';
import type { Config } from '../../platform/config/read-config';
import { classifyError } from '../../platform/errors/classify-error';
import type { ProbeResult } from '../../platform/errors/probe-result';
import { troubleOf } from '../../platform/errors/probe-result';
import { type Alone, onOneReplica } from '../../queue/on-one-replica';
import { repeat, type Repeated } from '../../platform/repeat';
import type { Store } from '../../queue/store/store';

/**
 * A replica that died keeps a schedule from the others for this long, in milliseconds, however seldom it comes round: as long as it
 * keeps a job (worker.ts).
 */
const leaseMs = 15_000;

/** Takes what is to be done again and again, and does it from `start` to `stop`. */
export interface Scheduler {
  /** Repeated by every replica, `everyMs` after each end. */
  each(name: string, everyMs: number, work: () => Promise<void>): void;
  /**
   * Repeated by one replica at a time (the store's lease), so that a schedule runs once however many there are.
   * @param elsewhere told when another replica has the turn: figures that were had of it would stand still
   */
  alone(name: string, everyMs: number, work: () => Promise<void>, elsewhere?: () => void): void;
  start(): void;
  /** Aborted when the service stops: for work that takes long and can be left between two steps. */
  readonly stopping: AbortSignal;
  /** Waits for what is under way, then gives the turns to the other replicas. */
  stop(): Promise<void>;
}

/** @param unfinished told of work whose last turn failed, until one goes well: it waits for a retry as a job does (F-207) */
export function createScheduler(
  config: Pick<Config, 'store'>,
  store: Pick<Store, 'lease'>,
  logger: Logger,
  unfinished: Map<string, ProbeResult>,
): Scheduler {
  const repeated: Repeated[] = [];
  const turns: Alone[] = [];
  const stopping = new AbortController();
  const every = (name: string, everyMs: number, run: () => Promise<void>): void => {
    repeated.push(repeat(name, everyMs, logger, run));
  };
  const told = (name: string, work: () => Promise<void>) => async (): Promise<void> => {
    try {
      await work();
      unfinished.delete(name);
    } catch (error) {
      unfinished.set(name, troubleOf(classifyError(error)));
      throw error;
    }
  };
  const each: Scheduler['each'] = (name, everyMs, work) => every(name, everyMs, told(name, work));
  return {
    each,
    alone: (name, everyMs, work, elsewhere) => {
      // A SQLite file has one owner: a lease would only make a restarted process wait for the one that died.
      if (config.store.kind === 'sqlite') return each(name, everyMs, work);
      const turn = onOneReplica(store, name, { everyMs, leaseMs }, told(name, work), () => {
        unfinished.delete(name);
        elsewhere?.();
      });
      turns.push(turn);
      every(name, Math.min(everyMs, leaseMs / 3), turn.run);
    },
    start: () => {
      for (const one of repeated) one.start();
    },
    stopping: stopping.signal,
    stop: async () => {
      stopping.abort();
      await Promise.all(repeated.map((one) => one.stop()));
      for (const turn of turns)
        await turn.release().catch((error: unknown) => {
          logger.warn({ reason: classifyError(error).message }, 'a schedule is handed over late');
        });
    },
  };
}
