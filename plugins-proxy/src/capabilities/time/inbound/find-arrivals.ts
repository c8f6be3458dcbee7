import { personOfWorklog } from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { changedSince, readWorklogsById, worklogsAtOnce } from '../../../clients/jira/worklogs/worklogs';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { readInboundPeople } from '../../../connections/personal';
import { siteJobKey } from '../../../queue/job-key';
import type { Store } from '../../../queue/store/store';
import { readRecordsOfWorklogs } from '../record/records-of-worklogs';
import { arrivalKind } from '../record/time-triggers';

export interface ArrivalSearch {
  readonly dataverse: Pick<DataverseClient, 'batched'>;
  readonly store: Pick<Store, 'readCursor' | 'writeCursor' | 'enqueue'>;
  readonly now: () => Date;
}

/** How far back a look reads at most, in milliseconds: a weekend without the service costs nobody a worklog. */
const reachMs = 3 * 24 * 3_600_000;
/** Read again each time, in milliseconds: nodes of Jira disagree about the time. So far back goes what arrives of before the switch. */
const overlapMs = 5 * 60_000;
/** Pages of the feed of one look: what comes of a bulk change waits for the next. */
const pagesAtMost = 5;

/**
 * Names the jobs of worklogs that have been logged or changed in Jira and that no time record has: those of which no webhook told. While
 * nobody takes worklogs of the site Jira is not asked, and what is logged meanwhile never arrives.
 * @returns how many
 */
export async function findArrivals(
  { dataverse, store, now }: ArrivalSearch,
  { id, site }: JiraConnection,
  correlationId: string,
): Promise<number> {
  const cursor = `jira.worklog.arrivals/${id}`;
  const at = now().getTime();
  const people = await readInboundPeople(dataverse.batched, id, site.url);
  if (people.length === 0) {
    await store.writeCursor(cursor, String(at));
    return 0;
  }
  const from = Math.max(Number((await store.readCursor(cursor)) ?? at), at - reachMs);
  const { unmarked, until, isAll } = await changedSince(site, from - overlapMs, pagesAtMost);
  const theirs: string[] = [];
  for (let start = 0; start < unmarked.length; start += worklogsAtOnce)
    for (const worklog of await readWorklogsById(site, unmarked.slice(start, start + worklogsAtOnce)))
      if (personOfWorklog(people, worklog.author) !== null) theirs.push(worklog.worklogId);
  const records = await readRecordsOfWorklogs(dataverse.batched, id, theirs);
  const had = new Set(records.map(({ stored }) => stored.worklogId));
  const missing = theirs.filter((worklogId) => !had.has(worklogId));
  await store.enqueue(missing.map((one) => ({ key: siteJobKey(arrivalKind, id, one), at, correlationId })));
  // Of a feed that is longer the next look reads on where this one ended.
  await store.writeCursor(cursor, String(Math.max(from, isAll ? until : until + overlapMs)));
  return missing.length;
}
