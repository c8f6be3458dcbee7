import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { recentIssuesOf } from './capabilities/budget/source/computed/recent-issues';
import type { Config } from './platform/config/read-config';
import { connect } from './capabilities/connect';
import { classifyError } from './platform/errors/classify-error';
import { readLastSync } from './operations/health/show-health';
import type { RetryClock } from './platform/http-client/with-retries';
import { createSettledVersions } from './reconciler/settled-versions';
import { openArchive } from './operations/retention/archive/open-archive';
import { type LiveConfig, unchangingConfig } from './platform/secrets/live-config';
import { createJobs } from './service/create-jobs';
import { healthOfService } from './service/health-of-service';
import { httpSide } from './service/http-side';
import { createMeasurements } from './service/measurements';
import { createRunningState } from './service/running-state';
import { scheduleObservation } from './service/schedules/schedule-observation';
import { createScheduler } from './service/schedules/scheduler';
import { scheduleSync } from './service/schedules/schedule-sync';
import { scheduleUpkeep } from './service/schedules/schedule-upkeep';
import type { ServiceParts } from './service/service-parts';
import { openStore } from './queue/store/open-store';
import { storeFailure } from './queue/store/store-failure';
import { serveRenewed } from './platform/tls/serve-renewed';
import { startTracing } from './platform/tracing/start-tracing';

/** The running service. */
export interface Proxy {
  readonly app: FastifyInstance;
  /** Listens and starts the workers; gives the address. */
  start(): Promise<string>;
  /** Takes no more deliveries (503), lets running jobs end, closes. */
  stop(): Promise<void>;
}

/** Wires the service together: opens what it works with, has each area made from that, and ends all of it in order. */
export async function createProxy(
  config: Config,
  logger: Logger,
  now: () => Date = () => new Date(),
  live: LiveConfig = unchangingConfig(config),
  pauses?: RetryClock,
): Promise<Proxy> {
  const store = await openStore(config.store).catch((error: unknown) => {
    throw storeFailure(config.store, error);
  });
  const stopTracing = config.tracing === null ? null : await startTracing(config.tracing, config.dataverse);
  const archive = await openArchive(config.archive);
  const recentIssues = recentIssuesOf(store, now);
  const connections = connect(config, now, recentIssues, live, pauses, store.lease, logger);
  const measurements = createMeasurements(config, archive, connections, now);
  const parts: ServiceParts = {
    config,
    live,
    logger,
    now,
    store,
    archive,
    connections,
    recentIssues,
    settled: createSettledVersions(),
    measurements,
    state: createRunningState(),
  };
  let accepting = false;
  const health = healthOfService(parts);
  const jobs = createJobs(parts, health.probes);
  const app = httpSide(parts, jobs, health, () => accepting);
  const scheduler = createScheduler(config, store, logger, parts.state.unfinished);
  scheduleSync(scheduler, parts, jobs);
  scheduleUpkeep(scheduler, parts, serveRenewed(app, live.current));
  scheduleObservation(scheduler, parts, health.report);
  /** For what must not keep the rest of the stop from being done. */
  const onlyWarn =
    (message: string) =>
    (error: unknown): void =>
      logger.warn({ reason: classifyError(error).message }, message);

  return {
    app,
    start: async () => {
      accepting = true;
      const address = await app.listen({ port: config.port, host: config.host });
      jobs.worker.start();
      scheduler.start();
      // Only health waits for it.
      void readLastSync(connections.dataverse, config.connectionId)
        .then((shown) => (parts.state.lastSyncOn ??= shown))
        .catch(onlyWarn('last sync not known'));
      logger.info({ address, store: config.store.kind, workers: connections.limits().workers }, 'started');
      return address;
    },
    stop: async () => {
      accepting = false;
      await app.close();
      await scheduler.stop();
      measurements.end();
      await jobs.worker.stop();
      await connections.close().catch(onlyWarn('connections not closed cleanly'));
      await measurements.keep().catch(onlyWarn('figures of the last minutes not kept'));
      await archive.close();
      await store.close();
      await stopTracing?.().catch(onlyWarn('the last traces were not sent'));
      logger.info('stopped');
    },
  };
}
