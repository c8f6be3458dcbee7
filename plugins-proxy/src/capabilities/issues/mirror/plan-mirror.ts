import { minutesBack } from '../../../clients/jira/minutes-back';
import { isMirrored, type StoredProject } from '../discovery/project-rows';

/** A project that nothing was said of is read whole again after this, in milliseconds: deleted and moved issues leave no trace in a search. */
const wholeAgainMs = 24 * 3_600_000;
/** Projects named in one search. */
const projectsAtOnce = 100;

/** What a run over a connection reads. */
export interface MirrorPlan {
  /** Read whole, up to the limit of issues. */
  readonly fills: readonly StoredProject[];
  /** What has changed in the other projects since the last run, a query for each group of them. */
  readonly changes: readonly PlannedSearch[];
}

/** A search for what has changed in some projects. */
export interface PlannedSearch {
  readonly jql: string;
  readonly projects: readonly StoredProject[];
  /** The same for each of them alone. */
  readonly each: () => readonly PlannedSearch[];
}

function searchOf(projects: readonly StoredProject[], minutes: number): PlannedSearch {
  const ids = projects.map(({ id }) => Number(id)).join(', ');
  return {
    jql: `project in (${ids}) AND updated >= -${minutes}m ORDER BY updated DESC, key DESC`,
    projects,
    each: () => projects.map((project) => searchOf([project], minutes)),
  };
}

const oldestFirst = (one: StoredProject, other: StoredProject): number =>
  (one.filledOn ?? '').localeCompare(other.filledOn ?? '');

/** All issues of a project, the newest change first: what changes while the pages are read is read twice, not passed over. */
export const projectJql = ({ id }: Pick<StoredProject, 'id'>): string =>
  `project = ${Number(id)} ORDER BY updated DESC, key DESC`;

/**
 * Chooses what a run reads. Pure.
 * @param lastRun when the last one began that came to its end; null: there was none
 * @param force everything is read whole
 */
export function planMirror(
  projects: readonly StoredProject[],
  lastRun: Date | null,
  now: Date,
  { force = false, intervalMinutes }: { readonly force?: boolean; readonly intervalMinutes: number },
): MirrorPlan {
  const mirrored = projects.filter(isMirrored);
  // A run that is to come was noted before the clock was put back: how much time has passed since is not known.
  if (force || (lastRun !== null && lastRun > now)) return { fills: mirrored, changes: [] };
  const ageOf = ({ filledOn }: StoredProject, at: Date): number =>
    filledOn === null ? Infinity : at.getTime() - Date.parse(filledOn);
  // Also one that was not offered for a while: nobody has asked for its changes.
  const isNew = (project: StoredProject): boolean => ageOf(project, lastRun ?? new Date(0)) > 2 * wholeAgainMs;
  // In turn, so that a day's runs read each project whole once and no run reads all of them.
  const share = Math.ceil((mirrored.length * intervalMinutes * 60_000) / wholeAgainMs);
  const again = mirrored
    .filter((project) => !isNew(project) && ageOf(project, now) >= wholeAgainMs)
    .toSorted(oldestFirst)
    .slice(0, share);
  const fills = [...mirrored.filter(isNew), ...again];
  const others = mirrored.filter((project) => !fills.includes(project));
  // A first run that was cut off has no row; what it has filled is known.
  const since = lastRun?.getTime() ?? Math.min(...others.map(({ filledOn }) => Date.parse(filledOn ?? '')));
  const minutes = minutesBack(since, now.getTime());
  const changes: PlannedSearch[] = [];
  for (let start = 0; start < others.length; start += projectsAtOnce)
    changes.push(searchOf(others.slice(start, start + projectsAtOnce), minutes));
  return { fills, changes };
}
