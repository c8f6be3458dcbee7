import { randomUUID } from 'node:crypto';
import { type BaselineVerdict, defaultRetention } from '@crmjira/domain';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildApp } from './app';
import { recentIssuesOf } from './budget/computed/recent-issues';
import type { Config } from './config/read-config';
import { connect } from './connect';
import { createLongRunning, operationMarks } from './connector/long-running';
import { createMappedBudgets } from './connector/mapped-budgets';
import { projectKeyOf } from './connector/project-key-of';
import { claimEnvironment } from './environment/claim-environment';
import { limitInFlight } from './intake/limit-in-flight';
import { classifyError } from './errors/classify-error';
import { createHealth } from './health/create-health';
import { createStoreProbe } from './health/probe-store';
import type { ProbeResult } from './health/health-report';
import { createAccessRecorder } from './maintenance/access-log';
import { dueMaintenance } from './maintenance/due-maintenance';
import { createPerformanceRecorder, readBaselineVerdict } from './maintenance/performance';
import { askAboutHeld } from './mail/ask-about-held';
import { sendDigests } from './mail/send-digests';
import { createAlertTeller } from './mail/tell-of-alerts';
import { readShown, showHealth } from './health/show-health';
import { createFailureWindow } from './metrics/failure-window';
import { createMeanSeconds } from './metrics/mean-seconds';
import { createMetrics } from './metrics/create-metrics';
import { createFigures, figuresLine } from './metrics/figures-line';
import { readSuccessRate } from './metrics/success-rate';
import { defaultThresholds, type Thresholds } from './metrics/thresholds';
import { watchExpiries } from './metrics/watch-expiries';
import { watchOutgoing } from './metrics/watch-outgoing';
import { remember } from './dataverse/remember';
import { dueDay } from './poll/daily-clock';
import { dailySync } from './poll/daily-sync';
import { logUnmapped } from './poll/log-unmapped';
import { createEchoTest } from './jira/own-echo';
import { createJiraPoll } from './poll/poll-jira';
import { type Alone, onOneReplica } from './poll/on-one-replica';
import { pollChanges } from './poll/poll-changes';
import { repeat, type Repeated } from './poll/repeat';
import type { SyncSummary } from './poll/sync-run';
import { jobKey, parseJobKey } from './reconcile/job-key';
import { answerSearch } from './link/answer-search';
import { runJob } from './reconcile/run-job';
import { createSettledVersions } from './reconcile/settled-versions';
import { createWorker, type Worker } from './reconcile/worker';
import { registerAll } from './register/register-all';
import { openArchive } from './retention/archive/open-archive';
import { connectRemover } from './retention/connect-remover';
import { readRetentionPolicy } from './retention/read-retention-policy';
import { runRetention } from './retention/run-retention';
import { decideStep } from './stage-gate/decide-step';
import { type LiveConfig, unchangingConfig } from './secrets/live-config';
import { reviewRefusals } from './secrets/review-refusals';
import { createFirstSeen } from './secrets/first-seen';
import { ageLimits, agesOf, type SecretAge } from './secrets/secret-ages';
import { serveRenewed } from './tls/serve-renewed';
import { openStore } from './store/open-store';
import { startTracing } from './tracing/start-tracing';
import { inTrace } from './tracing/spans';

/** The running service. */
export interface Proxy {
  readonly app: FastifyInstance;
  /** Listens and starts the workers; gives the address. */
  start(): Promise<string>;
  /** Takes no more deliveries (503), lets running jobs end, closes. */
  stop(): Promise<void>;
}

/** Deliveries waiting for their commit at one time: about a second's worth of what the store commits. */
const deliveriesInFlight = 2_000;
/** Registration is tried again after this, in milliseconds, until it succeeds. */
const registrationRetryMs = 30_000;
const hourMs = 3_600_000;
/** What the connector API remembers of a finished operation, in milliseconds. */
const operationKeepMs = 30 * 24 * hourMs;
const minuteMs = 60_000;
/** How often health is written to the connection row, in milliseconds. */
const showHealthMs = 5 * minuteMs;
/** How old the time of the daily sync may be, in milliseconds: a poll a minute that asked for it would be most of an idle day's requests. */
const clockKeepMs = 10 * minuteMs;
/** A project that is asked for by a stage move is looked at when the move has been committed, in milliseconds. */
const afterMoveMs = 1_000;
/** A replica that died keeps a schedule from the others for this many of its intervals, and for half a minute at least. */
const leaseIntervals = 3;
const shortestLeaseMs = 30_000;

