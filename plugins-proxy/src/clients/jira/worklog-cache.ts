import { createBoundedMap } from '../../platform/bounded-map';
import type { Current } from '../../platform/http-client/current';
import { utcDay } from './utc-day';
import { billingProperty, type WorklogAnswer } from './wire/answers';

/** The issue that worklogs belong to, as a search shows it. */
export interface WorkedIssue {
  readonly id: string;
  /** Jira's time of the issue's last change: every worklog that is added, edited or deleted moves it */
  readonly updated: string;
  /** seconds */
  readonly timespent: number;
}

/**
 * Worklogs of issues that have not changed since they were read, so that a project in which nothing happens costs no request per
 * issue. A rate that is set on a worklog afterwards changes its price and not its issue: an issue is remembered only once it has
 * rested, and the daily sync compares what is remembered (`recheck-worklogs.ts`).
 */
export interface WorklogCache {
  /** null: not remembered as this issue is now */
  get(issue: WorkedIssue): readonly WorklogAnswer[] | null;
  set(issue: WorkedIssue, worklogs: readonly WorklogAnswer[]): void;
  forget(issueId: string): void;
  /** Everything that is remembered, by issue. */
  all(): Iterable<readonly [issueId: string, worklogs: readonly WorklogAnswer[]]>;
}

/** Only issues that nobody has enqueued for so long are remembered, in milliseconds: what belongs to a worklog is written by then. */
const restMs = 15 * 60_000;
/** What is remembered is read anew after a week, in milliseconds. */
const keepMs = 7 * 24 * 3_600_000;

interface Entry {
  readonly version: string;
  readonly readAt: number;
  readonly worklogs: readonly WorklogAnswer[];
}

/** Bytes that an entry takes, measured on Node 24: of the issue, of a worklog, and of a rate of its own. */
const bytes = { issue: 370, worklog: 90, rate: 300 } as const;
const weigh = ({ worklogs }: Entry): number =>
  bytes.issue + worklogs.reduce((sum, { properties }) => sum + bytes.worklog + (properties ? bytes.rate : 0), 0);

const versionOf = ({ updated, timespent }: WorkedIssue): string => `${updated} ${timespent}`;

/** Jira writes an offset without a colon, which only some parsers take. */
export const instantOf = (updated: string): number => Date.parse(updated.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));

/** People and days that worklogs share instead of having one each. */
const shared = 10_000;

/** Keeps of a worklog what its price follows from: the day, the time, who, and a rate of its own. */
function createCompacting(): (worklog: WorklogAnswer) => WorklogAnswer {
  const authors = createBoundedMap<string, NonNullable<WorklogAnswer['author']>>(shared);
  const days = createBoundedMap<string, string>(shared);
  const one = <Value>(pool: ReturnType<typeof createBoundedMap<string, Value>>, key: string, value: Value): Value => {
    const known = pool.get(key);
    if (known === undefined) pool.set(key, value);
    return known ?? value;
  };
  return ({ id, started, timeSpentSeconds, author, properties }) => {
    const billing = properties?.filter(({ key }) => key === billingProperty) ?? [];
    const day = utcDay(started);
    return {
      id,
      started: one(days, day, day),
      timeSpentSeconds,
      ...(author == null ? {} : { author: one(authors, JSON.stringify(author), author) }),
      ...(billing.length === 0 ? {} : { properties: billing }),
    };
  };
}

/**
 * @param now milliseconds since 1970
 * @param limit bytes
 */
export function createWorklogCache(now: () => number, limit: Current<number>): WorklogCache {
  const entries = createBoundedMap<string, Entry>(limit, weigh);
  const compact = createCompacting();
  return {
    get: (issue) => {
      const entry = entries.get(issue.id);
      if (entry === undefined || entry.version !== versionOf(issue) || now() - entry.readAt > keepMs) return null;
      return entry.worklogs;
    },
    set: (issue, worklogs) => {
      const rested = now() - instantOf(issue.updated) > restMs;
      if (rested) entries.set(issue.id, { version: versionOf(issue), readAt: now(), worklogs: worklogs.map(compact) });
      else entries.delete(issue.id);
    },
    forget: (issueId) => entries.delete(issueId),
    all: function* () {
      for (const [issueId, { worklogs }] of entries.entries()) yield [issueId, worklogs] as const;
    },
  };
}
