import { createHash, randomUUID } from 'node:crypto';
import { process } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalGuid } from '../dataverse/read/columns';
import { jobKey } from '../reconcile/job-key';
import type { JiraPollContext } from './poll-jira';

const markName = 'dataverse.stages';
/** Read again each time, in milliseconds; what was seen is told by its row version. */
const overlapMs = 2 * 60_000;

const instance = z.object({
  businessprocessflowinstanceid: guid,
  _bpf_opportunityid_value: optionalGuid,
  modifiedon: z.string(),
});

/**
 * Queues opportunities whose process has moved: without inbound no synchronous step can refuse a move, and the reconciler takes an
 * invalid one back (DESIGN decision 3). Process tables do not take part in change tracking by themselves, so the time is asked for.
 */
export async function pollStages(context: JiraPollContext): Promise<number> {
  const { store } = context;
  const now = context.now().getTime();
  const since = Number((await store.readMark(markName)) ?? now) - overlapMs;
  const rows = await context.dataverse.many(
    process.entitySet,
    { select: Object.keys(instance.shape), filter: `modifiedon ge ${new Date(since).toISOString()}` },
    instance,
  );
  let stored = 0;
  for (const row of rows) {
    if (row._bpf_opportunityid_value === null) continue;
    const id = `stage-poll:${row.businessprocessflowinstanceid}:${row.modifiedon}`;
    const outcome = await store.receive({
      id,
      source: 'dataverse',
      event: `${process.uniqueName}.Update`,
      keys: [jobKey('opportunity', row._bpf_opportunityid_value)],
      ignoredBecause: null,
      bodyHash: createHash('sha256').update(id).digest('hex'),
      correlationId: randomUUID(),
      receivedAt: now,
    });
    if (outcome === 'stored') stored += 1;
  }
  await store.writeMark(markName, String(now));
  return stored;
}
