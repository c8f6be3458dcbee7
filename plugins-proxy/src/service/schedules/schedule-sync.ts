import { memoize } from '../../clients/dataverse/memoize';
import { claimEnvironment } from '../../connections/claim/claim-environment';
import { sendDigests } from '../../capabilities/budget/digest/send-digests';
import { lastCapabilities, triggersOf } from '../../capabilities/register';
import { dueDay } from '../../platform/daily-clock';
import { dailySync } from '../../inbound/polling/daily-sync';
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
/** How old the time of the daily sync may be, in milliseconds: a poll a minute that asked for it would be most of an idle day's requests. */
const clockKeepMs = 10 * minuteMs;

/** What keeps both sides in step: polls, the daily sync and its digest, the claim of the environment, registration. */
export function scheduleSync(scheduler: Scheduler, parts: ServiceParts, { worker, recovery }: Jobs): void {
  const { wake } = worker;
  const { config, live, logger, now, store, connections, settled, state } = parts;
  const { metrics } = parts.measurements;
  const { dataverse, environmentSettings, site } = connections;
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
    clock,
    limitMs: async () => (await environmentSettings.settings()).syncLimitMs,
    onSynced: ({ discrepancies }: SyncSummary) => metrics.discrepancies.set(discrepancies),
  };
  const startedAt = now();
  const pollJira = createJiraPoll({ ...polling, site, pollIntervalMs });
  scheduler.alone(
    'poll',
    pollIntervalMs,
    async () => {
      await pollChanges(polling);
      if (inbound === 'none') await pollJira();
      await dailySync(polling);
      await logUnmapped(polling);
    },
    () => metrics.discrepancies.remove(),
  );
  if (inbound !== 'none')
    scheduler.alone(
      'webhooks',
      watchEveryMs,
      async () => {
        state.webhooks = (await watchWebhooks({ ...polling, site, startedAt })) ?? state.webhooks;
      },
      () => (state.webhooks = null),
    );
  // Each by itself: what a replica has seen of an outage stands in no row.
  scheduler.each('recovery', Math.min(recoveryMs, pollIntervalMs), recovery.look);
  const sweepAll = async (): Promise<void> => {
    // Of an environment that may not write to Jira every record would be found, and nothing could be done for it.
    if (state.environment?.ok !== true) return;
    state.sweep = await sweep({
      ...polling,
      threshold: async () => (await environmentSettings.settings()).policy.budgetThreshold,
    });
  };
  scheduler.alone('sweep', hourMs, sweepAll, () => (state.sweep = null));
  scheduler.each('environment', minuteMs, async () => {
    const before = state.environment;
    state.environment = await claimEnvironment({ dataverse, site, connectionId });
    const { ok, says } = state.environment;
    if (says !== undefined) logger.error({ ok }, says);
    // At the first look, and when somebody has confirmed the move: what was saved before stands in no job.
    if (ok && before?.ok !== true) await sweepAll();
  });
  scheduler.alone('digest', quarterHourMs, async () => {
    const day = dueDay(now(), await clock());
    if (((await store.readCursor('digest')) ?? '') >= day) return;
    await sendDigests({ dataverse, environmentSettings, connectionId, now }, day);
    await store.writeCursor('digest', day);
  });
  // Without inbound there is nobody to register for.
  let registered = !config.registerSteps || inbound === 'none';
  scheduler.alone('register', registrationRetryMs, async () => {
    if (registered) return;
    const { steps, webhook } = await registerAll(live.current(), connections);
    registered = true;
    logger.info({ steps: steps.length, webhook }, 'steps and webhook registered');
    // What changed between the first poll and the first step told nobody: it would wait for the next poll.
    await pollChanges(polling);
  });
}
