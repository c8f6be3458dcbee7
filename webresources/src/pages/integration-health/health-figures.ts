import { type BudgetSource, Health, IntegrationStatus, OperationType, type SourceSystem } from '@crmjira/domain';
import type { HeldProject } from './read-held';

/** Rows of the log in one UTC day and of one operation. */
export interface DayCount {
  /** `2025-05-16`, UTC, as R-1105's queries count */
  readonly day: string;
  readonly operation: OperationType;
  readonly rows: number;
}

export interface LoggedError {
  readonly id: string;
  readonly at: string;
  readonly source: SourceSystem | null;
  readonly operation: OperationType | null;
  /** project key, else the opportunity's name; null: a record that is gone, or that the person may not read */
  readonly record: string | null;
  readonly message: string;
  /** kind of the failure, by which it is worded; null on rows from before it was kept */
  readonly code: string | null;
  /** null: the row belongs to no opportunity, so there is nothing to retry */
  readonly opportunityId: string | null;
}

/** What the service needs, in the order of the cards, as the texts name it. */
export const DEPENDENCIES = ['jira', 'dataverse', 'budgetSource', 'gateway'] as const;
export type DependencyName = (typeof DEPENDENCIES)[number];

/** What is told of the budget source alone; each null where it is not known. */
export interface SourceHealth {
  readonly kind: BudgetSource | null;
  /** of an hour that has none of its own, in units of `currency` (ISO 4217) */
  readonly rate: number | null;
  readonly currency: string | null;
  /** mean seconds from an event to figures that agree; null when nothing came in the last five minutes */
  readonly delaySeconds: number | null;
}

/** How one of them did at the last test. */
export interface DependencyHealth {
  readonly name: DependencyName;
  readonly health: Health;
  /** since when it has been in that state */
  readonly since: string | null;
  readonly lastGoodOn: string | null;
  /** what is wrong in the words of the service, and its kind, by which it is worded */
  readonly reason: string | null;
  readonly code: string | null;
  /** milliseconds of the last test; null: no good answer, or not measured (the gateway) */
  readonly responseMs: number | null;
  /** days until its first secret or certificate ends, 0 on the last day and after; null: not known */
  readonly daysLeft: number | null;
  /** calls a minute, of the gateway; null: not known */
  readonly callsPerMinute: number | null;
  /** milliseconds of mean response above which it counts as slow, of Jira; null: not known */
  readonly limitMs: number | null;
  /** of the budget source */
  readonly source: SourceHealth;
  /** jobs that failed there and are tried again, and that were given up, of Jira; null: not known */
  readonly waiting: number | null;
  readonly dead: number | null;
  /** unknown because the service has been silent since; null while it reports, or where it never has */
  readonly silentSince: string | null;
}

/** A connection, whose health the service writes every five minutes. */
export interface ConnectionHealth {
  readonly id: string;
  readonly name: string;
  readonly health: Health;
  readonly testedOn: string | null;
  readonly testOk: boolean | null;
  readonly syncedOn: string | null;
  /** jobs that wait and that were given up, at the last test; null: never reported */
  readonly waiting: number | null;
  readonly dead: number | null;
  /** seconds that the oldest waiting one was overdue, 0 when none was; null: never reported */
  readonly oldestSeconds: number | null;
  /** in the order of `DEPENDENCIES`; what is the service's own stands with the first connection alone */
  readonly dependencies: readonly DependencyHealth[];
}

/** Everything that the page shows, read together (R-1104). */
export interface HealthFigures {
  readonly connections: readonly ConnectionHealth[];
  /** last 24 hours: number of rows by status */
  readonly statuses: ReadonlyMap<number, number>;
  /** last 30 days */
  readonly volume: readonly DayCount[];
  /** last 7 days: number of rows by operation */
  readonly operations: ReadonlyMap<number, number>;
  /** last 24 hours, newest first, ten at most */
  readonly errors: readonly LoggedError[];
  /** projects that wait for an administrator, the longest waiting first */
  readonly held: readonly HeldProject[];
}

