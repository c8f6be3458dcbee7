import { type ErrorClass, SyncTrigger } from '@crmjira/domain';

/** Runs of one UTC day that have all of this in common. */
export interface RunCount {
  /** `2025-05-16` */
  readonly day: string;
  readonly integrationId: string | null;
  readonly trigger: SyncTrigger | null;
  readonly isFailed: boolean;
  readonly cause: ErrorClass | null;
  readonly runs: number;
}

export interface Total {
  readonly runs: number;
  readonly failed: number;
}

/** How many of the runs succeeded, of 100; null: there was none. */
export const rateOf = ({ runs, failed }: Total): number | null => (runs === 0 ? null : (100 * (runs - failed)) / runs);

export const totalOf = (counts: readonly RunCount[]): Total => ({
  runs: counts.reduce((sum, { runs }) => sum + runs, 0),
  failed: counts.reduce((sum, { runs, isFailed }) => sum + (isFailed ? runs : 0), 0),
});

const DAY_MS = 86_400_000;
const PERIOD = 7;

/** The last days with today, which has not ended, oldest first; UTC. Pure. */
export const lastDays = (now: string, days: number): readonly string[] =>
  Array.from({ length: days }, (_, index) =>
    new Date(Date.parse(now) - (days - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );

/** What the last 7 days are compared with. */
export type Change =
  | { readonly kind: 'new' }
  | { readonly kind: 'same' }
  | { readonly kind: 'up' | 'down'; readonly percent: number };

/** Nothing before is `new`, never a percentage; the same number is `same`, also when it is none. Pure. */
export function changeOf(now: number, before: number): Change {
  if (now === before) return { kind: 'same' };
  if (before === 0) return { kind: 'new' };
  return { kind: now > before ? 'up' : 'down', percent: Math.round((100 * Math.abs(now - before)) / before) };
}

/** Failures of one cause. */
export interface CauseFigures {
  /** null: no class tells */
  readonly cause: ErrorClass | null;
  /** a day, oldest first */
  readonly daily: readonly number[];
  readonly now: number;
  readonly before: number;
}

export interface RunFigures {
  /** of the last 7 days with today, and of the 7 before */
  readonly now: Total;
  readonly before: Total;
  /** of each day, oldest first */
  readonly days: readonly (Total & { readonly day: string })[];
  /** runs of the last 7 days, most first */
  readonly triggers: readonly { readonly trigger: SyncTrigger; readonly runs: number }[];
  readonly causes: readonly CauseFigures[];
  /** of the last 7 days */
  readonly byIntegration: ReadonlyMap<string, Total>;
}

/** All that is counted of the runs of 14 days. Pure. @param days 14 of them, oldest first */
export function runFigures(counts: readonly RunCount[], days: readonly string[]): RunFigures {
  const begin = days.at(-PERIOD) ?? '';
  const known = counts.filter(({ day }) => days.includes(day));
  const [now, before] = [known.filter(({ day }) => day >= begin), known.filter(({ day }) => day < begin)];
  const failed = known.filter(({ isFailed }) => isFailed);
  const causes = [...new Set(failed.map(({ cause }) => cause))].map((cause): CauseFigures => {
    const own = failed.filter((one) => one.cause === cause);
    const daily = days.map((day) => totalOf(own.filter((one) => one.day === day)).runs);
    const sum = (part: readonly number[]): number => part.reduce((all, one) => all + one, 0);
    return { cause, daily, now: sum(daily.slice(-PERIOD)), before: sum(daily.slice(0, -PERIOD)) };
  });
  return {
    now: totalOf(now),
    before: totalOf(before),
    days: days.map((day) => ({ day, ...totalOf(known.filter((one) => one.day === day)) })),
    triggers: Object.values(SyncTrigger)
      .map((trigger) => ({ trigger, runs: totalOf(now.filter((one) => one.trigger === trigger)).runs }))
      .filter(({ runs }) => runs > 0)
      .sort((one, other) => other.runs - one.runs),
    causes: causes.sort(
      (one, other) => other.now - one.now || other.before - one.before || (one.cause ?? 99) - (other.cause ?? 99),
    ),
    byIntegration: totalsByIntegration(now),
  };
}

export function totalsByIntegration(counts: readonly RunCount[]): ReadonlyMap<string, Total> {
  const ids = [...new Set(counts.flatMap(({ integrationId }) => integrationId ?? []))];
  return new Map(ids.map((id) => [id, totalOf(counts.filter(({ integrationId }) => integrationId === id))]));
}
