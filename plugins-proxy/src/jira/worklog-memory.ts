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
 * issue. A rate that is set on a worklog afterwards changes its price and not its issue; it is seen because an issue is remembered
 * only once it has rested, and not for long.
 */
export interface WorklogMemory {
  /** null: not remembered as this issue is now */
  get(issue: WorkedIssue): readonly WorklogAnswer[] | null;
  set(issue: WorkedIssue, worklogs: readonly WorklogAnswer[]): void;
}

/** Only issues that nobody has touched for so long are remembered, in milliseconds: what belongs to a worklog is written by then. */
const restMs = 15 * 60_000;
/** What is remembered is read anew after a week, in milliseconds. */
const keepMs = 7 * 24 * 3_600_000;
/** Worklogs remembered of a site: 30 MB, 35 MB where each has its rate, measured on Node 24; issues remembered first are forgotten first. */
const rememberedWorklogs = 100_000;

interface Entry {
  readonly version: string;
  readonly readAt: number;
  readonly worklogs: readonly WorklogAnswer[];
}

const versionOf = ({ updated, timespent }: WorkedIssue): string => `${updated} ${timespent}`;

/** Jira writes an offset without a colon, which only some parsers take. */
export const instantOf = (updated: string): number => Date.parse(updated.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));

/** @param now milliseconds since 1970 */
export function createWorklogMemory(now: () => number, limit = rememberedWorklogs): WorklogMemory {
  const entries = new Map<string, Entry>();
  let count = 0;
  const forget = (id: string): void => {
    count -= entries.get(id)?.worklogs.length ?? 0;
    entries.delete(id);
  };
  return {
    get: (issue) => {
      const entry = entries.get(issue.id);
      if (entry === undefined || entry.version !== versionOf(issue) || now() - entry.readAt > keepMs) return null;
      return entry.worklogs;
    },
    set: (issue, worklogs) => {
      forget(issue.id);
      const rested = now() - instantOf(issue.updated) > restMs;
      if (!rested || worklogs.length > limit) return;
      const kept = worklogs.map(({ properties, ...worklog }) => {
        const billing = properties?.filter(({ key }) => key === billingProperty) ?? [];
        return billing.length === 0 ? worklog : { ...worklog, properties: billing };
      });
      entries.set(issue.id, { version: versionOf(issue), readAt: now(), worklogs: kept });
      count += kept.length;
      for (const [oldest] of entries) {
        if (count <= limit) break;
        forget(oldest);
      }
    },
  };
}
