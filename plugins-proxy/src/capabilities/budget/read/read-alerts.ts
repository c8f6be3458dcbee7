import { alertEmailId, type AlertFacts, AlertLevel, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { equalsId } from '../../../clients/dataverse/filter';
import { choice, guid, optionalDay, optionalFlag, optionalInstant } from '../../../clients/dataverse/columns';
import { readMailState } from '../../../connections/administrator/read-mail-state';

const alertRow = z.object({
  crmjira_budget_alertid: guid,
  crmjira_alert_level: choice(AlertLevel),
  crmjira_crossing_no: z.number().int(),
  crmjira_raised_on: optionalInstant,
  crmjira_cleared_on: optionalInstant,
  crmjira_emailed_on: optionalInstant,
  crmjira_snoozed_until: optionalDay,
  crmjira_in_digest: optionalFlag,
});

async function readMail(
  client: DataverseReader,
  alert: string,
  emailedOn: string | null,
): Promise<Pick<AlertFacts, 'emailId' | 'emailIsDraft'>> {
  const emailId = alertEmailId(alert);
  // What was sent needs no second look: the row may have been deleted since.
  if (emailedOn !== null) return { emailId, emailIsDraft: false };
  const state = await readMailState(client, emailId);
  return state === null ? { emailId: null, emailIsDraft: false } : { emailId, emailIsDraft: state === 'draft' };
}

/** All alerts of a mapping with the state of their mails. */
export async function readAlerts(client: DataverseReader, mappingId: string): Promise<readonly AlertFacts[]> {
  const rows = await client.many(
    tables.crmjira_budget_alert.entitySet,
    {
      select: Object.keys(alertRow.shape),
      filter: equalsId('_crmjira_budget_mapping_id_value', mappingId),
      orderBy: ['crmjira_raised_on asc'],
    },
    alertRow,
  );
  return Promise.all(
    rows.map(async (row) => ({
      id: row.crmjira_budget_alertid,
      level: row.crmjira_alert_level,
      crossingNo: row.crmjira_crossing_no,
      raisedOn: row.crmjira_raised_on ?? '',
      clearedOn: row.crmjira_cleared_on,
      emailedOn: row.crmjira_emailed_on,
      isSnoozed: row.crmjira_snoozed_until !== null,
      inDigest: row.crmjira_in_digest,
      ...(await readMail(client, row.crmjira_budget_alertid, row.crmjira_emailed_on)),
    })),
  );
}
