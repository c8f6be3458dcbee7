import { hasChangedSilently, tables, type WorklogState, wholeSecond } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { instant } from '../../../clients/dataverse/columns';
import { readWorklogsById, worklogsAtOnce } from '../../../clients/jira/worklogs/worklogs';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { jobKey } from '../../../queue/job-key';
import type { Store } from '../../../queue/store/store';
import { timeKind } from '../record/time-record-module';
import { timeRow, timeSelect } from '../record/time-row';

export interface SilentSearch {
  readonly dataverse: Pick<DataverseClient, 'many'>;
  readonly store: Pick<Store, 'enqueue'>;
  readonly now: () => Date;
}

/** Records that were in agreement since then are compared, in milliseconds: time of a month that is closed is moved seldom. */
const windowMs = 31 * 24 * 3_600_000;
/** Worklogs of one look; Jira gives a thousand a request. Of more those are compared first that were not for longest. */
const comparedAtMost = 5 * worklogsAtOnce;
/** Records of a site that are known at most, about 300 bytes each: the latest ones. */
const knownAtMost = 50_000;
/** Jobs of one look: a bulk move of thousands is followed over several. */
const namedAtMost = 200;

interface Known {
  readonly recordId: string;
  readonly accounted: WorklogState;
  syncedOn: number;
  /** How it was seen when its job was last named: named again only once it is another way. */
  told: string | null;
}

const row = z.object({ modifiedon: instant }).and(timeRow);
const textOf = (seen: WorklogState | null): string => JSON.stringify(seen);
const stateOf = ({ issueId, work }: WorklogState): WorklogState => ({ issueId, work });

/**
 * Makes the look for what Jira tells nobody: worklogs that were moved in bulk, and those of which a webhook was lost. Nothing in Jira's
 * feeds is said to list a moved worklog, so all of the window are compared, a thousand a request, with the integration's own account. One
 * that is not to be seen by it is left to its owner's.
 * @returns how many jobs it has named
 */
export function silentChangeFinder({ dataverse, store, now }: SilentSearch, { id, site }: JiraConnection) {
  /** By worklog; what was compared longest ago first. */
  const known = new Map<string, Known>();
  /** Time of Dataverse's own clock up to which rows have been read. */
  let readUpTo: string | null = null;

  async function readRecords(since: number): Promise<void> {
    const synced = `crmjira_jira_worklog_id ne null and crmjira_last_synced_at ge ${wholeSecond(new Date(since).toISOString())}`;
    const rows = await dataverse.many(
      tables.crmjira_time_record.entitySet,
      {
        select: timeSelect,
        filter: readUpTo === null ? synced : `${synced} and modifiedon ge ${readUpTo}`,
        orderBy: ['modifiedon asc'],
      },
      row,
    );
    for (const one of rows) {
      const { stored, syncedOn } = one;
      const { worklogId, integration, issueId, base, gone } = stored;
      readUpTo = one.modifiedon;
      if (worklogId === null || integration !== id) continue;
      const before = known.get(worklogId);
      if (gone || issueId === null || base === null || syncedOn === null) known.delete(worklogId);
      else {
        const accounted = { issueId, work: base.jira };
        const entry = { recordId: one.id, accounted, syncedOn: Date.parse(syncedOn), told: null };
        if (before?.recordId !== one.id || textOf(before.accounted) !== textOf(accounted)) known.set(worklogId, entry);
        else before.syncedOn = entry.syncedOn;
      }
    }
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
    await readRecords(at - windowMs);
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
