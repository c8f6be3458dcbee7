import { randomUUID } from 'node:crypto';
import { Health, type NamedFault, SyncTrigger } from '@crmjira/domain';
import { type SavedIntegration, storedSecrets } from '../../../connections/providers/saved-integration';
import type { Store } from '../../../queue/store/store';
import { type EndedRun, type RunCounts, syncedWrite, syncLogId, syncLogRow } from '../../../reconciler/sync-log';
import { errorOfRun, faultOfIntegration } from '../fault-of-integration';
import type { IntegrationCommandParts } from '../integration-command';
import { readMappings, readPastRuns } from './run-rows';
import type { RunContext, Runner, RunResult } from './runner';
import { writeOnce } from '../../../clients/dataverse/write-once';
import { hasCode } from '../../../platform/errors/has-code';

export interface RunParts extends Pick<IntegrationCommandParts, 'dataverse' | 'secretOf' | 'now'> {
  readonly store: Pick<Store, 'lease'>;
  readonly runners: readonly Runner[];
}

export interface WantedRun extends Pick<RunContext, 'mode' | 'confirmed' | 'progress'> {
  readonly saved: SavedIntegration;
  readonly trigger: SyncTrigger;
  /** null: nobody asked for it */
  readonly actorId: string | null;
  readonly correlationId: string;
}

/** What a run came to, once its row tells of it. */
export interface EndedOnce {
  /** Id of its row. */
  readonly run: string;
  readonly counts: RunCounts;
  readonly preview: unknown;
  /** null: it succeeded */
  readonly fault: NamedFault | null;
}

const nothing: RunCounts = { processed: 0, changed: 0, removed: 0, failed: 0 };
/** How an integration does that has run; a site that logs itself is looked at all the time. Pure. */
const healthAfter = (fault: NamedFault | null, told: NamedFault | null): Health =>
  fault !== null ? Health.Down : told !== null ? Health.Degraded : Health.Healthy;
/** Without a sign of life for so long, another replica may take over; milliseconds. */
const leaseMs = 60_000;

/** Does work while no other run of the integration is under way anywhere; null: one is. */
async function alone<T>(
  store: Pick<Store, 'lease'>,
  id: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const holder = randomUUID();
  const hold = (ms: number): Promise<boolean> => store.lease(`integration-run/${id}`, holder, ms);
  if (!(await hold(leaseMs))) return null;
  const lost = new AbortController();
  const renewal = setInterval(
    () =>
      void hold(leaseMs).then(
        (held) => {
          if (!held) lost.abort();
        },
        () => undefined,
      ),
    leaseMs / 3,
  );
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(renewal);
    await hold(0);
  }
}

/**
 * Runs an integration, one run at a time over all replicas, and writes the row of the run, also where it fails (R-1610, R-1611, R-1613).
 * @returns null: another run is under way
 */
export function runOnce(parts: RunParts, runner: Runner, wanted: WantedRun): Promise<EndedOnce | null> {
  const { dataverse, secretOf, store, now } = parts;
  const { saved, trigger, mode, confirmed, progress, actorId, correlationId } = wanted;
  const { id, name, provider, settings } = saved;
  const isDryRun = mode === 'dry-run';
  return alone(store, id, async (signal) => {
    const startedAt = now();
    let result: RunResult = { counts: nothing, preview: null };
    let fault: NamedFault | null = null;
    const faultFor = (thrown: unknown): NamedFault => faultOfIntegration(provider, settings, thrown);
    try {
      const [mappings, past] = await Promise.all([readMappings(dataverse, id), readPastRuns(dataverse, id)]);
      const last = past.find(({ succeeded }) => succeeded)?.startedOn ?? null;
      const secrets = provider.secrets.parse(await storedSecrets(saved, secretOf));
      const { batchSize, brakePercent } = saved;
      result = await runner.run({
        integration: { id, name, provider: provider.code, settings, secrets, mappings, batchSize, brakePercent },
        mode,
        since: mode === 'everything' ? null : last,
        confirmed,
        dataverse,
        correlationId,
        now,
        signal,
        progress,
      });
    } catch (thrown) {
      // A run that another replica has taken over tells of itself there.
      signal.throwIfAborted();
      if (hasCode(thrown, 'interrupted')) throw thrown;
      fault = faultFor(thrown);
    }
    const told = fault ?? (result.refused == null ? null : faultFor(result.refused));
    const row: EndedRun = {
      what: 'Integration sync',
      connection: { id, name },
      trigger: isDryRun ? SyncTrigger.DryRun : trigger,
      isDryRun,
      actorId,
      correlationId,
      startedAt,
      endedAt: now(),
      counts: result.counts,
      cost: null,
      ...errorOfRun(told),
    };
    const run = runner.logsItself === undefined ? syncLogId(row) : syncLogId({ ...row, what: runner.logsItself });
    if (runner.logsItself === undefined) {
      const synced = !isDryRun && fault === null;
      const { columns, ...integration } = syncedWrite(id, now());
      const state = { ...(synced ? columns : {}), crmjira_health: healthAfter(fault, told) };
      // The row of a run that is taken up again under its correlation id is there.
      await writeOnce(dataverse, syncLogRow(row), { ...integration, columns: state });
    }
    return { run, counts: result.counts, preview: result.preview, fault };
  });
}
