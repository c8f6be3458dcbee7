import { defaultRetention } from '@crmjira/domain';
import { operationCursors } from '../../inbound/connector/long-running';
import { askAboutHeld } from '../../capabilities/budget/held/ask-about-held';
import { moveOldConflicts } from '../../capabilities/time';
import { dueMaintenance } from '../../operations/maintenance/due-maintenance';
import { watchExpiries } from '../../operations/metrics/watch-expiries';
import { connectRemover } from '../../operations/retention/connect-remover';
import { readRetentionPolicy } from '../../operations/retention/read-retention-policy';
import { runRetention } from '../../operations/retention/run-retention';
import { createFirstSeen } from '../../connections/credentials/first-seen';
import { publishServiceKey } from '../../connections/credentials/service-key-rows';
import { reviewRefusals } from '../../connections/credentials/review-refusals';
import { createKeyring } from '../../platform/secrets/service-keys';
import { ageLimits, agesOf } from '../../platform/secrets/secret-ages';
import type { ServiceParts } from '../service-parts';
import type { Scheduler } from './scheduler';
import { whileOn } from './while-on';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** What the connector API remembers of a finished operation, in milliseconds. */
const operationKeepMs = 30 * 24 * hourMs;

const tenths = (days: number): number => Math.floor(days * 10) / 10;

/** Rows past their time, the maintenance plan, and projects that wait for an administrator. */
function scheduleRecords(scheduler: Scheduler, parts: ServiceParts): void {
  const { config, live, logger, now, store, archive, connections, state } = parts;
  const { metrics } = parts.measurements;
  const { dataverse, environmentSettings } = connections;
  const remover = connectRemover(config, live);
  const noneHeld = (): void => void (state.provisioningsHeld = null);
  const countHeld = async (): Promise<void> => {
    const { connectionId } = config;
    const connectionIds = connections.jira.ids;
    state.provisioningsHeld = await askAboutHeld({ dataverse, environmentSettings, connectionId, connectionIds, now });
  };
  scheduler.alone('provisioning-stop', minuteMs, whileOn(environmentSettings, 'budget', countHeld, noneHeld), noneHeld);
  scheduler.alone(
    'retention',
    hourMs,
    async () => {
      // Without the environment's policy nothing is archived or purged; old deliveries go all the same.
      const policy = await readRetentionPolicy(dataverse).catch(() => null);
      const years = policy === null ? { archive: null, policy: defaultRetention } : { archive, policy };
      for (const { what, due } of await runRetention({ store, dataverse, remover, now, logger, ...years }))
        if (due !== null) metrics.retentionDue.set({ table: what }, due);
      await store.dropCursors(operationCursors.prefix, operationCursors.before(now().getTime() - operationKeepMs));
    },
    () => metrics.retentionDue.reset(),
  );
  // Also where time is switched off: what former versions wrote is private all the same.
  scheduler.alone('time-conflicts', hourMs, async () => {
    while ((await moveOldConflicts({ dataverse, environmentSettings })) > 0);
  });
  const maintenance = {
    ...connections,
    config,
    store,
    archive,
    remover,
    secretFacts: () => live.facts(),
    deadLetters: async () => (await store.statistics(now().getTime())).dead,
    ages: () => state.ages,
    now,
    logger,
  };
  scheduler.alone(
    'maintenance',
    minuteMs,
    async () => {
      if (!config.runsMaintenance) return;
      await dueMaintenance(maintenance, (results) => {
        for (const { item, outcome } of results) metrics.findings.set({ item }, outcome === 'fine' ? 0 : 1);
      });
    },
    () => metrics.findings.reset(),
  );
}

/** Ages and ends of secrets and certificates, and their renewal while the service runs. */
function scheduleSecrets(scheduler: Scheduler, parts: ServiceParts, renewServed: () => boolean): void {
  const { config, live, logger, now, store, connections, state } = parts;
  const { metrics, thresholds } = parts.measurements;
  const { dataverse, environmentSettings } = connections;
  const limits = () => ageLimits(thresholds());
  const firstSeen = createFirstSeen(store, now);
  scheduler.each('expiries', hourMs, async () => {
    const facts = await firstSeen.note(live.facts(), live.current());
    // The limits of Dynamics, or those of the last time: that it is out of reach changes no age.
    await environmentSettings.settings().catch(() => null);
    state.ages = agesOf(facts, config.expiries, now(), limits());
    await watchExpiries({
      config,
      now,
      logger,
      ages: () => state.ages,
      setAge: (of, days) => {
        metrics.secretAgeDays.set({ of }, days);
        state.secretAgeDays[of] = tenths(days);
      },
      set: (kind, of, days) => {
        metrics.daysLeft.set({ kind, of }, days);
        state.daysLeft[`${kind} ${of}`] = tenths(days);
      },
    });
  });
  // Always repeated: references and files are looked up, and what was refused meanwhile gets its review record.
  scheduler.each('secrets', config.secretsIntervalMs, async () => {
    const changed = await live.reload().finally(() => reviewRefusals({ live, dataverse, logger, now, limits }));
    if (changed) logger.info('secrets have changed');
    if (renewServed()) logger.info('the renewed certificate is served');
  });
  const keyring = createKeyring(live);
  scheduler.alone('service-key', hourMs, async () => {
    // A replica that has not heard of a new key would publish the former one again.
    await live.reload();
    if (keyring.all().length > 0) await publishServiceKey(dataverse, keyring, now());
  });
}

/**
 * What keeps the service in order by itself.
 * @param renewServed serves a certificate that was exchanged; true when one was
 */
export function scheduleUpkeep(scheduler: Scheduler, parts: ServiceParts, renewServed: () => boolean): void {
  scheduleRecords(scheduler, parts);
  scheduleSecrets(scheduler, parts, renewServed);
}
