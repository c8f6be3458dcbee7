import { entryOf, Health, wholeSecond } from '@crmjira/domain';
import type { HealthReport } from './health-report';
import type { ProbeResult } from '../../platform/errors/probe-result';

/** What the service depends on, as the columns of the connection row are named. */
export const dependencies = ['jira', 'dataverse', 'budget_source', 'gateway'] as const;
export type Dependency = (typeof dependencies)[number];

/** State of one of them, as people are shown it. */
export interface DependencyState {
  readonly health: Health;
  /** A sentence and its code; null when there is nothing to say. */
  readonly reason: string | null;
  readonly code: string | null;
}

/** What the row tells of one of them. */
export interface ShownState {
  readonly health: number | null;
  readonly since: string | null;
}

/** Codes of a side that answers, only not as fast as it is asked. */
const answersSlowly: ReadonlySet<string> = new Set(['jira-rate-limit', 'tempo-rate-limit', 'dataverse-limit']);

function stateOf(result: ProbeResult | 'unknown' | 'none'): DependencyState {
  const quiet = { reason: null, code: null };
  if (result === 'none') return { health: Health.NotUsed, ...quiet };
  if (result === 'unknown') return { health: Health.Unknown, ...quiet };
  if (result.ok) return { health: Health.Healthy, ...quiet };
  const { says = null, code = null } = result;
  return { health: code !== null && answersSlowly.has(code) ? Health.Degraded : Health.Down, reason: says, code };
}

/** Names that `daysLeft` gives to what ends, by side. */
const ending = {
  jira: /^(token (jira|JIRA_API_TOKEN|JIRA_PAT|JIRA_PASSWORD)|certificate jira)$/,
  dataverse: /^(token (dataverse|DATAVERSE_CLIENT_SECRET)|certificate dataverse)$/,
  gateway: /^certificate gateway( client)?$/,
} as const satisfies Partial<Record<Dependency, RegExp>>;

/** Days until the first secret or certificate of a side ends, 0 on its last day and after; null where none is known. Pure. */
function daysLeftOf(name: keyof typeof ending, { daysLeft }: HealthReport): number | null {
  const days = Object.entries(daysLeft).flatMap(([of, left]) => (ending[name].test(of) ? [left] : []));
  return days.length === 0 ? null : Math.max(0, Math.floor(Math.min(...days)));
}

/** Code of a side that does well, of which something ends soon: the page has its own words for it. */
const expiresSoon = 'expires-soon';

/** A side that does well needs attention once the alert on what ends of it speaks (R-1106). Pure. */
function withExpiry(
  name: keyof typeof ending,
  state: DependencyState,
  { alerts }: Pick<HealthReport, 'alerts'>,
): DependencyState {
  if (state.health !== Health.Healthy) return state;
  const kinds: Readonly<Record<string, string>> = {
    CrmJiraTokenExpires: 'token',
    CrmJiraCertificateExpires: 'certificate',
  };
  const speaking = alerts.some(({ alert, of }) => ending[name].test(`${entryOf(kinds, alert)} ${of}`));
  if (!speaking) return state;
  return { health: Health.Degraded, reason: 'A token, secret or certificate ends soon.', code: expiresSoon };
}

/** A side that does well is not enough where one of `besides` does not: that Jira may be written to, that its webhooks arrive. Pure. */
function withBesides(state: DependencyState, ...besides: readonly (ProbeResult | null)[]): DependencyState {
  const wrong = besides.find((one) => one?.ok === false);
  if (state.health !== Health.Healthy || wrong == null) return state;
  return { health: Health.Degraded, reason: wrong.says ?? null, code: wrong.code ?? null };
}

const responseOf = (result: ProbeResult | 'unknown'): number | null =>
  result === 'unknown' || !result.ok ? null : (result.latencyMs ?? null);

/** The columns of figures: null where nothing is known, so that no figure of another day is left standing. Pure. */
export function figureColumns(report: HealthReport): Record<string, number | null> {
  const { jira, dataverse, budgetSource, gateway, jiraCallsPerMinute, processingSeconds, queue, thresholds } = report;
  const isUsed = gateway !== 'none';
  return {
    crmjira_jira_response_ms: responseOf(jira),
    crmjira_jira_limit_ms: Math.round(thresholds.SlowResponseSeconds * 1_000),
    crmjira_jira_days_left: daysLeftOf('jira', report),
    crmjira_dataverse_response_ms: responseOf(dataverse),
    crmjira_dataverse_days_left: daysLeftOf('dataverse', report),
    crmjira_budget_source_response_ms: responseOf(budgetSource),
    crmjira_budget_source_delay_s: processingSeconds === null ? null : Math.round(processingSeconds),
    // A queue in which nothing is due has no oldest job: 0 is known then, and nothing where it could not be read.
    crmjira_oldest_waiting_s: queue === null ? null : Math.round(Math.max(0, queue.oldestDueAgeMs ?? 0) / 1_000),
    crmjira_gateway_calls_per_minute: isUsed ? Math.round(jiraCallsPerMinute) : null,
    crmjira_gateway_days_left: isUsed ? daysLeftOf('gateway', report) : null,
  };
}

/** The states of a report. A Dataverse that takes this very row is not down, whatever its probe has met. Pure. */
export function statesOf(report: HealthReport): Readonly<Record<Dependency, DependencyState>> {
  const dataverse = stateOf(report.dataverse);
  return {
    jira: withExpiry('jira', withBesides(stateOf(report.jira), report.environment, report.webhooks), report),
    dataverse:
      dataverse.health === Health.Down
        ? { ...dataverse, health: Health.Degraded }
        : withExpiry('dataverse', dataverse, report),
    budget_source: stateOf(report.budgetSource),
    gateway: withExpiry('gateway', stateOf(report.gateway), report),
  };
}

/**
 * Columns of one dependency. `since` stands while the state does. Pure.
 * @param began the state begins now, though it is the one that the row tells of: there was another in between
 */
export function dependencyColumns(
  name: Dependency,
  { health, reason, code }: DependencyState,
  shown: ShownState | undefined,
  now: Date,
  began = false,
): Record<string, unknown> {
  const at = wholeSecond(now.toISOString());
  const stands = !began && shown?.health === health && shown.since !== null;
  return {
    [`crmjira_${name}_health`]: health,
    ...(stands ? {} : { [`crmjira_${name}_since`]: at }),
    ...(health === Health.Healthy || code === expiresSoon ? { [`crmjira_${name}_last_good_on`]: at } : {}),
    [`crmjira_${name}_reason`]: reason,
    [`crmjira_${name}_reason_code`]: code ?? null,
  };
}