/** Wires the service together: every part it has is named here. */
export async function createProxy(
  config: Config,
  logger: Logger,
  now: () => Date = () => new Date(),
  live: LiveConfig = unchangingConfig(config),
): Promise<Proxy> {
  const store = await openStore(config.store);
  const stopTracing = config.tracing === null ? null : await startTracing(config.tracing, config.dataverse);
  const archive = await openArchive(config.archive);
  const remover = connectRemover(config, live);
  const recentIssues = recentIssuesOf(store, now);
  const settled = createSettledVersions();
  const connections = connect(config, now, recentIssues, live);
  const { dataverse, surroundings, site, tokens, reconciler } = connections;
  let accepting = false;
  let lastSyncOn: Date | null = null;
  let shownInDynamics: ProbeResult | null = null;
  let environment: ProbeResult | null = null;
  let provisioningsHeld: number | null = null;
  const mailing = { dataverse, surroundings, connectionId: config.connectionId, now };
  const daysLeft: Record<string, number> = {};
  const secretAgeDays: Record<string, number> = {};
  let ages: readonly SecretAge[] = [];
  const firstSeen = createFirstSeen(store, now);
  let baseline: BaselineVerdict | null = null;
  const metrics = createMetrics();
  const thresholds = (): Thresholds => surroundings.lastSettings()?.thresholds ?? defaultThresholds;
  const clock = (): number => now().getTime();
  const failures = createFailureWindow(clock, () => thresholds().LogRateWindowMinutes * minuteMs);
  const answersOfJira = createMeanSeconds(clock);
  const sides = new Map([
    [new URL(config.dataverse.tokenUrl).origin, 'token'],
    [new URL(config.dataverse.url).origin, 'dataverse'],
    [new URL(config.jira.url).origin, 'jira'],
  ]);
  const outgoing = createFigures();
  const replica = randomUUID();
  const recorder = createPerformanceRecorder(archive, replica, now);
  const access = createAccessRecorder(archive, replica, now);
  const unwatch = watchOutgoing(sides, (call) => {
    recorder.call(call);
    if (call.side === 'jira') answersOfJira.add(call.seconds);
    metrics.outgoingSeconds.observe({ side: call.side, status: call.status }, call.seconds);
    outgoing.add(call);
  });

  const longRunning = createLongRunning({
    store,
    connectionId: config.connectionId,
    now,
    wake: () => worker.wake(),
    projectKeyOf: (opportunityId) => projectKeyOf(dataverse, opportunityId),
  });

  const worker: Worker = createWorker({
    store,
    concurrency: () => connections.limits().workers,
    logger,
    now,
    run: async (claim) => {
      const outcome = await runJob(
        {
          store,
          reconciler,
          logger,
          now,
          random: Math.random,
          onReconciled: (at, { rounds, waitedMs }) => {
            lastSyncOn = at;
            metrics.rounds.observe(rounds);
            metrics.processingSeconds.observe(waitedMs / 1_000);
          },
          onSettled: settled.settled,
          onFailed: ({ streak, retried }) => {
            if (!retried) failures.add(streak);
          },
          onAllQueued: longRunning.hasQueued,
          resolver: {
            dataverse,
            site,
            connectionId: config.connectionId,
            now,
            recentIssues,
            answerSearch: (search) =>
              answerSearch({ dataverse, site, connectionId: config.connectionId, surroundings, now }, search),
            gatherMs: async () => (await surroundings.settings()).gatherMs,
            countDeliveries: (key, since) => store.countDeliveries(key, since),
          },
        },
        claim,
      );
      if (outcome.done) recorder.done();
      const kind = parseJobKey(claim.key)?.kind ?? 'unknown';
      metrics.jobRuns.inc({
        kind,
        outcome: outcome.done ? 'done' : outcome.failure.retryAt === null ? 'dead' : 'retry',
      });
      return outcome;
    },
  });
  const keepsDeliveries = createStoreProbe(store, now);
  const report = createHealth({
    store,
    keepsDeliveries,
    tokens,
    surroundings,
    site,
    budgetSource: async () => {
      // What keeps the settings from being read is told as the state of Dataverse.
      const settings = surroundings.lastSettings() ?? (await surroundings.settings().catch(() => null));
      return settings === null ? null : reconciler.source(settings.policy.budgetSource);
    },
    hasGateway: () => live.current().jira.gateway !== null,
    now,
    startedAt: now(),
    lastSyncOn: () => lastSyncOn,
    figures: () => ({
      daysLeft,
      secretAgeDays,
      recentFailures: failures.count(),
      environment,
      provisioningsHeld,
      shownInDynamics,
    }),
    measured: () => ({
      jiraSeconds: answersOfJira.mean(),
      jiraCallsPerMinute: Math.round(answersOfJira.perMinute() * 10) / 10,
      baseline,
    }),
    thresholds,
  });
  const tellOfAlerts = createAlertTeller(mailing);

  const polling = {
    dataverse,
    store,
    logger,
    now,
    wake: worker.wake,
    settled,
    connectionId: config.connectionId,
    clock: remember(async () => (await surroundings.settings()).dailySync, clockKeepMs),
    limitMs: async () => (await surroundings.settings()).syncLimitMs,
    onSynced: ({ discrepancies }: SyncSummary) => metrics.discrepancies.set(discrepancies),
  };
  const maintenance = {
    ...connections,
    config,
    store,
    archive,
    remover,
    secretFacts: () => live.facts(),
    deadLetters: async () => (await store.statistics(now().getTime())).dead,
    ages: () => ages,
    now,
    logger,
  };
  const turns: Alone[] = [];
  /**
   * Repeated by one replica at a time (the store's lease), so that a schedule runs once however many there are. A replica that has
   * lost its turn forgets the figures it had of it: they would stand still.
   */
  const alone = (name: string, everyMs: number, work: () => Promise<void>, elsewhere?: () => void): Repeated => {
    // A SQLite file has one owner: a lease would only make a restarted process wait for the one that died.
    if (config.store.kind === 'sqlite') return repeat(name, everyMs, logger, work);
    const turn = onOneReplica(store, name, Math.max(everyMs * leaseIntervals, shortestLeaseMs), work, elsewhere);
    turns.push(turn);
    return repeat(name, everyMs, logger, turn.run);
  };
  const pollJira = createJiraPoll({
    ...polling,
    site,
    connectionId: config.connectionId,
    pollIntervalMs: config.pollIntervalMs,
  });
  // Without inbound there is nobody to register for.
  let registered = !config.registerSteps || config.inbound === 'none';
  const repeated = [
    alone(
      'poll',
      config.pollIntervalMs,
      async () => {
        await pollChanges(polling);
        if (config.inbound === 'none') await pollJira();
        await dailySync(polling);
        await logUnmapped(polling);
      },
      () => metrics.discrepancies.remove(),
    ),
    repeat('environment', minuteMs, logger, async () => {
      environment = await claimEnvironment({ dataverse, site, connectionId: config.connectionId });
      if (environment.says !== undefined) logger.error({ ok: environment.ok }, environment.says);
    }),
    alone(
      'provisioning-stop',
      minuteMs,
      async () => {
        provisioningsHeld = await askAboutHeld(mailing);
      },
      () => (provisioningsHeld = null),
    ),
    alone('digest', hourMs / 4, async () => {
      const day = dueDay(now(), await polling.clock());
      if (((await store.readMark('digest')) ?? '') >= day) return;
      await sendDigests(mailing, day);
      await store.writeMark('digest', day);
    }),
    alone(
      'retention',
      hourMs,
      async () => {
        // Without the environment's policy nothing is archived or purged; old deliveries go all the same.
        const policy = await readRetentionPolicy(dataverse).catch(() => null);
        const years = policy === null ? { archive: null, policy: defaultRetention } : { archive, policy };
        for (const { what, due } of await runRetention({ store, dataverse, remover, now, logger, ...years }))
          if (due !== null) metrics.retentionDue.set({ table: what }, due);
        await store.dropMarks(operationMarks.prefix, operationMarks.before(now().getTime() - operationKeepMs));
      },
      () => metrics.retentionDue.reset(),
    ),
    repeat('performance', showHealthMs, logger, async () => {
      await recorder.write();
      await access.write();
      // Also where nothing else reads them: what an administrator changes shows in the alerts of a quiet service.
      await surroundings.settings().catch((error: unknown) => {
        logger.warn({ reason: classifyError(error).message }, 'settings not read');
      });
      baseline = await readBaselineVerdict(archive, now(), thresholds().DegradationPercent);
      metrics.degraded.set(baseline.verdict === 'worse' ? 1 : 0);
    }),
    alone(
      'maintenance',
      minuteMs,
      async () => {
        if (!config.runsMaintenance) return;
        await dueMaintenance(maintenance, (results) => {
          for (const { item, outcome } of results) metrics.findings.set({ item }, outcome === 'fine' ? 0 : 1);
        });
      },
      () => metrics.findings.reset(),
    ),
    alone(
      'success-rate',
      showHealthMs,
      async () => metrics.successPercent.set((await readSuccessRate(dataverse, now())).percent ?? NaN),
      () => metrics.successPercent.remove(),
    ),
    alone(
      'show-health',
      showHealthMs,
      async () => {
        const wasLost = shownInDynamics?.ok === false;
        shownInDynamics = await showHealth({ dataverse, connectionId: config.connectionId, now, report, wasLost });
      },
      () => (shownInDynamics = null),
    ),
    repeat('expiries', hourMs, logger, async () => {
      const facts = await firstSeen.note(live.facts(), live.current());
      // The limits of Dynamics, or those of the last time: that it is out of reach changes no age.
      await surroundings.settings().catch(() => null);
      ages = agesOf(facts, config.expiries, now(), ageLimits(thresholds()));
      await watchExpiries({
        config,
        now,
        logger,
        ages: () => ages,
        setAge: (of, days) => {
          metrics.secretAgeDays.set({ of }, days);
          secretAgeDays[of] = Math.floor(days * 10) / 10;
        },
        set: (kind, of, days) => {
          metrics.daysLeft.set({ kind, of }, days);
          daysLeft[`${kind} ${of}`] = Math.floor(days * 10) / 10;
        },
      });
    }),
    alone('alerts', minuteMs, async () => tellOfAlerts(await report())),
    // Always repeated: references and files are looked up, and what was refused meanwhile gets its review record.
    repeat('secrets', config.secretsIntervalMs, logger, async () => {
      const changed = await live
        .reload()
        .finally(() => reviewRefusals({ live, dataverse, logger, now, limits: () => ageLimits(thresholds()) }));
      if (changed) logger.info('secrets have changed');
      if (renewServed()) logger.info('the renewed certificate is served');
    }),
    repeat('figures', minuteMs, logger, async () =>
      logger.info(figuresLine(await report(), outgoing.take()), 'figures'),
    ),
    alone('register', registrationRetryMs, async () => {
      if (registered) return;
      const { steps, webhook } = await registerAll(live.current(), connections);
      registered = true;
      logger.info({ steps: steps.length, webhook }, 'steps and webhook registered');
      // What changed between the first poll and the first step told nobody: it would wait for the next poll.
      await pollChanges(polling);
    }),
  ];

  const { connector } = config;
  const app = buildApp({
    config,
    current: live.current,
    secrets: live.secrets,
    logger,
    intake: {
      store: { ...store, receive: limitInFlight(store.receive, deliveriesInFlight) },
      now,
      wake: worker.wake,
      accepts: () => accepting,
    },
    isEcho: createEchoTest(site),
    onIssue: recentIssues.resolved,
    guardWrite: connections.guardWrite,
    relayTimeoutMs: () => connections.limits().timeoutMs,
    egress: connections.egress,
    decideStep: (step, correlationId) =>
      inTrace(correlationId, 'stage gate', {}, () =>
        decideStep(
          {
            dataverse,
            surroundings,
            now,
            logger: logger.child({ correlationId }),
            requestProject: async (opportunityId) => {
              const key = jobKey('opportunity', opportunityId);
              await store.touch([{ key, at: now().getTime(), correlationId, urgent: true, delayMs: afterMoveMs }]);
              worker.wake(afterMoveMs);
            },
          },
          step,
        ),
      ),
    ...(connector === null
      ? {}
      : {
          connector: {
            access: () => live.current().connector ?? connector,
            context: {
              site,
              fields: async () => reconciler.fields((await surroundings.settings()).fieldIds),
              longRunning,
              hasBudgetModule: async () => (await surroundings.settings()).policy.budgetSource === 's0',
              mappedBudgets: createMappedBudgets(dataverse, config.connectionId, surroundings.currencies),
            },
            accepts: () => accepting,
            now,
            count: store.count,
          },
        }),
    health: {
      ready: async () => accepting && (await keepsDeliveries()).ok,
      report,
    },
    access,
    metrics: { metrics, tokens: () => live.current().metricsTokens, refresh: async () => metrics.show(await report()) },
  });

  const renewServed = serveRenewed(app, live.current);

  return {
    app,
    start: async () => {
      accepting = true;
      const address = await app.listen({ port: config.port, host: config.host });
      worker.start();
      for (const each of repeated) each.start();
      // Only health waits for it.
      void readShown(dataverse, config.connectionId)
        .then((shown) => (lastSyncOn ??= shown.lastSyncOn))
        .catch((error: unknown) => logger.warn({ reason: classifyError(error).message }, 'last sync not known'));
      logger.info({ address, store: config.store.kind, workers: connections.limits().workers }, 'started');
      return address;
    },
    stop: async () => {
      accepting = false;
      await app.close();
      await Promise.all(repeated.map((each) => each.stop()));
      for (const turn of turns)
        await turn.release().catch((error: unknown) => {
          logger.warn({ reason: classifyError(error).message }, 'a schedule is handed over late');
        });
      unwatch();
      await worker.stop();
      await connections.close().catch((error: unknown) => {
        logger.warn({ reason: classifyError(error).message }, 'connections not closed cleanly');
      });
      await Promise.all([recorder.write(), access.write()]).catch((error: unknown) => {
        logger.warn({ reason: classifyError(error).message }, 'figures of the last minutes not kept');
      });
      await archive.close();
      await store.close();
      await stopTracing?.().catch((error: unknown) => {
        logger.warn({ reason: classifyError(error).message }, 'the last traces were not sent');
      });
      logger.info('stopped');
    },
  };
}
