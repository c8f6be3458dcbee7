import type { RetentionPolicy } from '@crmjira/domain';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { inParallel } from '../../platform/http-client/in-parallel';
import type { Archive } from './archive/archive';
import { type ArchivingRule, tableOf } from './retention-rules';

/** Rows removed in one run at most: the rest waits for the next, so that a first run doesn't hold everything else up. */
export const mostInOneRun = 5_000;
export const atOneTime = 8;

/**
 * Removes rows that stand in the archive from Dataverse. What was brought back stays for as long as a new row would.
 * @param remover a client of the application user that may delete; its refusal is thrown
 * @returns rows that were removed, or with `dryRun` would be
 */
export async function removeArchived(
  context: {
    readonly remover: Pick<DataverseClient, 'remove'>;
    readonly archive: Archive;
    readonly now: () => Date;
    readonly dryRun: boolean;
  },
  rule: ArchivingRule,
  policy: RetentionPolicy,
): Promise<number> {
  const { archive, now } = context;
  const restoredBefore = now().getTime() - policy.hotDays * 86_400_000;
  const rows = await archive.notRemoved(rule.what, restoredBefore, mostInOneRun);
  if (context.dryRun) return rows.length;
  const removed: string[] = [];
  try {
    await inParallel(rows, atOneTime, async ({ id }) => {
      await context.remover.remove(tableOf(rule).entitySet, id);
      removed.push(id);
    });
  } finally {
    await archive.markRemoved(rule.what, removed, now().getTime());
  }
  return removed.length;
}
