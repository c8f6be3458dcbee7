import { randomUUID } from 'node:crypto';
import { jobKey } from '../../queue/job-key';
import { type DailyClock, dueDay } from '../../platform/daily-clock';
import type { PollContext } from './poll-changes';
import { finishSyncRun, type SyncRun, type SyncRunContext, syncRunCursor } from './sync-run';
import { readSyncedMappings } from './synced-mappings';

export interface DailySyncContext {
  /** The time that the environment's settings name. */
  readonly clock: () => Promise<DailyClock>;
}

/**
 * Queues every active mapping once a day and later writes how it went; a run missed while the service was down is made up
 * for at start. The workers of all replicas share the jobs, WORKERS of them at a time each.
 */
export async function dailySync(context: PollContext & SyncRunContext & DailySyncContext): Promise<void> {
  await finishSyncRun(context);
  const day = dueDay(context.now(), await context.clock());
  // Not the day before either, when the time was put to later today.
  if (((await context.store.readCursor('daily')) ?? '') >= day) return;
  const mappings = await readSyncedMappings(context.dataverse, context.connectionIds());
  // Nothing is linked yet: a run that checked nothing is not worth a row.
  if (mappings.length === 0) {
    await context.store.writeCursor('daily', day);
    context.logger.info({ day, queued: 0 }, 'daily sync queued');
    return;
  }
  const at = context.now().getTime();
  const correlationId = randomUUID();
  const run: SyncRun = {
    day,
    correlationId,
    startedAt: at,
    figures: Object.fromEntries(mappings.map(({ opportunityId, figures }) => [opportunityId, figures])),
  };
  const ids = Object.keys(run.figures);
  // The run before the jobs: cut off in between, the day is queued again and the run's row is still written once.
  await context.store.writeCursor(syncRunCursor, JSON.stringify(run));
  await context.store.enqueue(
    ids.map((id) => ({ key: jobKey('opportunity', id), at, correlationId, trigger: 'daily-sync' as const })),
  );
  await context.store.writeCursor('daily', day);
  context.logger.info({ day, queued: ids.length, correlationId }, 'daily sync queued');
  context.wake();
}
