import { ConflictState, tables, type TimeEntry } from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, instant, optionalText, text } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsOneOf, quoted } from '../../../clients/dataverse/filter';
import { type PlainWrite, toPlainWrite } from '../../../clients/dataverse/plain-write';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import { entryWrite } from './log-writes';
import { readTimeRows } from './time-row';

/** Rows of one look: their records are named in one filter. */
const movedAtOnce = 50;

const fields = ['started', 'seconds', 'comment', 'issue'] as const satisfies readonly TimeEntry['field'][];

const conflictRow = z
  .object({
    crmjira_sync_conflictid: guid,
    crmjira_regarding_id: text,
    crmjira_field: z.enum(fields).catch('comment'),
    crmjira_crm_value: optionalText,
    crmjira_jira_value: optionalText,
    crmjira_crm_by: optionalText,
    crmjira_jira_by: optionalText,
    crmjira_state: choice(ConflictState).catch(ConflictState.KeptCrm),
    createdon: instant,
  })
  .transform((row) => ({
    id: row.crmjira_sync_conflictid,
    recordId: row.crmjira_regarding_id.toLowerCase(),
    at: row.createdon,
    entry: {
      field: row.crmjira_field,
      crm: row.crmjira_crm_value,
      jira: row.crmjira_jira_value,
      crmBy: row.crmjira_crm_by,
      jiraBy: row.crmjira_jira_by,
      state: row.crmjira_state,
    },
  }));
const select = Object.keys(conflictRow.in.shape);

/**
 * Former versions told what gave way of a time record in rows that the whole business unit reads: they go to the log, which is as private
 * as the record, those of records that are gone for good.
 * @returns how many rows it has moved or removed; 0: none is left
 */
export async function moveOldConflicts({
  dataverse,
  environmentSettings,
}: {
  readonly dataverse: Pick<DataverseClient, 'many' | 'changeSet'>;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf'>;
}): Promise<number> {
  const { entitySet } = tables.crmjira_sync_conflict;
  const filter = `crmjira_regarding_table eq ${quoted('crmjira_time_record')}`;
  const found = await dataverse.many(entitySet, { select, filter, top: movedAtOnce }, conflictRow);
  const ids = [...new Set(found.map(({ recordId }) => recordId))].filter((id) => guid.safeParse(id).success);
  const records = ids.length === 0 ? [] : await readTimeRows(dataverse, equalsOneOf('crmjira_time_recordid', ids));
  for (const { id, recordId, at, entry } of found) {
    const row = records.find((one) => one.id === recordId);
    const gone: PlainWrite = { op: 'delete', collection: entitySet, id, columns: {} };
    // Of a team nobody's language is known, and its members read the record too.
    const language = row?.ownerId == null ? 1033 : await environmentSettings.languageOf(row.ownerId);
    const kept = row === undefined ? [] : [toPlainWrite(entryWrite(row, id, [entry], { worklog: null, language, at }))];
    await dataverse.changeSet([...kept, gone]);
  }
  return found.length;
}
