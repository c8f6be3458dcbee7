import { setTimeout as sleep } from 'node:timers/promises';
import type { CapabilityName } from '@crmjira/domain';
import type { Logger } from 'pino';
import type { JiraConnection } from '../../connections/jira/jira-connection';
import { perConnection } from '../../connections/jira/per-connection';
import type { JiraConnections } from '../../connections/jira/jira-connections';
import { classifyError } from '../../platform/errors/classify-error';
import type { ProbeResult } from '../../platform/errors/probe-result';
import { memoize } from '../../clients/dataverse/memoize';
import { claimEnvironment } from '../../connections/claim/claim-environment';
import { sendDigests } from '../../capabilities/budget/digest/send-digests';
import { followConnection } from '../../capabilities/issues/mirror/follow-connection';
import { followWorklogs, followWorklogsEveryMs } from '../../capabilities/time/inbound';
import { createErrorPoll } from '../../capabilities/issues/errors/poll-errors';
import { enqueueNotifications } from '../../capabilities/integrations/notifications/enqueue-notifications';
import { enqueueDueRuns } from '../../capabilities/integrations/runs/scheduled-runs';
import { lastCapabilities, triggersOf } from '../../capabilities/register';
import { dueDay } from '../../platform/daily-clock';
import { dailyLinks } from '../../inbound/polling/daily-links';
import { dailySync } from '../../inbound/polling/daily-sync';
import { judgeMaps } from '../../capabilities/issues/policy/judge-maps';
import { logUnmapped } from '../../inbound/polling/log-unmapped';
import { pollChanges } from '../../inbound/polling/poll-changes';
import { createJiraPoll } from '../../inbound/polling/poll-jira';
import { watchEveryMs, watchWebhooks } from '../../inbound/polling/watch-webhooks';
import { sweep } from '../../inbound/polling/sweep';
import type { SyncSummary } from '../../inbound/polling/sync-run';
import type { Jobs } from '../create-jobs';
import { registerAll } from '../../operations/registration/register-all';
import type { ServiceParts } from '../service-parts';
import type { Scheduler } from './scheduler';
import { whileOn } from './while-on';

/**
 * How often failed jobs are asked for what they wait for, in milliseconds at most. With a probe's age it is the longest time from the end of an
 * outage to the run of what waited for it.
 */
const recoveryMs = 10_000;
const minuteMs = 60_000;
const quarterHourMs = 15 * minuteMs;
const hourMs = 60 * minuteMs;
/** Registration is tried again after this, in milliseconds, until it succeeds. */
const registrationRetryMs = 30_000;
/** Capabilities that live by events of Jira: each polls, and watches for webhooks, while it is on. */
const ofJira = ['budget', 'issues'] as const;
/** How old the time of the daily sync may be, in milliseconds: a poll a minute that asked for it would be most of an idle day's requests. */
const clockKeepMs = 10 * minuteMs;

/**
 * Does the same for every connection, each with what it remembers from turn to turn; one's trouble does not keep the others back.
 * @returns what came of it, by connection; without those that had trouble
 */
function ofEach<T>(
  jira: Pick<JiraConnections, 'all'>,
  logger: Logger,
  make: (connection: JiraConnection) => () => Promise<T>,
): () => Promise<ReadonlyMap<string, T>> {
  const workOf = perConnection(make);
  return async () => {
    const connections = jira.all();
    const results = await Promise.allSettled(connections.map((connection) => workOf(connection)()));
    const [first] = results;
    if (first?.status === 'rejected' && results.every(({ status }) => status === 'rejected')) throw first.reason;
    const done = new Map<string, T>();
    for (const [index, { id }] of connections.entries()) {
      const result = results[index];
      if (result?.status === 'fulfilled') done.set(id, result.value);
      if (result?.status === 'rejected')
        logger.warn(
          { connection: id, reason: classifyError(result.reason).message },
          'a connection was left out of this turn',
        );
    }
    return done;
  };
}

