import { randomUUID } from 'node:crypto';
import { LinkState, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../clients/dataverse/columns';
import { dueDay } from '../../platform/daily-clock';
import { jobKey } from '../../queue/job-key';
import type { DailySyncContext } from './daily-sync';
import type { PollContext } from './poll-changes';

const cursorName = 'daily.links';
const linkRow = z.object({ crmjira_issue_linkid: guid });

/** Queues every link once a day, with its case and its issue's comments: what no event told of comes into agreement then. */
export async function dailyLinks(context: PollContext & DailySyncContext): Promise<void> {
  const { dataverse, store, logger, now } = context;
  const day = dueDay(now(), await context.clock());
  if (((await store.readCursor(cursorName)) ?? '') >= day) return;
  const links = await dataverse.many(
    tables.crmjira_issue_link.entitySet,
    { select: Object.keys(linkRow.shape), filter: `crmjira_state ne ${LinkState.Unlinked}` },
    linkRow,
  );
  const at = now().getTime();
  const correlationId = randomUUID();
  const keys = links.map(({ crmjira_issue_linkid: id }) => jobKey('daily-link', id));
  if (keys.length > 0)
    await store.enqueue(keys.map((key) => ({ key, at, correlationId, trigger: 'daily-sync' as const })));
  await store.writeCursor(cursorName, day);
  if (keys.length === 0) return;
  logger.info({ day, queued: keys.length, correlationId }, 'daily sync of links queued');
  context.wake();
}
