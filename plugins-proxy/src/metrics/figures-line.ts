import type { HealthReport } from '../health/health-report';
import type { OutgoingCall } from './watch-outgoing';

/** Calls of one side since the last line. */
export interface SideFigures {
  readonly calls: number;
  readonly errors: number;
  readonly seconds: number;
}

/** Gathers calls between two lines. */
export interface Figures {
  add(call: OutgoingCall): void;
  /** What came together since the last time. */
  take(): Readonly<Record<string, SideFigures>>;
}

export function createFigures(): Figures {
  let sides: Record<string, SideFigures> = {};
  return {
    add: ({ side, status, seconds }) => {
      const known = sides[side] ?? { calls: 0, errors: 0, seconds: 0 };
      const failed = status === '5xx' || status === 'none' ? 1 : 0;
      const sum = Math.round((known.seconds + seconds) * 1_000_000) / 1_000_000;
      sides[side] = { calls: known.calls + 1, errors: known.errors + failed, seconds: sum };
    },
    take: () => {
      const taken = sides;
      sides = {};
      return taken;
    },
  };
}

/**
 * One log line a minute with what the alert rules of a log-based monitor (Azure Monitor) ask for, where Prometheus does not scrape.
 * Averages are made by the reader from seconds and calls, so that lines of several replicas and minutes add up.
 */
export function figuresLine(report: HealthReport, outgoing: Readonly<Record<string, SideFigures>>) {
  return {
    status: report.status,
    connected: { store: report.store.ok, dataverse: report.dataverse.ok, jira: report.jira.ok },
    recentFailures: report.recentFailures,
    oldestDueSeconds: (report.queue?.oldestDueAgeMs ?? 0) / 1_000,
    queue: report.queue,
    outgoing,
    daysLeft: report.daysLeft,
    secretAgeDays: report.secretAgeDays,
    thresholds: report.thresholds,
    alerts: report.alerts.map(({ alert, of }) => (of === null ? alert : `${alert} ${of}`)),
  };
}
