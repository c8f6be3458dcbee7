import { randomUUID } from 'node:crypto';
import type { CapabilityName } from '@crmjira/domain';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { ProbeResult } from '../../platform/errors/probe-result';
import { troubleOf } from '../../platform/errors/probe-result';
import { path } from '../../platform/http-client/path';
import type { JiraSite } from '../../clients/jira/jira-site';
import type { Store } from '../../queue/store/store';
import { type Followed, readFollowed } from './followed';
import { type ChangedIssue, judgeArrivals, mustBeTold } from './untold-changes';

const minuteMs = 60_000;
/** How often Jira is asked what changed, in milliseconds. */
export const watchEveryMs = 5 * minuteMs;
/** A webhook may take this long, retries included, in milliseconds. */
const graceMs = 5 * minuteMs;
/** What a look covers at most after a longer pause, in milliseconds. */
const longestMs = 60 * minuteMs;
/** A delivery may be older than the change as Jira's index tells it, in milliseconds. */
const slackMs = 2 * minuteMs;
/** Issues read at a look, and of the untold ones those whose change log is read: the watch has to notice, not to find each. */
const issuesAtMost = 300;
const logsAtMost = 20;
const cursorName = (connectionId: string): string => `jira.webhooks.watched/${connectionId}`;

export interface WatchContext {
  readonly site: JiraSite;
  readonly dataverse: DataverseClient;
  readonly store: Pick<Store, 'readCursor' | 'writeCursor' | 'recentKeys' | 'enqueue'>;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly startedAt: Date;
  readonly wake: () => void;
  readonly connectionId: string;
  /** What is switched on; left out: the default. */
  readonly on?: () => ReadonlySet<CapabilityName>;
}

const id = z.union([z.string(), z.number()]).transform(String);
const instant = z.string().transform((text) => Date.parse(text));
const stamped = z.object({ updated: instant, project: z.object({ id, key: z.string() }) });
const history = z.object({
  fields: z.object({ created: instant }),
  changelog: z.object({
    histories: z.array(z.object({ created: instant, items: z.array(z.object({ field: z.string() })) })),
  }),
});

type Span = { readonly from: number; readonly until: number };

async function readChanged({ site }: WatchContext, span: Span, now: number, followed: Followed) {
  // Jira counts minutes by its own clock; the exact span is compared below.
  const [back, until] = [Math.ceil((now - span.from) / minuteMs), Math.floor((now - span.until) / minuteMs)];
  const jql = `updated >= -${back}m AND updated <= -${until}m ORDER BY updated ASC`;
  const changed: (ChangedIssue & { readonly updated: number })[] = [];
  let read = 0;
  for await (const issue of site.profile.search(site.http, jql, ['updated', 'project'])) {
    const { updated, project } = stamped.parse(issue.fields);
    const isFollowed = followed.keysOf({ id: issue.id, projectId: project.id }).length > 0;
    if (updated >= span.from && updated <= span.until && isFollowed)
      changed.push({ id: issue.id, key: issue.key, projectId: project.id, projectKey: project.key, updated });
    read += 1;
    if (read >= issuesAtMost) break;
  }
  return changed;
}

async function hadToBeTold({ site }: WatchContext, issue: ChangedIssue, span: Span): Promise<boolean> {
  const found = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/issue/${issue.id}`,
    query: { fields: 'created', expand: 'changelog' },
    schema: history,
  });
  if (found === null) return false;
  const changes = found.changelog.histories.map(({ created, items }) => ({
    at: created,
    fields: items.map(({ field }) => field),
  }));
  return mustBeTold({ created: found.fields.created, changes }, span);
}

/**
 * Looks whether Jira's webhooks arrive: asks which followed issues changed lately and compares them with what was delivered.
 * What no delivery told of is enqueued, so that its figures are late by minutes instead of a day.
 * @returns null where nothing changed that would tell
 */
export async function watchWebhooks(context: WatchContext): Promise<ProbeResult | null> {
  const { store, logger, dataverse, connectionId } = context;
  const now = context.now().getTime();
  const until = now - graceMs;
  const cursor = Number((await store.readCursor(cursorName(connectionId))) ?? until - watchEveryMs);
  const span = { from: Math.max(cursor, now - longestMs), until };
  if (span.from >= until) return null;
  const followed = await readFollowed(dataverse, connectionId, context.on?.());
  const changed = followed.isNothing ? [] : await readChanged(context, span, now, followed);
  const since = span.from - slackMs;
  const recent = await Promise.all(
    changed.length === 0 ? [] : ['jira-', 'linked-issue'].map((kind) => store.recentKeys(kind, since)),
  );
  const keys = new Set(recent.flat());
  const { told, untold } = judgeArrivals(changed, keys, connectionId);
  const missed: ChangedIssue[] = [];
  for (const issue of untold.slice(0, logsAtMost)) if (await hadToBeTold(context, issue, span)) missed.push(issue);
  if (missed.length > 0) {
    const correlationId = randomUUID();
    const untoldKeys = [...new Set(missed.flatMap((issue) => followed.keysOf(issue)))];
    await store.enqueue(untoldKeys.map((key) => ({ key, at: now, correlationId })));
    logger.warn({ issues: missed.map(({ key }) => key), correlationId }, 'changes in Jira that no webhook told of');
    context.wake();
  }
  await store.writeCursor(cursorName(connectionId), String(until));
  if (told.length > 0) return { ok: true };
  // What happened while nobody listened says nothing of the webhooks.
  const updated = new Map(changed.map((issue) => [issue.id, issue.updated]));
  const silent = missed.filter((issue) => (updated.get(issue.id) ?? 0) >= context.startedAt.getTime());
  if (silent.length === 0) return null;
  const named = silent.slice(0, 3).map(({ key }) => key);
  return troubleOf({
    code: 'webhooks-silent',
    message: `Webhooks do not arrive: ${named.join(', ')}${silent.length > 3 ? ' and others' : ''} changed in Jira, and no event told of it.`,
  });
}
