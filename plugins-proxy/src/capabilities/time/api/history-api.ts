import { inUtc, type Language, OperationType, storedRemark, SyncStatus, tables } from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, optionalGuid, optionalInstant, optionalText } from '../../../clients/dataverse/columns';
import { equalsId } from '../../../clients/dataverse/filter';
import { type ApiContext, apiOperation } from '../../../reconciler/api-operation';
import { nothing, type TimeApiParts } from './api-parts';
import { ownRecord } from './own-record';

const { entitySet } = tables.crmjira_worklog_sync_log;
/** Entries of an answer: what is usual, and what is possible (R-1812). */
const [usual, most] = [50, 500];

const operations = {
  [OperationType.Create]: 'create',
  [OperationType.Update]: 'update',
  [OperationType.Delete]: 'delete',
  [OperationType.Sync]: 'sync',
} as const;
const statuses = {
  [SyncStatus.Pending]: 'pending',
  [SyncStatus.Success]: 'success',
  [SyncStatus.Failed]: 'failed',
} as const;

const row = z.object({
  crmjira_worklog_sync_logid: guid,
  _crmjira_time_record_value: optionalGuid,
  crmjira_jira_issue_key: optionalText,
  crmjira_jira_worklog_id: optionalText,
  crmjira_operation: choice(OperationType).nullish(),
  crmjira_sync_status: choice(SyncStatus).nullish(),
  crmjira_sync_error: optionalText,
  crmjira_error_code: optionalText,
  crmjira_error_facts: optionalText,
  crmjira_synced_at: optionalInstant,
});

const entry = z.object({
  id: z.guid(),
  record_id: z.guid().nullable().describe('The time record; null: it was deleted'),
  jira_issue_key: z.string().nullable(),
  jira_worklog_id: z.string().nullable(),
  operation: z.enum(operations).nullable(),
  status: z.enum(statuses).nullable(),
  error: z.string().nullable().describe('What happened, in the language of whoever asks'),
  error_code: z.string().nullable().describe('The same for a program; null: nothing, or an attempt of long ago'),
  synced_at: z.string().nullable(),
});

const shown = (found: z.output<typeof row>, language: Language): z.output<typeof entry> => ({
  id: found.crmjira_worklog_sync_logid,
  record_id: found._crmjira_time_record_value,
  jira_issue_key: found.crmjira_jira_issue_key,
  jira_worklog_id: found.crmjira_jira_worklog_id,
  operation: found.crmjira_operation ? operations[found.crmjira_operation] : null,
  status: found.crmjira_sync_status ? statuses[found.crmjira_sync_status] : null,
  error:
    found.crmjira_sync_error &&
    storedRemark(
      { code: found.crmjira_error_code, facts: found.crmjira_error_facts, says: found.crmjira_sync_error },
      language,
      inUtc,
    ),
  error_code: found.crmjira_error_code,
  synced_at: found.crmjira_synced_at,
});

const limit = z.coerce.number().int().min(1).max(most).default(usual).describe(`Entries, ${usual} when left out`);

export const historyOperations = [
  apiOperation({
    operationId: 'GetSyncHistory',
    method: 'GET',
    path: '/sync/history',
    summary: 'What was synced',
    description: "Attempts to sync the caller's time, the newest first: of one record, or of all.",
    params: nothing,
    query: z.strictObject({ record_id: guid.optional(), limit }),
    body: null,
    answers: [{ status: 200, says: 'The attempts', schema: entry.array() }],
    handle: async (context: ApiContext<TimeApiParts>, { query: { record_id: id, limit: top } }) => {
      const { parts, caller } = context;
      if (id !== undefined) await ownRecord(context, id);
      const filters = [
        equalsId('_crmjira_synced_by_value', caller.userId),
        ...(id === undefined ? [] : [equalsId('_crmjira_time_record_value', id)]),
      ];
      const orderBy = ['crmjira_synced_at desc', 'crmjira_worklog_sync_logid asc'];
      const select = Object.keys(row.shape);
      const found = await parts.dataverse.many(entitySet, { select, filter: filters.join(' and '), orderBy, top }, row);
      return { status: 200, body: found.map((one) => shown(one, caller.language)) };
    },
  }),
];
