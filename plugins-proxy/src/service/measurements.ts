import { randomUUID } from 'node:crypto';
import type { Config } from '../platform/config/read-config';
import type { EnvironmentSettings } from '../connections/environment/environment-settings';
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
  readonly answersOfJira: MeanSeconds;
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

/** Makes the instruments and begins to measure calls that leave. */
export function createMeasurements(
  config: Config,
  archive: Archive,
  environmentSettings: Pick<EnvironmentSettings, 'lastSettings'>,
  now: () => Date,
): Measurements {
  const thresholds = (): Thresholds => environmentSettings.lastSettings()?.thresholds ?? defaultThresholds;
  const clock = (): number => now().getTime();
  const replica = randomUUID();
  const metrics = createMetrics();
  const answersOfJira = createMeanSeconds(clock);
  const processing = createMeanSeconds(clock);
  const outgoing = createFigures();
  const performance = createPerformanceRecorder(archive, replica, now);
  const access = createAccessRecorder(archive, replica, now);
  const sides = new Map([
    [new URL(config.dataverse.tokenUrl).origin, 'token'],
    [new URL(config.dataverse.url).origin, 'dataverse'],
    [new URL(config.jira.url).origin, 'jira'],
  ]);
  const end = watchOutgoing(sides, (call) => {
    performance.call(call);
    if (call.side === 'jira') answersOfJira.add(call.seconds);
    metrics.outgoingSeconds.observe({ side: call.side, status: call.status }, call.seconds);
    outgoing.add(call);
  });
  return {
    metrics,
    thresholds,
    failures: createFailureWindow(clock, () => thresholds().LogRateWindowMinutes * minuteMs),
    answersOfJira,
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
