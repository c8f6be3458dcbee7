import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { jobKey } from '../../queue/job-key';
import type { Store } from '../../queue/store/store';
import { type DailyClock, dueDay } from '../../platform/daily-clock';
import { readUnfinished, readUnprovisioned } from './left-behind';

export interface SweepContext {
  readonly dataverse: Pick<DataverseReader, 'many'>;
  readonly store: Pick<Store, 'jobs' | 'enqueue' | 'readCursor' | 'writeCursor'>;
  readonly connectionIds: () => readonly string[];
  /** `crmjira_BudgetThreshold`, in major units. */
  readonly threshold: () => Promise<number>;
  readonly clock: () => Promise<DailyClock>;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly wake: () => void;
}

/** What a sweep came upon. */
export interface Swept {
  readonly on: string;
  /** Records that have something left to do and had no job for it. */
  readonly found: number;
}

/** Local day of the last sweep that took in Drafts and dead jobs. */
const thoroughCursor = 'sweep';

/**
 * Queues every record that qualifies and has no job, whatever lost it: an environment that nobody had confirmed, a backup that was
 * restored, a threshold that was lowered (F-202). Once a day Drafts are looked at too, as their approval may have been missed, and jobs
 * that were given up begin anew; more often that would only repeat their failures.
 */
export async function sweep(context: SweepContext): Promise<Swept> {
  const { dataverse, store, connectionIds, now, logger } = context;
  const day = dueDay(now(), await context.clock());
  const thorough = ((await store.readCursor(thoroughCursor)) ?? '') < day;
  const begun = await readUnfinished(dataverse, connectionIds(), thorough);
  const ids = [...new Set([...(await readUnprovisioned(dataverse, await context.threshold())), ...begun])];
  const jobs = new Map((await store.jobs(ids.map((id) => jobKey('opportunity', id)))).map((job) => [job.key, job]));
  const keys = ids
    .map((id) => jobKey('opportunity', id))
    .filter((key) => {
      const state = jobs.get(key)?.state ?? 'done';
      return state === 'done' || (thorough && state === 'dead');
    });
  const at = now().getTime();
  const correlationId = randomUUID();
  await store.enqueue(keys.map((key) => ({ key, at, correlationId })));
  if (thorough) await store.writeCursor(thoroughCursor, day);
  if (keys.length > 0) {
    logger.warn({ found: keys.length, thorough, correlationId }, 'records without a job found and queued');
    context.wake();
  }
  return { on: now().toISOString(), found: keys.length };
}
