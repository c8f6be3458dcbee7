import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlanOutdated } from '../../../platform/errors/plan-outdated';
import type { TimeParts } from './time-parts';

/** How long a turn lasts when its holder dies, in milliseconds: longer than a write with its retries. */
const turnMs = 60_000;
const lookMs = 100;
const patienceMs = 20_000;

/** The right to write worklogs of one issue, alone among all replicas. */
export interface IssueTurn {
  /** Waits for it. @throws PlanOutdated when others keep it for long */
  take(issueId: string): Promise<void>;
  giveBack(): Promise<void>;
}

export function issueTurn({ store }: Pick<TimeParts, 'store'>, integrationId: () => string): IssueTurn {
  const holder = randomUUID();
  let held: string | null = null;
  const giveBack = async (): Promise<void> => {
    const name = held;
    held = null;
    if (name !== null) await store.lease?.(name, holder, 0);
  };
  return {
    giveBack,
    take: async (issueId) => {
      const name = `worklogs:${integrationId()}/${issueId}`;
      if (held === name) return;
      await giveBack();
      for (let waited = 0; waited < patienceMs; waited += lookMs) {
        if (store.lease === undefined || (await store.lease(name, holder, turnMs))) {
          held = name;
          return;
        }
        await sleep(lookMs);
      }
      throw new PlanOutdated('other records are being written to the issue');
    },
  };
}
