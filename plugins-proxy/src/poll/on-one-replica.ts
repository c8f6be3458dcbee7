import { randomUUID } from 'node:crypto';
import type { Store } from '../store/store';

/** Work that only one of several replicas does at a time. */
export interface Alone {
  run(): Promise<void>;
  /** Gives the turn back at once, so that a replica that stops doesn't keep the others waiting. */
  release(): Promise<void>;
}

/**
 * Does `work` only while this process holds the lease `name` of the shared store. The lease outlives a run, so the same replica keeps
 * the schedule; when it dies another takes over after `leaseMs`.
 * @param elsewhere told when another replica has the lease
 */
export function onOneReplica(
  store: Pick<Store, 'lease'>,
  name: string,
  leaseMs: number,
  work: () => Promise<void>,
  elsewhere: () => void = () => undefined,
): Alone {
  const holder = randomUUID();
  const hold = (ms: number): Promise<boolean> => store.lease(name, holder, ms);
  let held = false;
  return {
    run: async () => {
      held = await hold(leaseMs);
      if (!held) return elsewhere();
      // A lease that can't be renewed runs out; the work is level-triggered, so a second replica at it repeats and doubles nothing.
      const renewal = setInterval(() => void hold(leaseMs).catch(() => undefined), leaseMs / 3);
      try {
        await work();
      } finally {
        clearInterval(renewal);
      }
    },
    release: async () => {
      if (held) await hold(0);
      held = false;
    },
  };
}
