import { createHealth } from '../operations/health/create-health';
import type { HealthReport } from '../operations/health/health-report';
import type { ProbeResult } from '../platform/errors/probe-result';
import { createStoreProbe } from '../operations/health/probe-store';
import { createSideProbes, type SideProbes } from '../operations/health/side-probes';
import type { ServiceParts } from './service-parts';

/** What the service says of itself. */
export interface ServiceHealth {
  /** Whether a delivery could be kept now. */
  readonly keepsDeliveries: () => Promise<ProbeResult>;
  readonly probes: SideProbes;
  readonly report: () => Promise<HealthReport>;
}

/** Makes health from the probes, the measurements and what the process has found out. */
export function healthOfService({ live, store, connections, now, measurements, state }: ServiceParts): ServiceHealth {
  const { dataverse, environmentSettings, jira, reconciler } = connections;
  const { failures, answersOf, processing, thresholds } = measurements;
  const keepsDeliveries = createStoreProbe(store, now);
  const probes = createSideProbes({
    dataverse,
    jira,
    now,
    budgetSource: async (connection) => {
      // What keeps the settings from being read is told as the state of Dataverse.
      const settings = environmentSettings.lastSettings() ?? (await environmentSettings.settings().catch(() => null));
      return settings === null ? null : reconciler.source(settings.policy.budgetSource, connection);
    },
  });
  const report = createHealth({
    store,
    keepsDeliveries,
    probes,
    jira,
    foundOf: (id) => ({
      environment: state.environments.get(id) ?? null,
      webhooks: state.webhooks.get(id) ?? null,
      maps: state.maps.get(id) ?? null,
    }),
    secondsOf: (id) => answersOf(id).mean(),
    hasGateway: () => live.current().jira.gateway !== null,
    now,
    startedAt: now(),
    lastSyncOn: () => state.lastSyncOn,
    figures: () => ({
      daysLeft: state.daysLeft,
      secretAgeDays: state.secretAgeDays,
      recentFailures: failures.count(),
      sweep: state.sweep,
      provisioningsHeld: state.provisioningsHeld,
      unfinished: Object.fromEntries(state.unfinished),
      shownInDynamics: state.shownInDynamics,
    }),
    measured: () => ({
      jiraCallsPerMinute: Math.round(answersOf(jira.first.id).perMinute() * 10) / 10,
      processingSeconds: processing.mean(),
      baseline: state.baseline,
    }),
    thresholds,
  });
  return { keepsDeliveries, probes, report };
}
