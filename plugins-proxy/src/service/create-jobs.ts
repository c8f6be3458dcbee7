import { createLongRunning, type LongRunning } from '../connector/long-running';
import { projectKeyOf } from '../connector/project-key-of';
import { answerSearch } from '../link/answer-search';
import { classifyError } from '../errors/classify-error';
import { parseJobKey } from '../reconcile/job-key';
import type { AddressKnowledge } from '../reconcile/judge-address';
import { rememberAddress } from '../reconcile/known-address';
import { type JobContext, runJob } from '../reconcile/run-job';
import { createRecovery, type Recovery } from '../reconcile/recover';
import { createWorker, type Worker } from '../reconcile/worker';
import type { SideProbes } from '../health/side-probes';
import type { ServiceParts } from './service-parts';

/** What works the queue off, and what flows start on it and ask for later. */
export interface Jobs {
  readonly worker: Worker;
  readonly recovery: Recovery;
  readonly longRunning: LongRunning;
}

/** What a run needs and tells. */
function jobContext(parts: ServiceParts, address: AddressKnowledge, onAllQueued: LongRunning['hasQueued']): JobContext {
  const { config, connections, store, logger, now, recentIssues, settled, state } = parts;
  const { dataverse, surroundings, site, reconciler } = connections;
  const { metrics, processing, failures } = parts.measurements;
  const { connectionId } = config;
  return {
    store,
    reconciler,
    address,
    logger,
    now,
    random: Math.random,
    onReconciled: (at, { rounds, waitedMs }) => {
      state.lastSyncOn = at;
      metrics.rounds.observe(rounds);
      metrics.processingSeconds.observe(waitedMs / 1_000);
      processing.add(waitedMs / 1_000);
    },
    onSettled: settled.settled,
    onFailed: ({ streak, retried }) => {
      if (!retried) failures.add(streak);
    },
    onAllQueued,
    resolver: {
      dataverse,
      site,
      connectionId,
      now,
      recentIssues,
      answerSearch: (search) => answerSearch({ dataverse, site, connectionId, surroundings, now }, search),
      gatherMs: async () => (await surroundings.settings()).gatherMs,
      countDeliveries: (key, at) => store.countDeliveries(key, at),
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
  const { site } = connections;
  const address = rememberAddress(store, site.url, site.identity);
  const context = jobContext(parts, address, longRunning.hasQueued);
  const worker: Worker = createWorker({
    store,
    concurrency: () => connections.limits().workers,
    logger,
    now,
    run: async (claim) => {
      const outcome = await runJob(context, claim);
      await address.keep().catch((error: unknown) =>
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
      ...probes,
      // Which source is meant is not known before Dataverse was asked.
      budgetSource: async () => {
        const result = await probes.budgetSource();
        return result === 'unknown' ? { ok: false } : result;
      },
    },
  });
  return { worker, recovery, longRunning };
}
