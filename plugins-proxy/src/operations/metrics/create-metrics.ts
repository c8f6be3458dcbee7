import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { HealthReport } from '../health/health-report';
import { alertNames } from './judge-alerts';
import { statusClasses } from './watch-outgoing';

/** Bounds in seconds. Intake is a commit; the outgoing ones reach from a local answer to past the 5 s of R-1103. */
const intakeBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const outgoingBounds = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const waitBounds = [0.5, 1, 2, 5, 10, 30, 60, 300, 900];

/** Instruments of one process; names and labels are the contract of the alert rules and dashboards in `operations/`. */
export interface Metrics {
  readonly registry: Registry;
  readonly deliveries: Counter<'source' | 'answer'>;
  readonly intakeSeconds: Histogram<'source'>;
  readonly jobRuns: Counter<'kind' | 'outcome'>;
  readonly rounds: Histogram;
  readonly processingSeconds: Histogram;
  readonly recordSeconds: Histogram<'kind'>;
  readonly outgoingSeconds: Histogram<'side' | 'status' | 'connection'>;
  readonly securityEvents: Counter<'event'>;
  readonly discrepancies: Gauge;
  readonly successPercent: Gauge;
  readonly worklogSuccessPercent: Gauge;
  readonly timePeople: Gauge<'state'>;
  readonly firstSyncSeconds: Gauge;
  readonly retentionDue: Gauge<'table'>;
  readonly daysLeft: Gauge<'kind' | 'of'>;
  readonly secretAgeDays: Gauge<'of'>;
  readonly degraded: Gauge;
  readonly findings: Gauge<'item'>;
  /** Takes over the figures that are only known when asked for. */
  show(report: HealthReport): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[] = []): Gauge<T> =>
    new Gauge({ name: `crmjira_${name}`, help, labelNames: [...labelNames], registers });
  const histogram = <T extends string>(name: string, help: string, buckets: number[], labelNames: readonly T[] = []) =>
    new Histogram({ name: `crmjira_${name}`, help, buckets, labelNames: [...labelNames], registers });
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[]): Counter<T> =>
    new Counter({ name: `crmjira_${name}`, help, labelNames: [...labelNames], registers });

  const up = gauge('connection_up', '1 when the last probe reached it', ['side', 'connection']);
  const queue = gauge('queue_jobs', 'Jobs of the shared queue by state', ['state']);
  const oldest = gauge(
    'queue_oldest_due_seconds',
    'Age of the job that has been due or waited for a retry for longest, 0 when none does',
  );
  const lastSync = gauge('last_sync_timestamp_seconds', 'When this process last reconciled a record with success');
  const failures = gauge(
    'recent_failures',
    'Failures within crmjira_LogRateWindowMinutes that the integration log shows as Failed (R-1103)',
  );
  const threshold = gauge('threshold', 'Limits as set in Dynamics, in the unit of the setting (R-1103)', ['setting']);
  const alert = gauge('alert', '1 while the service itself finds the limit of an alert passed', ['alert']);
  const outgoingSeconds = histogram(
    'outgoing_seconds',
    'Calls that leave, by side and status class, those to Jira by connection',
    outgoingBounds,
    ['side', 'status', 'connection'],
  );
  let connections: readonly string[] = [];
  /** Takes the series of a connection away that is gone: there are no more of them than connections. */
  const forget = (connection: string): void => {
    const side = 'jira';
    up.remove({ side, connection });
    for (const status of statusClasses) outgoingSeconds.remove({ side, connection, status });
  };
  return {
    registry,
    deliveries: counter('deliveries_total', 'Deliveries by source and answer', ['source', 'answer']),
    intakeSeconds: histogram('intake_seconds', 'From request to answer of a delivery', intakeBounds, ['source']),
    jobRuns: counter('job_runs_total', 'Runs of jobs by kind and outcome', ['kind', 'outcome']),
    rounds: histogram('rounds_per_run', 'Rounds of read, plan, apply in a run', [1, 2, 3, 5, 8, 13, 20, 40]),
    processingSeconds: histogram('processing_seconds', 'From event to rows in agreement (R-1110)', waitBounds),
    recordSeconds: histogram(
      'record_seconds',
      'From event to rows in agreement, by kind of record; kind="time-record" is R-1815',
      waitBounds,
      ['kind'],
    ),
    outgoingSeconds,
    securityEvents: counter('security_events_total', 'Refused callers by reason', ['event']),
    discrepancies: gauge('budget_discrepancies', 'Mappings whose amount in Jira differs, at the last daily sync'),
    successPercent: gauge(
      'success_rate_percent',
      'Integration success rate of 24 h (R-1104); NaN when there are no rows',
    ),
    worklogSuccessPercent: gauge(
      'worklog_success_rate_percent',
      'Attempts of 24 h to log time in Jira that succeeded (R-1815); NaN when there are none',
    ),
    timePeople: gauge(
      'time_people',
      'People who logged time within 7 days, and how many of them have a connection (R-1815)',
      ['state'],
    ),
    firstSyncSeconds: gauge(
      'first_sync_seconds',
      'From the first connection of a new person to their first worklog, on average (R-1815); NaN when nobody is new',
    ),
    retentionDue: gauge('retention_due_rows', 'Rows older than they should be kept, at the last retention run', [
      'table',
    ]),
    secretAgeDays: gauge('secret_age_days', 'Age of each secret given by file or vault (R-1218)', ['of']),
    daysLeft: gauge('days_left', 'Days until a token or certificate ends (R-1106)', ['kind', 'of']),
    degraded: gauge(
      'performance_degraded',
      '1 when the last 24 h are worse than the days before by over crmjira_DegradationPercent (R-1111)',
    ),
    findings: gauge('maintenance_findings', '1 when an item of the maintenance plan has something to do', ['item']),
    show: (report) => {
      for (const side of ['store', 'dataverse'] as const) up.set({ side }, report[side].ok ? 1 : 0);
      for (const { id, jira } of report.connections) up.set({ side: 'jira', connection: id }, jira.ok ? 1 : 0);
      const told = report.connections.map(({ id }) => id);
      for (const connection of connections.filter((id) => !told.includes(id))) forget(connection);
      connections = told;
      const { gateway } = report;
      if (typeof gateway === 'object') up.set({ side: 'gateway' }, gateway.ok ? 1 : 0);
      // None, or nobody can say which of the two is away: unknown is not 0.
      else up.remove({ side: 'gateway' });
      if (report.queue !== null) {
        const { pending, running, dead, retrying, oldestDueAgeMs } = report.queue;
        for (const [state, value] of Object.entries({ pending, running, dead, retrying })) queue.set({ state }, value);
        oldest.set((oldestDueAgeMs ?? 0) / 1_000);
      }
      failures.set(report.recentFailures);
      for (const [setting, value] of Object.entries(report.thresholds)) threshold.set({ setting }, value);
      for (const name of alertNames)
        alert.set({ alert: name }, report.alerts.some((one) => one.alert === name) ? 1 : 0);
      if (report.lastSyncOn !== null) lastSync.set(Date.parse(report.lastSyncOn) / 1_000);
    },
  };
}
