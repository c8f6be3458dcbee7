import { deletedMappingLog, derivedId, mappingId, tables } from '@crmjira/domain';
import { z } from 'zod';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { guid, optionalNumber, optionalText } from '../../../clients/dataverse/columns';
import { isDeletionLogged } from '../read/read-deletion';
import type { TriggeringEvent } from './budget-module-events';

const referenceRow = z.object({
  opportunityid: guid,
  versionnumber: optionalNumber,
  statecode: z.number(),
  crmjira_jira_project_key: optionalText,
});
type ReferenceRow = z.output<typeof referenceRow>;

/** State of an open opportunity. */
const open = 0;

async function logDeletion(
  client: DataverseClient,
  mapping: string,
  opportunity: ReferenceRow | null,
  { log }: TriggeringEvent,
): Promise<void> {
  // The same deletion read twice finds the opportunity as it was: nothing is written to it.
  const triggeringEvent = opportunity === null ? [] : [String(opportunity.versionnumber)];
  const columns = deletedMappingLog(
    mapping,
    opportunity?.opportunityid ?? null,
    opportunity?.crmjira_jira_project_key ?? null,
  );
  const id = derivedId(mapping, 'log', 'mapping-deleted', ...triggeringEvent);
  await applyChangeSet(client, [{ op: 'create', table: 'crmjira_integration_log', id, columns }], log());
}

/**
 * The opportunity of a mapping that an administrator deleted (R-1232): the row's id was derived from it. Where the next plan finds a key
 * to take off, it logs the deletion too. Elsewhere, on a closed opportunity above all, which is left alone (R-2301), no later look would
 * tell of it: the row is written here.
 */
export async function ofDeletedMapping(
  client: DataverseClient,
  id: string,
  triggeringEvent: TriggeringEvent,
): Promise<{ readonly opportunityId: string | null; readonly note?: string }> {
  const rows = await client.many(
    tables.opportunity.entitySet,
    { select: Object.keys(referenceRow.shape), filter: 'crmjira_integration_reference ne null' },
    referenceRow,
  );
  const found = rows.find((row) => mappingId(row.opportunityid) === id) ?? null;
  if (found?.statecode === open && found.crmjira_jira_project_key !== null)
    return { opportunityId: found.opportunityid };
  if (found === null || !(await isDeletionLogged(client, found.opportunityid)))
    await logDeletion(client, id, found, triggeringEvent);
  return { opportunityId: null, note: 'the deletion is in the log; there is no key to take off' };
}
