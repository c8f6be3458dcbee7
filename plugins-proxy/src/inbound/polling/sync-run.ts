import { derivedId, IntegrationStatus, OperationType, SourceSystem, tables } from '@crmjira/domain';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { jobKey } from '../../queue/job-key';
import type { QueuedJob, Store } from '../../queue/store/store';
import { anyStatus, readSyncedMappings, type SyncedMapping } from './synced-mappings';
import { writeOnce } from '../../clients/dataverse/write-once';

export interface SyncRunContext {
  readonly dataverse: DataverseClient;
  readonly store: Store;
  readonly logger: Logger;
  readonly now: () => Date;
  /** The first connection, by which the run's own rows are told apart. */
  readonly connectionId: string;
  readonly connectionIds: () => readonly string[];
  /** How long a run may take, in milliseconds (PT10M, R-604): what has not ended by then is counted as failed; it is still worked on. */
  readonly limitMs: () => Promise<number>;
  /** Told of the sums of a run that has ended. */
  readonly onSynced?: (summary: SyncSummary) => void;
}

/** Jobs of a run that are looked at together. */
const jobsTogether = 500;

/** Where a run that is under way is kept, for whichever replica ends it. */
export const syncRunCursor = 'daily.run';

const syncRun = z.object({
  day: z.string(),
  correlationId: z.string(),
  startedAt: z.number(),
  /** opportunity → its mapping's figures before the run */
  figures: z.record(z.string(), z.string()),
});
export type SyncRun = z.output<typeof syncRun>;

/** Sums of a run. */
export interface SyncSummary {
  readonly checked: number;
  readonly changed: number;
  readonly discrepancies: number;
  readonly failed: number;
  readonly durationMs: number;
}

/** The sums once nothing is waited for any more, or the run's time is over; else null. Pure. */
export function summarize(
  run: SyncRun,
  jobs: readonly Pick<QueuedJob, 'state' | 'at'>[],
  mappings: readonly SyncedMapping[],
  { now, limitMs }: { readonly now: number; readonly limitMs: number },
): SyncSummary | null {
  const late = now - run.startedAt >= limitMs;
  if (!late && jobs.some((job) => job.state === 'waiting')) return null;
  const ours = mappings.filter((mapping) => mapping.opportunityId in run.figures);
  const ends = jobs.filter((job) => job.state === 'done').map((job) => job.at);
  return {
    checked: Object.keys(run.figures).length,
    changed: ours.filter((mapping) => mapping.figures !== run.figures[mapping.opportunityId]).length,
    discrepancies: ours.filter((mapping) => mapping.differs).length,
    failed: jobs.filter((job) => job.state !== 'done').length,
    durationMs: Math.max(0, Math.min(now, Math.max(run.startedAt, ...ends)) - run.startedAt),
  };
}

async function writeSummary(context: SyncRunContext, run: SyncRun, summary: SyncSummary): Promise<void> {
  const { entitySet } = tables.crmjira_integration_log;
  const { checked, changed, discrepancies, failed, durationMs } = summary;
  const columns = {
    crmjira_operation_type: OperationType.Sync,
    crmjira_source_system: SourceSystem.Jira,
    crmjira_source_record_id: context.connectionId,
    crmjira_integration_status: failed === 0 ? IntegrationStatus.Success : IntegrationStatus.Failed,
    crmjira_event_type: 'daily_sync',
    crmjira_records_processed: checked,
    crmjira_duration_ms: Math.round(durationMs),
    crmjira_correlation_id: run.correlationId,
    crmjira_error_message: `Daily sync ${run.day}: ${checked} checked, ${changed} changed, ${discrepancies} discrepancies, ${failed} failed.`,
  };
  const id = derivedId(context.connectionId, 'daily-sync', run.day);
  // A run that was cut off right after has written it.
  await writeOnce(context.dataverse, { op: 'create', collection: entitySet, id, columns });
}

type EndedJob = Parameters<typeof summarize>[1][number];

/**
 * How the jobs of a run ended; null while it is under way. From the last on, as what was queued last is done last: most looks find it
 * under way.
 */
async function endsOf(store: Store, run: SyncRun, time: Parameters<typeof summarize>[3]): Promise<EndedJob[] | null> {
  const keys = Object.keys(run.figures).map((id) => jobKey('opportunity', id));
  const found: EndedJob[] = [];
  for (let end = keys.length; end > 0; end -= jobsTogether) {
    const jobs = await store.jobs(keys.slice(Math.max(0, end - jobsTogether), end));
    if (summarize(run, jobs, [], time) === null) return null;
    found.push(...jobs.map(({ state, at }) => ({ state, at })));
  }
  return found;
}

/** Writes the row of a run whose jobs have all ended or failed, or whose time is over; does nothing while there is none. */
export async function finishSyncRun(context: SyncRunContext): Promise<void> {
  const cursor = await context.store.readCursor(syncRunCursor);
  if (cursor === null || cursor === '') return;
  const run = syncRun.parse(JSON.parse(cursor));
  const time = { now: context.now().getTime(), limitMs: await context.limitMs() };
  const jobs = await endsOf(context.store, run, time);
  if (jobs === null) return;
  const summary = summarize(
    run,
    jobs,
    await readSyncedMappings(context.dataverse, context.connectionIds(), anyStatus),
    time,
  );
  if (summary === null) return;
  await writeSummary(context, run, summary);
  await context.store.writeCursor(syncRunCursor, '');
  context.onSynced?.(summary);
  context.logger.info({ day: run.day, correlationId: run.correlationId, ...summary }, 'daily sync ended');
}