/** What keeps both sides in step: polls, the daily sync and its digest, the claim of the environment, registration. */
export function scheduleSync(scheduler: Scheduler, parts: ServiceParts, { worker, recovery }: Jobs): void {
  const { wake } = worker;
  const { config, live, logger, now, store, connections, settled, state } = parts;
  const { metrics } = parts.measurements;
  const { dataverse, environmentSettings, jira, sentry } = connections;
  const { connectionId, pollIntervalMs, inbound } = config;
  const clock = memoize(async () => (await environmentSettings.settings()).dailySync, clockKeepMs);
  const polling = {
    dataverse,
    store,
    logger,
    now,
    wake,
    inbound,
    triggers: () => triggersOf(lastCapabilities(environmentSettings)),
    settled,
    connectionId,
    connectionIds: jira.ids,
    clock,
    limitMs: async () => (await environmentSettings.settings()).syncLimitMs,
    onSynced: ({ discrepancies }: SyncSummary) => metrics.discrepancies.set(discrepancies),
  };
  const on = (): ReadonlySet<CapabilityName> => lastCapabilities(environmentSettings);
  const startedAt = now();
  const pollSites = ofEach(jira, logger, ({ id, site }) =>
    createJiraPoll({ ...polling, site, connectionId: id, pollIntervalMs, on }),
  );
  const watchSites = ofEach(
    jira,
    logger,
    ({ id, site }) =>
      () =>
        watchWebhooks({ ...polling, site, connectionId: id, startedAt, on }),
  );
  const claimSites = ofEach(
    jira,
    logger,
    ({ id, site }) =>
      () =>
        claimEnvironment({ dataverse, site, connectionId: id }),
  );
  /** What was told last stands where nothing new was told; of a connection that is gone nothing is told. */
  const renewed = (
    before: ReadonlyMap<string, ProbeResult>,
    told: ReadonlyMap<string, ProbeResult | null>,
  ): ReadonlyMap<string, ProbeResult> =>
    new Map(
      jira.ids().flatMap((id) => {
        const result = told.get(id) ?? before.get(id);
        return result === undefined ? [] : [[id, result]];
      }),
    );
  /** Work of the budget: nothing of it runs while that is switched off. `standsStill`: here it does not run, or another replica does it. */
  const ofBudget = (
    name: string,
    everyMs: number,
    work: () => Promise<void>,
    standsStill: () => void = () => undefined,
  ): void => scheduler.alone(name, everyMs, whileOn(environmentSettings, 'budget', work, standsStill), standsStill);
  const noDiscrepancies = (): void => metrics.discrepancies.remove();
  const syncBudgets = whileOn(
    environmentSettings,
    'budget',
    async () => {
      await dailySync(polling);
      await logUnmapped(polling);
    },
    noDiscrepancies,
  );
  const pollJira = whileOn(environmentSettings, ofJira, async () => void (await pollSites()));
  const syncLinks = whileOn(environmentSettings, 'issues', () => dailyLinks(polling));
  scheduler.alone(
    'poll',
    pollIntervalMs,
    async () => {
      await pollChanges(polling);
      if (inbound === 'none') await pollJira();
      await syncBudgets();
      await syncLinks();
    },
    noDiscrepancies,
  );
  if (inbound !== 'none') {
    const unknown = (): void => void (state.webhooks = new Map());
    const watch = async (): Promise<void> => {
      state.webhooks = renewed(state.webhooks, await watchSites());
    };
    scheduler.alone('webhooks', watchEveryMs, whileOn(environmentSettings, ofJira, watch, unknown), unknown);
  }
  const judgeSites = ofEach(jira, logger, (connection) => async (): Promise<ProbeResult> => {
    const { state: verdict, says } = await judgeMaps(dataverse, connection, jira.first.id);
    // What a map leaves out stands on the rows that it keeps from syncing, and with the doctor: most maps leave something out.
    return verdict === 'unusable' ? { ok: false, says, code: 'issue-maps' } : { ok: true };
  });
  const noMaps = (): void => void (state.maps = new Map());
  const judge = async (): Promise<void> => {
    state.maps = renewed(state.maps, await judgeSites());
  };
  // Each by itself, as each shows the health that it knows.
  scheduler.each('issue maps', hourMs, whileOn(environmentSettings, 'issues', judge, noMaps));
  const { stopping } = scheduler;
  const control = {
    // As long as the page took: half of what both sides can take is left to events.
    rest: (tookMs: number) => sleep(tookMs, undefined, { signal: stopping }).catch(() => undefined),
    isStopped: () => stopping.aborted,
  };
  const mirrorSites = ofEach(jira, logger, (connection) => followConnection({ dataverse, now, control }, connection));
  const mirror = whileOn(environmentSettings, 'issues', async () => void (await mirrorSites()));
  scheduler.alone('mirror', minuteMs, mirror);
  const worklogSites = ofEach(jira, logger, (connection) => followWorklogs(polling, connection));
  const followAll = whileOn(environmentSettings, 'time', async () => void (await worklogSites()));
  // Also where webhooks arrive: none tells of a bulk move.
  scheduler.alone('worklogs', followWorklogsEveryMs, followAll);
  const runDue = (): Promise<void> => enqueueDueRuns({ ...polling, providers: connections.providers });
  scheduler.alone('integrations', minuteMs, whileOn(environmentSettings, 'integrations', runDue));
  const tell = (): Promise<void> =>
    enqueueNotifications({ ...polling, environmentSettings, providers: connections.providers });
  scheduler.alone('notifications', minuteMs, whileOn(environmentSettings, 'integrations', tell));
  // Each by itself, as each calls the sites.
  scheduler.each('connections', minuteMs, jira.refresh);
  // By itself too: each takes their webhooks.
  scheduler.each('monitors', minuteMs, whileOn(environmentSettings, 'issues', sentry.refresh));
  // Also where webhooks arrive: none tells of an event of an error that is known.
  scheduler.alone('errors', minuteMs, whileOn(environmentSettings, 'issues', createErrorPoll({ ...polling, sentry })));
  // Each by itself: what a replica has seen of an outage stands in no row.
  scheduler.each('recovery', Math.min(recoveryMs, pollIntervalMs), recovery.look);
  const noSweep = (): void => void (state.sweep = null);
  const sweepAll = whileOn(
    environmentSettings,
    'budget',
    async () => {
      // Of an environment that may not write to Jira every record would be found, and nothing could be done for it.
      if (state.environments.get(jira.first.id)?.ok !== true) return;
      state.sweep = await sweep({
        ...polling,
        threshold: async () => (await environmentSettings.settings()).policy.budgetThreshold,
      });
    },
    noSweep,
  );
  scheduler.alone('sweep', hourMs, sweepAll, noSweep);
  scheduler.each('environment', minuteMs, async () => {
    const before = state.environments;
    state.environments = renewed(before, await claimSites());
    const isOurs = (connectionId: string, claims = state.environments): boolean =>
      claims.get(connectionId)?.ok === true;
    for (const [connection, { ok, says }] of state.environments)
      if (says !== undefined) logger.error({ connection, ok }, says);
    // At the first look, and when somebody has confirmed the move: what was saved before stands in no job.
    if (jira.ids().some((id) => isOurs(id) && !isOurs(id, before))) await sweepAll();
  });
  ofBudget('digest', quarterHourMs, async () => {
    const day = dueDay(now(), await clock());
    if (((await store.readCursor('digest')) ?? '') >= day) return;
    await sendDigests({ dataverse, environmentSettings, connectionId, now }, day);
    await store.writeCursor('digest', day);
  });
  // Without inbound there is nobody to register for.
  const registers = config.registerSteps && inbound !== 'none';
  const registered = new Set<string>();
  scheduler.alone('register', registrationRetryMs, async () => {
    if (!registers) return;
    const isStart = registered.size === 0;
    if (isStart) await jira.refresh();
    const missing = jira.all().filter(({ id }) => !registered.has(id));
    if (missing.length === 0) return;
    const { steps, webhooks } = await registerAll(live.current(), connections, missing);
    for (const { id } of missing) registered.add(id);
    logger.info({ steps: steps.length, webhooks }, 'steps and webhook registered');
    if (!isStart) return;
    // What changed between the first poll and the first step told nobody: it would wait for the next poll.
    await pollChanges(polling);
  });
}
