import { randomUUID } from 'node:crypto';
import type { Connections } from '../capabilities/connect';
import type { JiraConnection } from '../connections/jira/jira-connection';
import type { JiraConnections } from '../connections/jira/jira-connections';
import type { Config } from '../platform/config/read-config';
import { type AccessRecorder, createAccessRecorder } from '../operations/maintenance/access-log';
import { createPerformanceRecorder, type PerformanceRecorder } from '../operations/maintenance/performance';
import { createMetrics, type Metrics } from '../operations/metrics/create-metrics';
import { createFailureWindow, type FailureWindow } from '../operations/metrics/failure-window';
import { createFigures, type Figures } from '../operations/metrics/figures-line';
import { createMeanSeconds, type MeanSeconds } from '../operations/metrics/mean-seconds';
import { defaultThresholds, type Thresholds } from '../platform/config/thresholds';
import { watchOutgoing } from '../operations/metrics/watch-outgoing';
import type { Archive } from '../operations/retention/archive/archive';

const minuteMs = 60_000;

/** What the service measures of itself. */
export interface Measurements {
  readonly metrics: Metrics;
  /** Alert thresholds that Dynamics has now (R-1103). */
  readonly thresholds: () => Thresholds;
  readonly failures: FailureWindow;
  /** Of one Jira connection. */
  readonly answersOf: (connectionId: string) => Pick<MeanSeconds, 'mean' | 'perMinute'>;
  /** From event to rows in agreement (R-1110). */
  readonly processing: MeanSeconds;
  /** Calls since the last line of figures. */
  readonly outgoing: Figures;
  readonly performance: PerformanceRecorder;
  readonly access: AccessRecorder;
  /** Writes the figures of performance and access into the archive. */
  keep(): Promise<void>;
  /** Ends the measuring of calls that leave. */
  end(): void;
}

/**
 * Finds the connection that an address belongs to: the one whose own address it begins with, the longest where several are on one host.
 * Two connections to the same address are told as the first of them.
 */
function connectionsByAddress(jira: Pick<JiraConnections, 'all'>): (origin: string, path: string) => string | null {
  const addresses = new WeakMap<JiraConnection, { readonly origin: string; readonly path: string }>();
  const addressOf = (connection: JiraConnection): { readonly origin: string; readonly path: string } => {
    const known = addresses.get(connection);
    if (known !== undefined) return known;
    const { origin, pathname } = new URL(connection.site.url);
    const address = { origin, path: pathname.replace(/\/+$/, '') };
    addresses.set(connection, address);
    return address;
  };
  return (origin, path) => {
    let found: { readonly id: string; readonly length: number } | null = null;
    for (const connection of jira.all()) {
      const own = addressOf(connection);
      if (own.origin !== origin || !(path === own.path || path.startsWith(`${own.path}/`))) continue;
      if (found === null || own.path.length > found.length) found = { id: connection.id, length: own.path.length };
    }
    return found?.id ?? null;
  };
}

/** Makes the instruments and begins to measure calls that leave. */
export function createMeasurements(
  config: Config,
  archive: Archive,
  { environmentSettings, jira }: Pick<Connections, 'environmentSettings' | 'jira'>,
  now: () => Date,
): Measurements {
  const thresholds = (): Thresholds => environmentSettings.lastSettings()?.thresholds ?? defaultThresholds;
  const clock = (): number => now().getTime();
  const replica = randomUUID();
  const metrics = createMetrics();
  const answers = new Map<string, MeanSeconds>();
  const answersOf = (connectionId: string): MeanSeconds => {
    const known = answers.get(connectionId);
    if (known !== undefined) return known;
    const ids = jira.ids();
    for (const id of answers.keys()) if (!ids.includes(id)) answers.delete(id);
    const mean = createMeanSeconds(clock);
    answers.set(connectionId, mean);
    return mean;
  };
  const processing = createMeanSeconds(clock);
  const outgoing = createFigures();
  const performance = createPerformanceRecorder(archive, replica, now);
  const access = createAccessRecorder(archive, replica, now);
  const sides = new Map([
    [new URL(config.dataverse.tokenUrl).origin, 'token'],
    [new URL(config.dataverse.url).origin, 'dataverse'],
  ]);
  const end = watchOutgoing(
    sides,
    (call) => {
      const { side, status, connection, seconds } = call;
      performance.call(call);
      if (connection !== undefined) answersOf(connection).add(seconds);
      metrics.outgoingSeconds.observe({ side, status, ...(connection === undefined ? {} : { connection }) }, seconds);
      outgoing.add(call);
    },
    connectionsByAddress(jira),
  );
  return {
    metrics,
    thresholds,
    failures: createFailureWindow(clock, () => thresholds().LogRateWindowMinutes * minuteMs),
    answersOf,
    processing,
    outgoing,
    performance,
    access,
    keep: async () => {
      await Promise.all([performance.write(), access.write()]);
    },
    end,
  };
}
