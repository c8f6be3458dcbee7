import { Health, wholeSecond } from '@crmjira/domain';
import type { HealthReport, ProbeResult } from './health-report';

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

/** Characters of `…_reason_code`. */
const codeLength = 50;

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

const responseOf = (result: ProbeResult | 'unknown'): number | null =>
  result === 'unknown' || !result.ok ? null : (result.latencyMs ?? null);

/** The columns of figures: null where nothing is known, so that no figure of another day is left standing. Pure. */
export function figureColumns(report: HealthReport): Record<string, number | null> {
  const { jira, dataverse, budgetSource, gateway, jiraCallsPerMinute } = report;
  const isUsed = gateway !== 'none';
  return {
    crmjira_jira_response_ms: responseOf(jira),
    crmjira_jira_days_left: daysLeftOf('jira', report),
    crmjira_dataverse_response_ms: responseOf(dataverse),
    crmjira_dataverse_days_left: daysLeftOf('dataverse', report),
    crmjira_budget_source_response_ms: responseOf(budgetSource),
    crmjira_gateway_calls_per_minute: isUsed ? Math.round(jiraCallsPerMinute) : null,
    crmjira_gateway_days_left: isUsed ? daysLeftOf('gateway', report) : null,
  };
}

/** The states of a report. A Dataverse that takes this very row is not down, whatever its probe has met. Pure. */
export function statesOf(report: HealthReport): Readonly<Record<Dependency, DependencyState>> {
  const dataverse = stateOf(report.dataverse);
  return {
    jira: stateOf(report.jira),
    dataverse: dataverse.health === Health.Down ? { ...dataverse, health: Health.Degraded } : dataverse,
    budget_source: stateOf(report.budgetSource),
    gateway: stateOf(report.gateway),
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
    ...(health === Health.Healthy ? { [`crmjira_${name}_last_good_on`]: at } : {}),
    [`crmjira_${name}_reason`]: reason,
    [`crmjira_${name}_reason_code`]: code?.slice(0, codeLength) ?? null,
  };
}
