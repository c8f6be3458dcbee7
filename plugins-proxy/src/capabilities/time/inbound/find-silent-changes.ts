import { hasChangedSilently, tables, type WorklogState, wholeSecond } from '@crmjira/domain';
import { z } from 'zod';
import { guid, instant, optionalText, text } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { readWorklogsById, worklogsAtOnce } from '../../../clients/jira/worklogs/worklogs';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { jobKey } from '../../../queue/job-key';
import type { Store } from '../../../queue/store/store';
import { timeKind } from '../record/time-record-module';
import { readableStored } from '../record/time-row';

export interface SilentSearch {
  readonly dataverse: Pick<DataverseClient, 'many'>;
  readonly store: Pick<Store, 'enqueue'>;
  readonly now: () => Date;
}

const dayMs = 24 * 3_600_000;
/** Records that were in agreement since then are compared: time of a month that is closed is moved seldom. */
const windowDays = 31;
/** Worklogs of one look, a thousand a request. Of more those are compared first that were not for longest. */
const comparedAtMost = 10 * worklogsAtOnce;
/** Records of a site that are known at most, about 300 bytes each. */
const knownAtMost = 50_000;
/** Jobs of one look: a bulk move of thousands is followed over several. */
const namedAtMost = 200;
/** Rows are read again so far back, in milliseconds: Dataverse shows a row later than it dates it. */
const overlapMs = 2 * 60_000;

interface Known {
  readonly recordId: string;
  readonly accounted: WorklogState;
  syncedOn: number;
  /** How it was seen when its job was last named: named again only once it is another way. */
  told: string | null;
}

/** Without the words of a record: a month of all people is read. */
const row = z.object({
  crmjira_time_recordid: guid,
  modifiedon: instant,
  crmjira_last_synced_at: instant,
  crmjira_jira_worklog_id: text,
  crmjira_base: optionalText,
});
const textOf = (seen: WorklogState | null): string => JSON.stringify(seen);
const stateOf = ({ issueId, work }: WorklogState): WorklogState => ({ issueId, work });
const instantOf = (ms: number): string => wholeSecond(new Date(ms).toISOString());

/**
 * Makes the look for what Jira tells nobody: worklogs that were moved in bulk, and those of which a webhook was lost. Nothing in Jira's
 * feeds is said to list a moved worklog, so all of the window are compared, a thousand a request, with the integration's own account. One
 * that is not to be seen by it is left to its owner's.
 * @returns how many jobs it has named
 */
export function silentChangeFinder({ dataverse, store, now }: SilentSearch, { id, site }: JiraConnection) {
  /** By worklog; what was compared longest ago first. */
  const known = new Map<string, Known>();
  /** Time of Dataverse's own clock up to which rows have been read; null: none yet. */
  let readUpTo: number | null = null;

  function remember(one: z.output<typeof row>): void {
    const worklogId = one.crmjira_jira_worklog_id;
    const stored = readableStored(one.crmjira_base);
    if (stored?.integration !== id) return;
    const { issueId, base, gone } = stored;
    if (gone || issueId === null || base === null) return void known.delete(worklogId);
    const before = known.get(worklogId);
    const accounted = { issueId, work: base.jira };
    const syncedOn = Date.parse(one.crmjira_last_synced_at);
    const recordId = one.crmjira_time_recordid;
    if (before?.recordId === recordId && textOf(before.accounted) === textOf(accounted)) before.syncedOn = syncedOn;
    else known.set(worklogId, { recordId, accounted, syncedOn, told: null });
  }

  async function readRows(filters: readonly string[]): Promise<void> {
    let newest = readUpTo ?? 0;
    for (const filter of filters) {
      const { entitySet } = tables.crmjira_time_record;
      const rows = await dataverse.many(
        entitySet,
        { select: Object.keys(row.shape), filter: `crmjira_jira_worklog_id ne null and ${filter}` },
        row,
      );
      rows.forEach(remember);
      newest = rows.reduce((latest, { modifiedon }) => Math.max(latest, Date.parse(modifiedon)), newest);
    }
    readUpTo = newest;
  }

  /** What has changed since the last look; at the first one the window, a day at a time. */
  async function readRecords(at: number): Promise<void> {
    const since = at - windowDays * dayMs;
    const synced = (from: number): string => `crmjira_last_synced_at ge ${instantOf(from)}`;
    const days = Array.from({ length: windowDays + 1 }, (_, day) => since + day * dayMs);
    const byDay = days.map((day) => `${synced(day)} and crmjira_last_synced_at lt ${instantOf(day + dayMs)}`);
    await readRows(
      readUpTo === null ? byDay : [`${synced(since)} and modifiedon ge ${instantOf(readUpTo - overlapMs)}`],
    );
    for (const [worklogId, { syncedOn }] of known)
      if (syncedOn < since || known.size > knownAtMost) known.delete(worklogId);
  }

  /** Records whose worklog is not as it was accounted for. */
  async function compare(worklogIds: readonly string[]): Promise<readonly (readonly [Known, string])[]> {
    const found = new Map((await readWorklogsById(site, worklogIds)).map((one) => [one.worklogId, stateOf(one)]));
    return worklogIds.flatMap((worklogId) => {
      const one = known.get(worklogId);
      if (one === undefined) return [];
      known.delete(worklogId);
      known.set(worklogId, one);
      const seen = found.get(worklogId) ?? null;
      return hasChangedSilently(one.accounted, seen) && one.told !== textOf(seen) ? [[one, textOf(seen)] as const] : [];
    });
  }

  return async (correlationId: string): Promise<number> => {
    const at = now().getTime();
    await readRecords(at);
    const wanted = [...known.keys()].slice(0, comparedAtMost);
    let named = 0;
    for (let start = 0; start < wanted.length && named < namedAtMost; start += worklogsAtOnce) {
      const changed = (await compare(wanted.slice(start, start + worklogsAtOnce))).slice(0, namedAtMost - named);
      await store.enqueue(changed.map(([one]) => ({ key: jobKey(timeKind, one.recordId), at, correlationId })));
      for (const [one, seen] of changed) one.told = seen;
      named += changed.length;
    }
    return named;
  };
}
