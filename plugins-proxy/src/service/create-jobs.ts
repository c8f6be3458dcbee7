import { createLongRunning, type LongRunning } from '../inbound/connector/long-running';
import { projectKeyOf } from '../inbound/connector/project-key-of';
import { openAll } from '../capabilities/register';
import { classifyError } from '../platform/errors/classify-error';
import { parseJobKey } from '../queue/job-key';
import { perConnection } from '../connections/jira/per-connection';
import { type AddressKnowledge, judgeAddress } from '../connections/address/judge-address';
import { cacheAddress } from '../connections/address/known-address';
import type { SettleContext } from '../reconciler/module-handler';
import { type JobContext, runJob } from '../reconciler/run-job';
import { createRecovery, type Recovery } from '../reconciler/recover';
import { createWorker, type Worker } from '../queue/worker';
import type { SideProbes } from '../operations/health/side-probes';
import type { ServiceParts } from './service-parts';

/** What works the queue off, and what flows start on it and ask for later. */
export interface Jobs {
  readonly worker: Worker;
  readonly recovery: Recovery;
  readonly longRunning: LongRunning;
}

/** What a run needs and tells. */
function jobContext(
  parts: ServiceParts,
  addressOf: (connectionId: string | undefined) => AddressKnowledge,
  longRunning: LongRunning,
): JobContext {
  const { connections, store, logger, now, recentIssues, settled, state } = parts;
  const { dataverse, environmentSettings } = connections;
  const { metrics, processing, failures } = parts.measurements;
  const settling: SettleContext = {
    dataverse,
    environmentSettings,
    now,
    onReconciled: (at, { kind, rounds, waitedMs }) => {
      state.lastSyncOn = at;
      metrics.rounds.observe(rounds);
      metrics.processingSeconds.observe(waitedMs / 1_000);
      metrics.recordSeconds.observe({ kind }, waitedMs / 1_000);
      processing.add(waitedMs / 1_000);
    },
    onSettled: settled.settled,
    onFailed: ({ streak, retried }) => {
      if (!retried) failures.add(streak);
    },
  };
  return {
    store,
    handlers: openAll({ ...connections, recentIssues, store, logger, now }).handlers(settling),
    judge: (error, tries) => judgeAddress(error, tries, addressOf(error.connectionId)),
    logger,
    now,
    random: Math.random,
    onEnqueued: async (key, enqueued) => {
      const job = parseJobKey(key);
      if (job?.kind === 'all-mappings') await longRunning.hasQueued(job.id, enqueued);
    },
  };
}

/** Makes the worker of this process; nothing runs before it is started. */
export function createJobs(parts: ServiceParts, probes: SideProbes): Jobs {
  const { config, connections, store, logger, now } = parts;
  const { metrics, performance } = parts.measurements;
  const longRunning = createLongRunning({
    store,
    connectionId: config.connectionId,
    now,
    wake: () => worker.wake(),
    projectKeyOf: (opportunityId) => projectKeyOf(connections.dataverse, opportunityId),
  });
  const { jira } = connections;
  const addressOf = perConnection((connection) => cacheAddress(store, connection));
  const context = jobContext(
    parts,
    (id) => addressOf((id === undefined ? null : jira.known(id)) ?? jira.first),
    longRunning,
  );
  const worker: Worker = createWorker({
    store,
    concurrency: () => connections.limits().workers,
    logger,
    now,
    run: async (claim) => {
      const outcome = await runJob(context, claim);
      await Promise.all(jira.all().map((connection) => addressOf(connection).keep())).catch((error: unknown) =>
        // The next job keeps it.
        logger.warn({ reason: classifyError(error).message }, 'address of Jira not kept'),
      );
      if (outcome.done) performance.done();
      if (outcome.done && claim.failedWith !== null)
        await recovery.succeeded(claim.failedWith).catch((error: unknown) =>
          // The next look does the same.
          logger.warn({ reason: classifyError(error).message }, 'what failed alike is not tried at once'),
        );
      const kind = parseJobKey(claim.key)?.kind ?? 'unknown';
      metrics.jobRuns.inc({
        kind,
        outcome: outcome.done ? 'done' : outcome.failure.retryAt === null ? 'dead' : 'retry',
      });
      return outcome;
    },
  });
  const recovery = createRecovery({
    store,
    now,
    logger,
    wake: worker.wake,
    probe: {
      dataverse: probes.dataverse,
      jira: (id) => probes.jira(id),
      // Which source is meant is not known before Dataverse was asked.
      budgetSource: async (id) => {
        const result = await probes.budgetSource(id);
        return result === 'unknown' ? { ok: false } : result;
      },
    },
  });
  return { worker, recovery, longRunning };
}
