import type { HealthReport } from '../health/health-report';
import type { OutgoingCall } from './watch-outgoing';

/** Calls of one side since the last line. */
export interface SideFigures {
  readonly calls: number;
  readonly errors: number;
  readonly seconds: number;
}

/** Collects calls between two lines. */
export interface Figures {
  add(call: OutgoingCall): void;
  /** What came together since the last time. */
  take(): Readonly<Record<string, SideFigures>>;
}

const microseconds = 1_000_000;

export function createFigures(): Figures {
  // Added up in place: it is done for every call that leaves.
  let sides = new Map<string, { calls: number; errors: number; seconds: number }>();
  return {
    add: ({ side, status, seconds }) => {
      let known = sides.get(side);
      if (known === undefined) sides.set(side, (known = { calls: 0, errors: 0, seconds: 0 }));
      known.calls += 1;
      if (status === '5xx' || status === 'none') known.errors += 1;
      known.seconds += seconds;
    },
    take: () => {
      const taken = sides;
      sides = new Map();
      return Object.fromEntries(
        [...taken].map(([side, { seconds, ...counts }]) => [
          side,
          { ...counts, seconds: Math.round(seconds * microseconds) / microseconds },
        ]),
      );
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
    connected: {
      store: report.store.ok,
      dataverse: report.dataverse.ok,
      jira: report.jira.ok,
      // Those beside the first one.
      ...Object.fromEntries(report.connections.slice(1).map(({ id, jira }) => [`jira ${id}`, jira.ok])),
      // Left out where there is none, or nobody can say which of the two is away: unknown is not `false` (R-1102).
      ...(typeof report.gateway === 'string' ? {} : { gateway: report.gateway.ok }),
    },
    recentFailures: report.recentFailures,
    oldestDueSeconds: (report.queue?.oldestDueAgeMs ?? 0) / 1_000,
    queue: report.queue,
    outgoing,
    daysLeft: report.daysLeft,
    secretAgeDays: report.secretAgeDays,
    thresholds: report.thresholds,
    alerts: report.alerts.map(({ alert, of, connection }) =>
      [alert, of, connection?.name].filter((part) => part != null).join(' '),
    ),
  };
}
