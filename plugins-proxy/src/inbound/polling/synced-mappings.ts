import { BudgetStatus, MappingStatus, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalGuid, optionalNumber } from '../../clients/dataverse/columns';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { equalsOneOf } from '../../clients/dataverse/filter';

/** Statuses that may still cost money (R-602). */
const statuses = [BudgetStatus.Approved, BudgetStatus.Active, BudgetStatus.OverBudget];
const filter = `crmjira_mapping_status eq ${MappingStatus.Active} and (${statuses.map((status) => `crmjira_budget_status eq ${status}`).join(' or ')})`;

const row = z.object({
  crmjira_budget_mappingid: guid,
  _crmjira_opportunity_id_value: optionalGuid,
  crmjira_approved_budget: z.number(),
  crmjira_spent_amount: z.number(),
  crmjira_jira_amount: optionalNumber,
  crmjira_budget_status: z.number(),
});

/** Figures of a mapping as the daily sync compares them. */
export interface SyncedMapping {
  readonly opportunityId: string;
  /** Approved, spent, amount in Jira, status: as text, only to be compared. */
  readonly figures: string;
  /** Jira's amount is another than the approved one (R-512). */
  readonly differs: boolean;
}

const cents = (amount: number): number => Math.round(amount * 100);

/** The mappings of connections that the daily sync is about (R-602). */
export async function readSyncedMappings(
  client: DataverseClient,
  connectionIds: readonly string[],
  which: string = filter,
): Promise<SyncedMapping[]> {
  const { entitySet } = tables.crmjira_budget_mapping;
  // Those of others are another service's; one that names none is anybody's.
  const ours = `(${equalsOneOf('_crmjira_integration_id_value', connectionIds)} or _crmjira_integration_id_value eq null)`;
  const only = `${ours} and ${which}`;
  const rows = await client.many(entitySet, { select: Object.keys(row.shape), filter: only }, row);
  return rows.flatMap((one) => {
    const opportunityId = one._crmjira_opportunity_id_value;
    if (opportunityId === null) return [];
    const { crmjira_approved_budget: approved, crmjira_jira_amount: inJira } = one;
    const figures = [approved, one.crmjira_spent_amount, inJira, one.crmjira_budget_status].join(' ');
    return [{ opportunityId, figures, differs: inJira !== null && cents(inJira) !== cents(approved) }];
  });
}

/** Mappings of any status that stay Active: an over-budget or completed one must still be found at the end of a run. */
export const anyStatus = `crmjira_mapping_status eq ${MappingStatus.Active}`;
