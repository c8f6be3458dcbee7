import { type HeldProject, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsOneOf } from '../../../clients/dataverse/filter';
import { formattedValue, guid, instant, optionalGuid, optionalInstant, text } from '../../../clients/dataverse/columns';

const heldRow = z.object({
  crmjira_budget_mappingid: guid,
  _crmjira_opportunity_id_value: optionalGuid,
  [`_crmjira_opportunity_id_value${formattedValue}`]: text.optional(),
  crmjira_integration_reference: text,
  crmjira_held_on: instant,
  crmjira_released_on: optionalInstant,
});
const columns = Object.keys(heldRow.shape).filter((name) => !name.includes('@'));

/** A held project with its mapping. */
export interface HeldMapping extends HeldProject {
  readonly mappingId: string;
  readonly heldOn: string;
}

const stopRow = z.object({ crmjira_held_on: instant });

/** When a project of the connection was held back last, be it released since; null: never (R-2305). */
export async function readLastStop(client: DataverseClient, connectionIds: readonly string[]): Promise<string | null> {
  const rows = await client.many(
    tables.crmjira_budget_mapping.entitySet,
    {
      select: Object.keys(stopRow.shape),
      filter: `${equalsOneOf('_crmjira_integration_id_value', connectionIds)} and crmjira_held_on ne null`,
      orderBy: ['crmjira_held_on desc'],
      top: 1,
    },
    stopRow,
  );
  return rows[0]?.crmjira_held_on ?? null;
}

/** Projects that wait for an administrator, oldest first (R-2305). */
export async function readHeld(
  client: DataverseClient,
  connectionIds: readonly string[],
): Promise<readonly HeldMapping[]> {
  const rows = await client.many(
    tables.crmjira_budget_mapping.entitySet,
    {
      select: columns,
      filter: `${equalsOneOf('_crmjira_integration_id_value', connectionIds)} and crmjira_held_on ne null and crmjira_jira_project_id eq null`,
      orderBy: ['crmjira_held_on asc'],
    },
    heldRow,
  );
  return rows.flatMap((row): HeldMapping[] => {
    const opportunityId = row._crmjira_opportunity_id_value;
    const released = row.crmjira_released_on !== null && row.crmjira_released_on >= row.crmjira_held_on;
    if (opportunityId === null || released) return [];
    const name = row[`_crmjira_opportunity_id_value${formattedValue}`];
    return [
      {
        mappingId: row.crmjira_budget_mappingid,
        opportunityId,
        opportunityName: name ?? opportunityId,
        reference: row.crmjira_integration_reference,
        heldOn: row.crmjira_held_on,
      },
    ];
  });
}
