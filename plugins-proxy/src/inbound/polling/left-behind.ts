import { BudgetStatus, type FailureCode, MappingStatus, ProvisioningState, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { equalsOneOf, quoted } from '../../clients/dataverse/filter';
import { guid } from '../../clients/dataverse/columns';
import { readMappedOpportunities } from '../../capabilities/budget/read/read-mapping';

const row = z.object({ opportunityid: guid });

/**
 * Open opportunities above the threshold that nobody has begun to provision. One whose mapping was deleted keeps its reference,
 * and stays without (R-1232).
 * @param threshold major units, as in the settings
 */
export async function readUnprovisioned(client: Pick<DataverseReader, 'many'>, threshold: number): Promise<string[]> {
  const filter = `statecode eq 0 and budgetamount gt ${threshold} and crmjira_integration_reference eq null`;
  const rows = await client.many(tables.opportunity.entitySet, { select: Object.keys(row.shape), filter }, row);
  return rows.map(({ opportunityid }) => opportunityid);
}

const moved: FailureCode = 'environment-moved';

/** Begun and not ended, without waiting for a person: neither failed for good nor held back (R-2305). */
const unfinished = [
  `crmjira_last_error_code eq ${quoted(moved)}`,
  [
    `crmjira_provisioning_state ne ${ProvisioningState.Linked}`,
    `crmjira_provisioning_state ne ${ProvisioningState.Failed}`,
    '(crmjira_held_on eq null or crmjira_released_on ne null)',
  ].join(' and '),
];
/** The daily sync leaves them out, though an approval may have come. */
const draft = `crmjira_budget_status eq ${BudgetStatus.Draft}`;

/** Opportunities whose mapping says that something is left to do, or with `drafts` that something may be. */
export async function readUnfinished(
  client: Pick<DataverseReader, 'many'>,
  connectionIds: readonly string[],
  drafts: boolean,
): Promise<readonly string[]> {
  const any = [...unfinished, ...(drafts ? [draft] : [])].map((part) => `(${part})`).join(' or ');
  // One that names no connection is anybody's.
  const ours = `(${equalsOneOf('_crmjira_integration_id_value', connectionIds)} or _crmjira_integration_id_value eq null)`;
  return readMappedOpportunities(client, `${ours} and crmjira_mapping_status eq ${MappingStatus.Active} and (${any})`);
}
