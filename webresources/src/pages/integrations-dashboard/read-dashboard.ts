import type { Integration } from '../integrations/integration';
import { readIntegrations } from '../integrations/read-integrations';
import { readActs, readCounts, readPeople, readRuns } from '../integrations/read-runs';
import type { AdminAct, Run } from '../integrations/run';
import type { RunCount } from '../integrations/run-figures';

/** Entries of recent activity. */
const RECENT = 6;

/** A run or an administrator's action. */
export type Activity =
  | { readonly kind: 'run'; readonly at: string; readonly run: Run }
  | { readonly kind: 'act'; readonly at: string; readonly act: AdminAct };

export interface Dashboard {
  readonly integrations: readonly Integration[];
  readonly counts: readonly RunCount[];
  /** newest first */
  readonly recent: readonly Activity[];
  /** names of people, by id */
  readonly people: ReadonlyMap<string, string>;
}

/** The newest of both. Pure. */
export function recentOf(runs: readonly Run[], acts: readonly AdminAct[]): readonly Activity[] {
  return [
    ...runs.map((run): Activity => ({ kind: 'run', at: run.startedOn, run })),
    ...acts.map((act): Activity => ({ kind: 'act', at: act.at, act })),
  ]
    .sort((one, other) => other.at.localeCompare(one.at))
    .slice(0, RECENT);
}

/** All that the dashboard shows; nothing of it grows with the past. @throws what the client API throws */
export async function readDashboard(): Promise<Dashboard> {
  const newest = { bound: `top="${RECENT}"`, filter: '' };
  const [integrations, counts, runs, acts] = await Promise.all([
    readIntegrations(),
    readCounts(),
    readRuns(newest),
    readActs(newest),
  ]);
  const recent = recentOf(runs, acts);
  const people = await readPeople(recent.flatMap((one) => (one.kind === 'act' ? [one.act.actorId] : [])));
  return { integrations, counts, recent, people };
}
