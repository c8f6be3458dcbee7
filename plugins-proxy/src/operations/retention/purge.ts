import { createHash } from 'node:crypto';
import { mayPurge, type RetentionPolicy } from '@crmjira/domain';
import type { Archive } from './archive/archive';

/** What a purge leaves behind (R-1107): enough to prove what went and why, nothing of its content. */
export interface PurgeRecord {
  readonly table: string;
  readonly rows: number;
  /** `since` of the oldest and the newest row that went. */
  readonly from: string;
  readonly to: string;
  /** SHA-256 over the sorted ids, one a line. */
  readonly idsHash: string;
  readonly retentionYears: number;
}

/** Rows of one record. */
const batchSize = 1_000;

/**
 * Forgets archived rows whose years are over. The record is written first: nothing disappears without one, and a purge that was cut
 * off is done again with another.
 */
export async function purge(
  context: { readonly archive: Archive; readonly now: () => Date; readonly dryRun: boolean },
  table: string,
  policy: RetentionPolicy,
): Promise<number> {
  const { archive, now } = context;
  let purged = 0;
  for (;;) {
    const oldest = await archive.search({ table, limit: batchSize });
    const due = oldest.filter(({ since }) => mayPurge({ since: new Date(since), archived: true }, now(), policy));
    const [first, last] = [due[0], due.at(-1)];
    if (first === undefined || last === undefined) return purged;
    if (context.dryRun) return due.length;
    const ids = due.map(({ id }) => id).sort();
    const idsHash = createHash('sha256').update(ids.join('\n')).digest('hex');
    const content: PurgeRecord = {
      table,
      rows: due.length,
      from: new Date(first.since).toISOString(),
      to: new Date(last.since).toISOString(),
      idsHash,
      retentionYears: policy.retentionYears,
    };
    const at = now().getTime();
    await archive.record({
      kind: 'purge',
      id: `${table} ${new Date(at).toISOString()} ${idsHash.slice(0, 12)}`,
      at,
      content,
    });
    await archive.purge(table, ids);
    purged += due.length;
    if (due.length < oldest.length || oldest.length < batchSize) return purged;
  }
}
