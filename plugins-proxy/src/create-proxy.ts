import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildApp } from './app';
import { recentIssuesOf } from './budget/computed/recent-issues';
import type { Config } from './config/read-config';
import { connect } from './connect';
import { createLongRunning, operationMarks } from './connector/long-running';
import { createMappedBudgets } from './connector/mapped-budgets';
import { projectKeyOf } from './connector/project-key-of';
import { limitInFlight } from './intake/limit-in-flight';
import { classifyError } from './errors/classify-error';
import { createHealth } from './health/create-health';
import { dailySync } from './poll/daily-sync';
import { createEchoTest } from './jira/own-echo';
import { pollChanges } from './poll/poll-changes';
import { createJiraPoll } from './poll/poll-jira';
import { repeat } from './poll/repeat';
import { runJob } from './reconcile/run-job';
import { createWorker, type Worker } from './reconcile/worker';
import { registerAll } from './register/register-all';
import { decideStep } from './stage-gate/decide-step';
import { openStore } from './store/open-store';

/** The running service. */
export interface Proxy {
  readonly app: FastifyInstance;
  /** Listens and starts the workers; gives the address. */
  start(): Promise<string>;
  /** Takes no more deliveries (503), lets running jobs end, closes. */
  stop(): Promise<void>;
}

/** Deliveries are kept this long for telling duplicates, in milliseconds; Jira Cloud retries within hours. */
const deliveryKeepMs = 30 * 24 * 3_600_000;
/** Deliveries waiting for their commit at one time: about a second's worth of what the store commits. */
const deliveriesInFlight = 2_000;
/** Registration is tried again after this, in milliseconds, until it succeeds. */
const registrationRetryMs = 30_000;
const hourMs = 3_600_000;

/** Wires the service together: every part it has is named here. */
export async function createProxy(config: Config, logger: Logger, now: () => Date = () => new Date()): Promise<Proxy> {
  const store = await openStore(config.store);
  const recentIssues = recentIssuesOf(store, now);
  const connections = connect(config, now, recentIssues);
  const { dataverse, surroundings, site, tokens, reconciler } = connections;
  let accepting = false;
  let lastSyncOn: Date | null = null;

  const longRunning = createLongRunning({
    store,
    connectionId: config.connectionId,
    now,
    wake: () => worker.wake(),
    projectKeyOf: (opportunityId) => projectKeyOf(dataverse, opportunityId),
  });

  const worker: Worker = createWorker({
    store,
    concurrency: config.workers,
    logger,
    now,
    run: (claim) =>
      runJob(
        {
          store,
          reconciler,
          logger,
          now,
          random: Math.random,
          onReconciled: (at) => (lastSyncOn = at),
          onAllQueued: longRunning.hasQueued,
          resolver: {
            dataverse,
            site,
            connectionId: config.connectionId,
            now,
            recentIssues,
            countDeliveries: (key, since) => store.countDeliveries(key, since),
          },
        },
        claim,
      ),
  });

  const polling = { dataverse, store, logger, now, wake: worker.wake };
  const pollJira = createJiraPoll({
    ...polling,
    site,
    connectionId: config.connectionId,
    pollIntervalMs: config.pollIntervalMs,
  });
  // Without inbound there is nobody to register for.
  let registered = !config.registerSteps || config.inbound === 'none';
  const repeated = [
    repeat('poll', config.pollIntervalMs, logger, async () => {
      await pollChanges(polling);
      if (config.inbound === 'none') await pollJira();
      await dailySync(polling);
    }),
    repeat('prune', hourMs, logger, async () => {
      const before = now().getTime() - deliveryKeepMs;
      await store.prune(before);
      await store.dropMarks(operationMarks.prefix, operationMarks.before(before));
    }),
    repeat('register', registrationRetryMs, logger, async () => {
      if (registered) return;
      const { steps, webhook } = await registerAll(config, connections);
      registered = true;
      logger.info({ steps: steps.length, webhook }, 'steps and webhook registered');
      // What changed between the first poll and the first step told nobody: it would wait for the next poll.
      await pollChanges(polling);
    }),
  ];

  const app = buildApp({
    config,
    logger,
    intake: {
      store: { ...store, receive: limitInFlight(store.receive, deliveriesInFlight) },
      now,
      wake: worker.wake,
      accepts: () => accepting,
    },
    isEcho: createEchoTest(site),
    decideStep: (step, correlationId) =>
      decideStep({ dataverse, surroundings, now, logger: logger.child({ correlationId }) }, step),
    ...(config.connector === null
      ? {}
      : {
          connector: {
            access: config.connector,
            context: {
              site,
              fields: async () => reconciler.fields((await surroundings.settings()).fieldIds),
              longRunning,
              hasBudgetModule: async () => (await surroundings.settings()).policy.budgetSource === 's0',
              mappedBudgets: createMappedBudgets(dataverse, config.connectionId, surroundings.currencies),
            },
            accepts: () => accepting,
            count: store.count,
          },
        }),
    health: {
      ready: () => accepting,
      report: createHealth({ store, tokens, surroundings, site, now, startedAt: now(), lastSyncOn: () => lastSyncOn }),
    },
  });

  return {
    app,
    start: async () => {
      accepting = true;
      const address = await app.listen({ port: config.port, host: config.host });
      worker.start();
      for (const each of repeated) each.start();
      logger.info({ address, store: config.store.kind, workers: config.workers }, 'started');
      return address;
    },
    stop: async () => {
      accepting = false;
      await app.close();
      await Promise.all(repeated.map((each) => each.stop()));
      await worker.stop();
      await connections.close().catch((error: unknown) => {
        logger.warn({ reason: classifyError(error).message }, 'connections not closed cleanly');
      });
      await store.close();
      logger.info('stopped');
    },
  };
}
