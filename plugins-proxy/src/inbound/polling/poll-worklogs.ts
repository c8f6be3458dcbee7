import { createHash, randomUUID } from 'node:crypto';
import { createBoundedMap } from '../../platform/bounded-map';
import { siteJobKey } from '../../queue/job-key';
import type { Delivery } from '../../queue/store/store';
import { issuesOfWorklogs, readWorklogFeed } from './jira-feeds';
import type { JiraPollContext } from './jira-poll-context';

/** Names under which the store keeps how far the feeds have been read. */
const cursors = { updated: 'jira.worklog.updated', deleted: 'jira.worklog.deleted' } as const;

/**
 * Read again each time, in milliseconds: nodes of Jira disagree about the time, and a row may show up in the feed after a later
 * one. What was seen before is told by its delivery id and changes nothing.
 */
export const worklogOverlapMs = 5 * 60_000;

/** A change found by polling, kept like a delivery: once, durably, and known to those who ask which issues were named lately. */
export function polledChange(event: string, what: string, keys: readonly string[], receivedAt: number): Delivery {
  const id = `jira-poll:${event}:${what}`;
  return {
    id,
    source: 'jira',
    event,
    keys,
    ignoredBecause: keys.length === 0 ? 'names no issue that is known' : null,
    bodyHash: createHash('sha256').update(id).digest('hex'),
    correlationId: randomUUID(),
    receivedAt,
  };
}

/** What a deleted worklog belonged to: its feed says no more than its number. */
export class WorklogIssues {
  /** Worklogs remembered; beyond it the oldest is forgotten, and its issue's own `updated` tells of the deletion. */
  private static readonly limit = 100_000;
  private readonly issues = createBoundedMap<string, string>(WorklogIssues.limit);

  remember(worklogId: string, issueId: string): void {
    this.issues.set(worklogId, issueId);
  }

  of(worklogId: string): string | undefined {
    return this.issues.get(worklogId);
  }
}

/**
 * Reads both feeds of changed worklogs and queues their issues. The cursor moves only after everything before it is stored.
 * @returns how many changes were new
 */
export async function pollWorklogs(context: JiraPollContext, known: WorklogIssues): Promise<number> {
  const { store, site, connectionId } = context;
  const cursorOf = (feed: keyof typeof cursors): string => `${cursors[feed]}/${connectionId}`;
  let stored = 0;
  for (const feed of ['updated', 'deleted'] as const) {
    const cursor = await store.readCursor(cursorOf(feed));
    const now = context.now().getTime();
    const { changed, until } = await readWorklogFeed(site, feed, Number(cursor ?? now) - worklogOverlapMs);
    if (feed === 'updated') {
      const issues = await issuesOfWorklogs(site, [...new Set(changed.map((worklog) => worklog.worklogId))]);
      for (const [worklogId, issueId] of issues) known.remember(worklogId, issueId);
    }
    for (const { worklogId, updatedTime } of changed) {
      const issue = known.of(worklogId);
      const keys = issue === undefined ? [] : [siteJobKey('jira-issue', connectionId, issue)];
      const delivery = polledChange(`worklog_${feed}`, `${connectionId}:${worklogId}:${updatedTime}`, keys, now);
      if ((await store.receive(delivery)) === 'stored') stored += keys.length;
    }
    await store.writeCursor(cursorOf(feed), String(until));
  }
  return stored;
}
