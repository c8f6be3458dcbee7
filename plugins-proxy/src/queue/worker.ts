import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Current, current } from '../platform/http-client/current';
import type { Claim, Failure, Store } from './store/store';

/** How a job ended: done, or failed with a retry date. */
export type JobOutcome = { readonly done: true } | { readonly done: false; readonly failure: Failure };

export interface WorkerOptions {
  readonly store: Store;
  readonly run: (claim: Claim) => Promise<JobOutcome>;
  /** Jobs at one time; asked before each is taken. */
  readonly concurrency: Current<number>;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Milliseconds; see `leaseMs` below for the default. */
  readonly leaseMs?: number;
  readonly pollMs?: number;
}

export interface Worker {
  start(): void;
  /** Something may be due now, or in so many milliseconds. */
  wake(afterMs?: number): void;
  /** Takes no more jobs and waits for those that run. */
  stop(): Promise<void>;
}

/** A run under way. */
interface Held {
  readonly claim: Claim;
  /** The last claim of its key that came after its own. */
  newer: Claim | null;
}

/** Current lease token. */
const tokenOf = (held: Held): string => held.newer?.leaseToken ?? held.claim.leaseToken;

/**
 * How long a job is ours without a sign of life: after a kill another replica takes it over this much later, which must leave time to
 * reconcile within the 30 s of R-514.
 */
export const defaultLeaseMs = 15_000;
/** How often the queue is looked at when nobody wakes us: retries and jobs of other replicas come due. */
const defaultPollMs = 1_000;

/**
 * What has come for a key during its run rests as long as that took, at most this many milliseconds: the busier both sides are, the
 * more events share a run (R-1307), and no key keeps a worker all the time. Far below the 30 s of R-514.
 */
const longestRestMs = 5_000;

/** Runs due jobs, `concurrency` at a time; the store makes sure that no key runs twice at once. */
export function createWorker(options: WorkerOptions): Worker {
  const { store, logger } = options;
  const leaseMs = options.leaseMs ?? defaultLeaseMs;
  const pollMs = options.pollMs ?? defaultPollMs;
  const running = new Set<Promise<void>>();
  /** What runs here, by key. */
  const held = new Map<string, Held>();
  let timer: NodeJS.Timeout | null = null;
  let stopping = false;
  const stopped = new AbortController();
  let claiming = false;
  let again = false;
  /** A claim has failed: it may have been committed all the same, and its answer lost. */
  let unsure = false;

  /**
   * Tries until the store takes the end of a run: a store that comes back is told at once, instead of when the lease has run out. Whoever
   * took the job over meanwhile is safe from it, since the end counts only with the token of a lease that still holds.
   */
  async function storeEnd(key: string, end: () => Promise<boolean>): Promise<boolean> {
    for (;;) {
      try {
        return await end();
      } catch (error) {
        if (stopping) throw error;
        logger.warn({ job: key, reason: String(error) }, 'the end of a job is not stored yet');
        await delay(pollMs, undefined, { signal: stopped.signal });
      }
    }
  }

  function hold(claim: Claim): Held {
    const mine: Held = { claim, newer: null };
    held.set(claim.key, mine);
    return mine;
  }

  /** Runs once and stores the end. @returns a claim of the same key that came in meanwhile and that this end did not use up */
  async function runOnce(mine: Held): Promise<Held | null> {
    const { claim } = mine;
    const renewal = setInterval(() => {
      store.renew({ ...claim, leaseToken: tokenOf(mine) }, leaseMs).catch((error: unknown) => {
        logger.warn({ job: claim.key, reason: String(error) }, 'lease not renewed');
      });
    }, leaseMs / 3);
    let used = claim.leaseToken;
    const [began, beganHere] = [options.now().getTime(), performance.now()];
    try {
      const outcome = await options.run(claim);
      const at = options.now().getTime();
      // By both clocks, so that one that is put forward or back meanwhile makes no long rest.
      const rest = Math.floor(Math.max(0, Math.min(at - began, performance.now() - beganHere, longestRestMs)));
      const kept = await storeEnd(claim.key, () => {
        used = tokenOf(mine);
        const ended = { ...claim, leaseToken: used };
        return outcome.done ? store.complete(ended, at, rest) : store.fail(ended, outcome.failure, at);
      });
      if (!kept && mine.newer === null) logger.warn({ job: claim.key }, 'lease lost; another worker has taken over');
      if (outcome.done) wake(rest);
    } catch (error) {
      // The run threw, or its end could not be stored before the stop: the lease runs out and the job comes again.
      logger.error({ job: claim.key, reason: String(error) }, 'job ended without a result');
    } finally {
      clearInterval(renewal);
    }
    if (mine.newer !== null && mine.newer.leaseToken !== used) return hold(mine.newer);
    held.delete(claim.key);
    return null;
  }

  async function work(first: Held): Promise<void> {
    let run: Held | null = first;
    while (run !== null) run = await runOnce(run);
  }

  async function claimNext(): Promise<Claim | null> {
    try {
      if (unsure) {
        const count = await store.giveBackExcept([...held.values()].map(tokenOf));
        if (count > 0) logger.warn({ count }, 'jobs claimed without an answer are given back');
        unsure = false;
      }
      return await store.claim(options.now().getTime(), leaseMs);
    } catch (error) {
      unsure = true;
      throw error;
    }
  }

  async function claimMore(): Promise<void> {
    if (claiming) {
      again = true;
      return;
    }
    claiming = true;
    try {
      do {
        again = false;
        while (!stopping && running.size < current(options.concurrency)) {
          const claim = await claimNext();
          if (claim === null) break;
          const ours = held.get(claim.key);
          if (ours !== undefined) {
            // Its lease ran out while the store was away, or its end is just being stored: either way it is for who runs it.
            ours.newer = claim;
            continue;
          }
          const job = work(hold(claim)).finally(() => {
            running.delete(job);
            wake();
          });
          running.add(job);
        }
      } while (again && !stopping);
    } catch (error) {
      logger.error({ reason: String(error) }, 'queue not readable');
    } finally {
      claiming = false;
    }
  }

  function wake(afterMs = 0): void {
    if (stopping) return;
    if (afterMs > 0) setTimeout(wake, afterMs).unref();
    else void claimMore();
  }

  return {
    start: () => {
      timer = setInterval(wake, pollMs);
      wake();
    },
    wake,
    stop: async () => {
      stopping = true;
      stopped.abort();
      if (timer !== null) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
