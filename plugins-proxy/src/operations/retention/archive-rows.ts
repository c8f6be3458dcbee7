import { archivedBefore, mayPurge, type RetentionPolicy } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { Archive, ArchivedRow } from './archive/archive';
import { type ArchivingRule, tableOf } from './retention-rules';

/** Rows read at one time. */
const batchSize = 1_000;

/** A row as the Web API gives it; dynamics-web-api has made dates of its date-times. */
const row = z.record(z.string(), z.unknown());
const moment = z.union([z.date(), z.string()]).transform((value) => new Date(value).getTime());

/** Formatted values and lookup names can be had again from the values; the ETag is of no use any more. */
const isKept = (name: string): boolean => !name.includes('@') && name !== 'oDataContext';

function toArchived(
  rule: ArchivingRule,
  given: z.output<typeof row>,
  now: Date,
): Omit<ArchivedRow, 'removedOn' | 'restoredOn'> {
  const { crmjira_correlation_id: correlationId, crmjira_integration_status: status } = given;
  return {
    table: rule.what,
    id: z.guid().parse(given[tableOf(rule).primaryId]).toLowerCase(),
    since: moment.parse(given[rule.since]),
    correlationId: typeof correlationId === 'string' ? correlationId : null,
    status: typeof status === 'number' ? status : null,
    columns: Object.fromEntries(Object.entries(given).filter(([name, value]) => isKept(name) && value !== null)),
    archivedOn: now.getTime(),
  };
}

/** Whole seconds, as Dataverse keeps and compares them. */
const seconds = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');

/**
 * Copies what has passed its active time into the archive, oldest first (R-1509); goes on after the newest that is there. Rows whose
 * years are over as well are left: the archive would only forget them again.
 * @returns rows that were archived, or with `dryRun` would be
 */
export async function archiveRows(
  context: {
    readonly dataverse: Pick<DataverseClient, 'many'>;
    readonly archive: Archive;
    readonly now: () => Date;
    readonly dryRun: boolean;
  },
  rule: ArchivingRule,
  policy: RetentionPolicy,
): Promise<number> {
  const { archive, now } = context;
  const before = seconds(archivedBefore(rule.period, now(), policy).getTime());
  let archived = 0;
  let from = await archive.newest(rule.what);
  for (let size = batchSize; ;) {
    const after = from === null ? '' : ` and ${rule.since} ge ${seconds(from)}`;
    const query = {
      select: [],
      filter: `${rule.since} lt ${before}${after}`,
      orderBy: [`${rule.since} asc`],
      top: size,
    };
    const found = await context.dataverse.many(tableOf(rule).entitySet, query, row);
    const rows = found
      .map((one) => toArchived(rule, one, now()))
      .filter(({ since }) => !mayPurge({ since: new Date(since), archived: true }, now(), policy));
    if (context.dryRun) {
      const known = await Promise.all(rows.map(({ id, since }) => isThere(archive, rule.what, id, since)));
      return known.filter((there) => !there).length;
    }
    const kept = await archive.keep(rows);
    archived += kept;
    if (found.length < size) return archived;
    // A full batch of one and the same second would never end otherwise.
    if (kept === 0) size *= 2;
    const last = found.at(-1)?.[rule.since];
    from = last === undefined ? from : moment.parse(last);
  }
}

async function isThere(archive: Archive, table: string, id: string, since: number): Promise<boolean> {
  const same = await archive.search({ table, from: since, to: since + 1, limit: batchSize });
  return same.some((one) => one.id === id);
}