export const OPERATIONS = [OperationType.Update, OperationType.Sync, OperationType.Create, OperationType.Delete];

export interface Line {
  readonly operation: OperationType;
  /** one a day, oldest first */
  readonly rows: readonly number[];
}

const DAY_MS = 86_400_000;

/** The last days, oldest first, `days` of them up to and with that of `now`; UTC. */
export function lastDays(now: string, days: number): readonly string[] {
  const end = Date.parse(now);
  return Array.from({ length: days }, (_, back) =>
    new Date(end - (days - 1 - back) * DAY_MS).toISOString().slice(0, 10),
  );
}

/** One line for each operation that occurred; a day without a row counts 0, it did not happen that nothing is known. Pure. */
export function linesOf(volume: readonly DayCount[], days: readonly string[]): readonly Line[] {
  const count = (operation: OperationType, day: string): number =>
    volume.filter((one) => one.operation === operation && one.day === day).reduce((sum, { rows }) => sum + rows, 0);
  return OPERATIONS.map((operation) => ({ operation, rows: days.map((day) => count(operation, day)) })).filter(
    ({ rows }) => rows.some((found) => found > 0),
  );
}

/** Rows of the log on the UTC day of `now`. Pure. */
export function today(volume: readonly DayCount[], now: string): number {
  return volume.filter(({ day }) => day === now.slice(0, 10)).reduce((sum, { rows }) => sum + rows, 0);
}

/** Jobs of all connections that have reported; null when none has. Pure. */
export function jobsOf(connections: readonly Pick<ConnectionHealth, 'waiting' | 'dead'>[]): {
  readonly waiting: number | null;
  readonly dead: number | null;
} {
  const sum = (values: readonly (number | null)[]): number | null => {
    const known = values.flatMap((value) => value ?? []);
    return known.length === 0 ? null : known.reduce((all, value) => all + value, 0);
  };
  return { waiting: sum(connections.map((one) => one.waiting)), dead: sum(connections.map((one) => one.dead)) };
}

export interface Share {
  readonly operation: OperationType;
  readonly rows: number;
  /** of 100 */
  readonly percent: number;
}

/** Shares of the operations that occurred, most first. Pure. */
export function sharesOf(operations: ReadonlyMap<number, number>): readonly Share[] {
  const all = [...operations.values()].reduce((sum, rows) => sum + rows, 0);
  return OPERATIONS.map((operation) => ({ operation, rows: operations.get(operation) ?? 0 }))
    .filter(({ rows }) => rows > 0)
    .map((share) => ({ ...share, percent: (100 * share.rows) / all }))
    .sort((one, other) => other.rows - one.rows);
}

/** Milliseconds after which a connection that nobody tested anew means that the service is silent: two of its rounds and some. */
const SILENT_AFTER = 12 * 60_000;

export type ServiceState = 'reporting' | 'silent' | 'jira-unreachable';

/** What the connection row says about the service and about Jira behind it. Pure. */
export function serviceState(
  { testedOn, testOk }: Pick<ConnectionHealth, 'testedOn' | 'testOk'>,
  now: string,
): ServiceState {
  if (testedOn === null || Date.parse(now) - Date.parse(testedOn) > SILENT_AFTER) return 'silent';
  return testOk === false ? 'jira-unreachable' : 'reporting';
}

/** A state as it may be shown: what a silent service said last is true no longer. Pure. */
export function dependencyNow(
  connection: Pick<ConnectionHealth, 'testedOn' | 'testOk'>,
  told: DependencyHealth,
  now: string,
): DependencyHealth {
  if (serviceState(connection, now) !== 'silent') return told;
  return { ...told, health: Health.Unknown, reason: null, code: null, silentSince: connection.testedOn };
}

export const STATUSES = [
  IntegrationStatus.Success,
  IntegrationStatus.Failed,
  IntegrationStatus.Retry,
  IntegrationStatus.Pending,
];
