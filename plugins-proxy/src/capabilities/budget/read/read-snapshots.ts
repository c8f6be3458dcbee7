import { moneyFromDecimal, type SnapshotFacts, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader, RowQuery } from '../../../clients/dataverse/reader';
import { equalsId } from '../../../clients/dataverse/filter';
import { optionalNumber } from '../../../clients/dataverse/columns';

const snapshotRow = z.object({
  crmjira_snapshot_date: z.string().transform((value) => value.slice(0, 10)),
  crmjira_spent_amount: optionalNumber,
  crmjira_approved_budget: optionalNumber,
  crmjira_total_hours: optionalNumber,
  crmjira_remaining_estimate_hours: optionalNumber,
  crmjira_done_fraction: optionalNumber,
});

async function read(
  client: DataverseReader,
  mappingId: string,
  currency: string,
  range: Pick<RowQuery, 'orderBy' | 'top'>,
): Promise<readonly SnapshotFacts[]> {
  const rows = await client.many(
    tables.crmjira_budget_snapshot.entitySet,
    {
      select: Object.keys(snapshotRow.shape),
      filter: equalsId('_crmjira_budget_mapping_id_value', mappingId),
      ...range,
    },
    snapshotRow,
  );
  return rows.map((row) => ({
    day: row.crmjira_snapshot_date,
    spent: moneyFromDecimal(row.crmjira_spent_amount ?? 0, currency),
    approved: moneyFromDecimal(row.crmjira_approved_budget ?? 0, currency),
    totalHours: row.crmjira_total_hours,
    remainingEstimateHours: row.crmjira_remaining_estimate_hours,
    doneFraction: row.crmjira_done_fraction,
  }));
}

/** The newest snapshot of a mapping, if there is one (ADR-15). */
export const readSnapshots = (
  client: DataverseReader,
  mappingId: string,
  currency: string,
): Promise<readonly SnapshotFacts[]> =>
  read(client, mappingId, currency, { orderBy: ['crmjira_snapshot_date desc'], top: 1 });

/** All snapshots of a mapping, oldest first: its history where Jira no longer shows one. */
export const readHistory = (
  client: DataverseReader,
  mappingId: string,
  currency: string,
): Promise<readonly SnapshotFacts[]> => read(client, mappingId, currency, { orderBy: ['crmjira_snapshot_date asc'] });
