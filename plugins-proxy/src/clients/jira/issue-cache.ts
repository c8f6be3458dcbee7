import { createBoundedMap } from '../../platform/bounded-map';
import type { Current } from '../../platform/http-client/current';
import type { IssueAnswer } from './wire/answers';

/** All issues of a project as they were when they were last asked for. */
export interface RememberedIssues {
  readonly issues: ReadonlyMap<string, IssueAnswer>;
  /** Milliseconds since 1970: what has changed since then is to be read again. */
  readonly readAt: number;
  /** When the last of them was read that was not asked for by its change. */
  readonly wholeAt: number;
}

/**
 * Issues of large projects, so that one event in one of them costs a search for what has changed, not for every issue (F-505). Small
 * projects are read whole: that costs no more.
 */
export interface IssueCache {
  get(projectId: string): RememberedIssues | null;
  /** @param times before the first of them was asked for; `wholeAt` of those that were kept */
  set(
    projectId: string,
    issues: Iterable<IssueAnswer>,
    times: { readonly readAt: number; readonly wholeAt: number },
  ): void;
}

/** Issues of the smallest project that is remembered: two pages of a search. */
const smallest = 200;
/** Read whole again after a day and a bit, in milliseconds; the daily sync does so before. */
const keepMs = 30 * 3_600_000;
/** Bytes that an issue takes, measured on Node 24. */
const bytesOfIssue = 300;

/** Without what is empty, and with one status, type and project for all issues that have it. */
function createCompacting(): (issue: IssueAnswer) => IssueAnswer {
  const known = new Map<string, unknown>();
  const one = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const text = JSON.stringify(value);
    if (!known.has(text)) known.set(text, value);
    return known.get(text);
  };
  return ({ id, key, fields }) => {
    const kept = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
    return { id, key, fields: Object.fromEntries(kept.map(([name, value]) => [name, one(value)])) };
  };
}

/**
 * @param now milliseconds since 1970
 * @param limit bytes
 */
export function createIssueCache(now: () => number, limit: Current<number>): IssueCache {
  const projects = createBoundedMap<string, RememberedIssues>(limit, ({ issues }) => issues.size * bytesOfIssue);
  return {
    get: (projectId) => {
      const entry = projects.get(projectId);
      const age = entry === undefined ? -1 : now() - entry.wholeAt;
      return entry !== undefined && age >= 0 && age < keepMs ? entry : null;
    },
    set: (projectId, issues, times) => {
      const compact = createCompacting();
      const kept = new Map([...issues].map((issue) => [issue.id, compact(issue)]));
      if (kept.size < smallest) projects.delete(projectId);
      else projects.set(projectId, { issues: kept, ...times });
    },
  };
}
