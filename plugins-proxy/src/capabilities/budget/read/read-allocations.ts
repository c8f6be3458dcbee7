import { BudgetSource, type MappingFacts, moneyFromDecimal, type StoredAllocation, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { equalsId } from '../../../clients/dataverse/filter';
import { guid, optionalNumber, optionalText } from '../../../clients/dataverse/columns';

const allocationRow = z.object({
  crmjira_resource_allocationid: guid,
  crmjira_person: optionalText,
  crmjira_hours: optionalNumber,
  crmjira_cost: optionalNumber,
});

/**
 * Work by person and month as stored. Null where nobody can say whose hours they are: only the computed source reads
 * worklogs; and for a completed project, whose figures are final.
 */
export async function readAllocations(
  client: DataverseReader,
  mapping: MappingFacts | null,
): Promise<readonly StoredAllocation[] | null> {
  if (mapping?.source !== BudgetSource.ComputedWorklogsRate || mapping.completedOn !== null) return null;
  const rows = await client.many(
    tables.crmjira_resource_allocation.entitySet,
    {
      select: Object.keys(allocationRow.shape),
      filter: equalsId('_crmjira_budget_mapping_id_value', mapping.id),
    },
    allocationRow,
  );
  return rows.map((row) => ({
    id: row.crmjira_resource_allocationid,
    person: row.crmjira_person ?? '',
    hours: row.crmjira_hours ?? 0,
    cost: moneyFromDecimal(row.crmjira_cost ?? 0, mapping.approved.currency),
  }));
}
