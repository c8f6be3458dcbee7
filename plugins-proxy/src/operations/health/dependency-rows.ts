import { derivedId, entryOf, Health, tables, wholeSecond } from '@crmjira/domain';
import type { PlainWrite } from '../../clients/dataverse/plain-write';
import type { ConnectionReport, HealthReport } from './health-report';
import type { ProbeResult } from '../../platform/errors/probe-result';

/** What a connection depends on, as its rows name it. Dataverse and the gateway are the service's own: they stand with the first connection. */
export type Dependency = 'jira' | 'dataverse' | 'budget_source' | 'gateway';

/** State of one of them, as people are shown it. */
export interface DependencyState {
  readonly health: Health;
  /** A sentence and its code; null when there is nothing to say. */
  readonly reason: string | null;
  readonly code: string | null;
}

/** What a row tells of one of them. */
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

/** A side that does well is not enough where one of `besides` does not: that Jira may be written to, that its webhooks arrive, that its maps serve. Pure. */
function withBesides(state: DependencyState, ...besides: readonly (ProbeResult | null)[]): DependencyState {
  const wrong = besides.find((one) => one?.ok === false);
  if (state.health !== Health.Healthy || wrong == null) return state;
  return { health: Health.Degraded, reason: wrong.says ?? null, code: wrong.code ?? null };
}

const responseOf = (result: ProbeResult | 'unknown'): number | null =>
  result === 'unknown' || !result.ok ? null : (result.latencyMs ?? null);

/** Figures of a dependency, each null where it is not known, so that no figure of another day is left standing. */
interface DependencyFigures {
  readonly responseMs?: number | null;
  readonly limitMs?: number;
  readonly daysLeft?: number | null;
  readonly waiting?: number | null;
  readonly deadLetters?: number | null;
}

/** What is shown of one dependency of a connection. */
export interface DependencyReport {
  readonly connection: Pick<ConnectionReport, 'id' | 'name'>;
  readonly dependency: Dependency;
  readonly state: DependencyState;
  readonly figures: DependencyFigures;
}

/** The dependencies of a report. A Dataverse that takes these very rows is not down, whatever its probe has met. Pure. */
export function dependenciesOf(report: HealthReport): readonly DependencyReport[] {
  const { connections, gateway, thresholds } = report;
  return connections.flatMap((connection, index) => {
    const { environment, webhooks, maps = null, budgetSource, waiting, deadLetters } = connection;
    const isFirst = index === 0;
    const ofJira = withBesides(stateOf(connection.jira), environment, webhooks, maps);
    const told: [Dependency, DependencyState, DependencyFigures][] = [
      [
        'jira',
        isFirst ? withExpiry('jira', ofJira, report) : ofJira,
        {
          responseMs: responseOf(connection.jira),
          limitMs: Math.round(thresholds.SlowResponseSeconds * 1_000),
          daysLeft: isFirst ? daysLeftOf('jira', report) : null,
          waiting,
          deadLetters,
        },
      ],
      ['budget_source', stateOf(budgetSource), { responseMs: responseOf(budgetSource) }],
    ];
    if (isFirst) {
      const dataverse = stateOf(report.dataverse);
      told.push([
        'dataverse',
        dataverse.health === Health.Down
          ? { ...dataverse, health: Health.Degraded }
          : withExpiry('dataverse', dataverse, report),
        { responseMs: responseOf(report.dataverse), daysLeft: daysLeftOf('dataverse', report) },
      ]);
      told.push([
        'gateway',
        withExpiry('gateway', stateOf(gateway), report),
        { daysLeft: gateway === 'none' ? null : daysLeftOf('gateway', report) },
      ]);
    }
    return told.map(([dependency, state, figures]) => ({ connection, dependency, state, figures }));
  });
}

/** Health of a connection beside the first: its Jira's, less where something else of it does not do well. Pure. */
export function healthOfConnection({ jira, budgetSource, environment, webhooks }: ConnectionReport): Health {
  const source = budgetSource === 'unknown' ? null : budgetSource;
  return withBesides(stateOf(jira), environment, webhooks, source).health;
}

/** The same row for every replica and after every restart. Pure. */
export const dependencyRowId = (connectionId: string, dependency: Dependency): string =>
  derivedId(connectionId, 'health', dependency);

/**
 * The row of one dependency. `since` stands while the state does. Pure.
 * @param began the state begins now, though it is the one that the row tells of: there was another in between
 */
export function dependencyRow(
  { connection, dependency, state, figures }: DependencyReport,
  shown: ShownState | undefined,
  now: Date,
  began = false,
): PlainWrite {
  const { health, reason, code } = state;
  const at = wholeSecond(now.toISOString());
  const stands = !began && shown?.health === health && shown.since !== null;
  return {
    op: 'upsert',
    collection: tables.crmjira_integration_health.entitySet,
    id: dependencyRowId(connection.id, dependency),
    columns: {
      crmjira_name: `${connection.name} ${dependency}`,
      'crmjira_integration_id@odata.bind': `/${tables.crmjira_integration.entitySet}(${connection.id})`,
      crmjira_dependency: dependency,
      crmjira_health: health,
      ...(stands ? {} : { crmjira_since: at }),
      ...(health === Health.Healthy || code === expiresSoon ? { crmjira_last_good_on: at } : {}),
      crmjira_reason: reason,
      crmjira_reason_code: code,
      crmjira_response_ms: figures.responseMs ?? null,
      crmjira_limit_ms: figures.limitMs ?? null,
      crmjira_days_left: figures.daysLeft ?? null,
      crmjira_waiting: figures.waiting ?? null,
      crmjira_dead_letters: figures.deadLetters ?? null,
    },
  };
}
