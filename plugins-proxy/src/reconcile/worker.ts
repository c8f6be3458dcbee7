import type { Logger } from 'pino';
import type { Claim, Store } from '../store/store';
import type { JobOutcome } from './run-job';

export interface WorkerOptions {
  readonly store: Store;
  readonly run: (claim: Claim) => Promise<JobOutcome>;
  readonly concurrency: number;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Milliseconds; see `leaseMs` below for the default. */
  readonly leaseMs?: number;
  readonly pollMs?: number;
}

export interface Worker {
  start(): void;
  /** Something may be due now. */
  wake(): void;
  /** Takes no more jobs and waits for those that run. */
  stop(): Promise<void>;
}

/**
 * How long a job is ours without a sign of life: after a kill another replica takes it over this much later, which must leave time to
 * reconcile within the 30 s of R-514.
 */
const defaultLeaseMs = 15_000;
/** How often the queue is looked at when nobody wakes us: retries and jobs of other replicas come due. */
const defaultPollMs = 1_000;

/** Runs due jobs, `concurrency` at a time; the store makes sure that no key runs twice at once. */
export function createWorker(options: WorkerOptions): Worker {
  const { store, logger } = options;
  const leaseMs = options.leaseMs ?? defaultLeaseMs;
  const running = new Set<Promise<void>>();
  /** What runs here, by key; under another lease token once a moved clock has ended the first one's. */
  const held = new Map<string, Claim>();
  let timer: NodeJS.Timeout | null = null;
  let stopping = false;
  let claiming = false;
  let again = false;

  async function work(claim: Claim): Promise<void> {
    const current = (): Claim => held.get(claim.key) ?? claim;
    const renewal = setInterval(() => {
      store.renew(current(), options.now().getTime(), leaseMs).catch((error: unknown) => {
        logger.warn({ job: claim.key, reason: String(error) }, 'lease not renewed');
      });
    }, leaseMs / 3);
    try {
      const outcome = await options.run(claim);
      const at = options.now().getTime();
      const kept = outcome.done
        ? await store.complete(current(), at)
        : await store.fail(current(), outcome.failure, at);
      if (!kept) logger.warn({ job: claim.key }, 'lease lost; another worker has taken over');
    } catch (error) {
      // Not even the end could be stored: the lease runs out and the job comes again.
      logger.error({ job: claim.key, reason: String(error) }, 'job ended without a result');
    } finally {
      clearInterval(renewal);
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
        while (!stopping && running.size < options.concurrency) {
          const claim = await store.claim(options.now().getTime(), leaseMs);
          if (claim === null) break;
          const ours = held.get(claim.key);
          if (ours !== undefined) {
            // A clock put forward ended its lease early: the run goes on under the new one, and answers no more touches than before.
            held.set(claim.key, { ...ours, leaseToken: claim.leaseToken });
            continue;
          }
          held.set(claim.key, claim);
          const job = work(claim).finally(() => {
            running.delete(job);
            held.delete(claim.key);
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

  function wake(): void {
    if (!stopping) void claimMore();
  }

  return {
    start: () => {
      timer = setInterval(wake, options.pollMs ?? defaultPollMs);
      wake();
    },
    wake,
    stop: async () => {
      stopping = true;
      if (timer !== null) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
