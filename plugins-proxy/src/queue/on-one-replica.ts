import { randomUUID } from 'node:crypto';
import type { Store } from './store/store';
import { pauseAfter } from '../platform/repeat';

/** Work that only one of several replicas does at a time. */
export interface Alone {
  /** To be called more often than the lease lasts: keeps or takes the turn, and works when it is time. */
  run(): Promise<void>;
  /** Gives the turn back at once, so that a replica that stops doesn't keep the others waiting. */
  release(): Promise<void>;
}

/** How often a turn comes round, and how long it is kept without a sign of life; milliseconds. */
export interface Turn {
  readonly everyMs: number;
  readonly leaseMs: number;
}

/**
 * Does `work` only while this process holds the lease `name` of the shared store, `everyMs` after its last end. The lease is renewed
 * between the runs too, so that it can be short: when its replica dies another takes over after `leaseMs`, and works at once (F-510).
 * @param elsewhere told when another replica has the lease
 * @param clock milliseconds that never jump
 */
export function onOneReplica(
  store: Pick<Store, 'lease'>,
  name: string,
  { everyMs, leaseMs }: Turn,
  work: () => Promise<void>,
  elsewhere: () => void = () => undefined,
  clock: () => number = () => performance.now(),
): Alone {
  const holder = randomUUID();
  const hold = (ms: number): Promise<boolean> => store.lease(name, holder, ms);
  let held = false;
  let endedAt: number | null = null;
  let failed = false;
  return {
    run: async () => {
      held = await hold(leaseMs);
      if (!held) {
        endedAt = null;
        return elsewhere();
      }
      if (endedAt !== null && clock() - endedAt < pauseAfter(everyMs, failed)) return;
      // A lease that can't be renewed runs out; the work is level-triggered, so a second replica at it repeats and doubles nothing.
      const renewal = setInterval(() => void hold(leaseMs).catch(() => undefined), leaseMs / 3);
      failed = true;
      try {
        await work();
        failed = false;
      } finally {
        endedAt = clock();
        clearInterval(renewal);
      }
    },
    release: async () => {
      if (held) await hold(0);
      held = false;
    },
  };
}
