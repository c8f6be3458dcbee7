import {
  type Guid,
  isIssueKey,
  type Language,
  newTimeRecord,
  type RecordOfTime,
  secondsBetween,
  type StoredTimeRecord,
  tables,
  type TimeTrouble,
  timeTroubleText,
  worklogComment,
  workOf,
} from '@crmjira/domain';
import { z } from 'zod';
import {
  formattedValue,
  guid,
  instant,
  optionalFlag,
  optionalGuid,
  optionalInstant,
  optionalNumber,
  optionalText,
  text,
} from '../../../clients/dataverse/columns';
import type { DataverseReader, RowQuery } from '../../../clients/dataverse/reader';

const by = `_modifiedby_value${formattedValue}` as const;

const work = z.object({ started: z.string(), seconds: z.number(), comment: z.string() });
const trouble = z.object({ code: z.string(), about: z.string().nullable(), on: z.string().nullable() });

/** What the service keeps; the row's columns of a record are secured for it. */
const storedDocument = z
  .object({
    integration: guid.nullable(),
    worklogId: z.string().nullable(),
    issueId: z.string().nullable(),
    issueKey: z.string().nullable(),
    base: z.object({ crm: work, jira: work, version: z.number() }).nullable(),
    sent: z.object({ on: z.string(), version: z.number() }).nullable(),
    moving: z.boolean(),
    removing: z.boolean(),
    gone: z.boolean(),
    left: z.object({ worklogId: z.string(), issueId: z.string(), work }).nullable(),
    entered: z.string().nullable(),
    trouble: trouble.nullable(),
  })
  .transform((stored) => stored as StoredTimeRecord);

const timeRow = z
  .object({
    crmjira_time_recordid: guid,
    '@odata.etag': z.string().default(''),
    versionnumber: optionalNumber,
    _owninguser_value: optionalGuid,
    _modifiedby_value: optionalGuid,
    modifiedon: optionalInstant,
    [by]: optionalText,
    crmjira_subject: text,
    crmjira_time_in: instant,
    crmjira_time_out: optionalInstant,
    crmjira_notes: optionalText,
    crmjira_jira_issue_key: optionalText,
    crmjira_jira_worklog_id: optionalText,
    crmjira_jira_sync_error: optionalText,
    crmjira_error_code: optionalText,
    crmjira_next_retry_on: optionalInstant,
    crmjira_last_synced_at: optionalInstant,
    crmjira_sync_requested: optionalFlag,
    crmjira_base: optionalText,
  })
  .transform((row) => ({
    id: row.crmjira_time_recordid,
    etag: row['@odata.etag'],
    version: row.versionnumber ?? 0,
    /** null: a team owns it */
    ownerId: row._owninguser_value,
    subject: row.crmjira_subject,
    timeIn: row.crmjira_time_in,
    timeOut: row.crmjira_time_out,
    notes: row.crmjira_notes,
    issueKey: row.crmjira_jira_issue_key?.trim() || null,
    error: row.crmjira_jira_sync_error,
    errorCode: row.crmjira_error_code,
    nextRetryOn: row.crmjira_next_retry_on,
    syncedOn: row.crmjira_last_synced_at,
    wished: row.crmjira_sync_requested,
    changedById: row._modifiedby_value,
    changedBy: row[by],
    changedOn: row.modifiedon,
    stored: readStored(row.crmjira_base),
  }));
export type TimeRow = z.output<typeof timeRow>;

/** What the service keeps of a record, from its column. */
export const readStored = (document: string | null): StoredTimeRecord =>
  document === null
    ? newTimeRecord
    : storedDocument.parse({ ...newTimeRecord, ...z.looseObject({}).parse(JSON.parse(document)) });

/** As `readStored`; null where somebody has spoiled the column: one row must not keep a look from all others. */
export function readableStored(document: string | null): StoredTimeRecord | null {
  try {
    return readStored(document);
  } catch {
    return null;
  }
}

const timeSelect = [
  ...['crmjira_time_recordid', 'versionnumber', '_owninguser_value', '_modifiedby_value'],
  ...['modifiedon', 'crmjira_subject', 'crmjira_time_in', 'crmjira_time_out', 'crmjira_notes'],
  ...['crmjira_jira_issue_key', 'crmjira_jira_worklog_id', 'crmjira_jira_sync_error', 'crmjira_sync_requested'],
  ...['crmjira_error_code', 'crmjira_next_retry_on', 'crmjira_last_synced_at', 'crmjira_base'],
];

/** null: there is no such record */
export const readTimeRow = (reader: DataverseReader, id: Guid): Promise<TimeRow | null> =>
  reader.one(tables.crmjira_time_record.entitySet, id, timeSelect, timeRow);

export const readTimeRows = (
  reader: Pick<DataverseReader, 'many'>,
  filter: string,
  which: Pick<RowQuery, 'orderBy' | 'top'> = {},
): Promise<TimeRow[]> =>
  reader.many(tables.crmjira_time_record.entitySet, { select: timeSelect, filter, ...which }, timeRow);

/** What a record lacks, before anybody is asked (R-1828, R-1834); null: nothing. Pure. */
export function troubleOfRow({ issueKey, timeIn, timeOut }: TimeRow): TimeTrouble | null {
  const because = (code: TimeTrouble['code'], about: string | null = null): TimeTrouble => ({ code, about, on: null });
  if (issueKey === null) return because('time-no-issue');
  if (!isIssueKey(issueKey)) return because('time-issue-format', issueKey);
  if (timeOut === null) return because('time-no-end');
  return secondsBetween(timeIn, timeOut) === null ? because('time-order') : null;
}

/** The record as the plan sees it. Pure. @param serviceId whose own writes say nothing of who made a value */
export function recordOf(row: TimeRow, language: Language, serviceId: string): RecordOfTime {
  const comment = worklogComment(row.notes, row.subject, language);
  const seconds = row.timeOut === null ? null : secondsBetween(row.timeIn, row.timeOut);
  const isOurs = row.changedById === serviceId;
  return {
    id: row.id,
    etag: row.etag,
    version: row.version,
    issueKey: row.issueKey,
    work: seconds === null ? null : workOf(row.timeIn, seconds, comment),
    comment,
    wished: row.wished,
    changedBy: isOurs ? null : row.changedBy,
    changedOn: isOurs ? null : row.changedOn,
  };
}

/** An error, its code and its time go together. Pure. */
const errorColumns = (told: TimeTrouble | null, language: Language) => ({
  crmjira_jira_sync_error: told === null ? null : timeTroubleText(told, language),
  crmjira_error_code: told === null ? null : told.code,
  crmjira_next_retry_on: null,
});

/** What people see of what is stored. Pure. */
export const shownColumns = (stored: StoredTimeRecord, language: Language): Readonly<Record<string, unknown>> => ({
  crmjira_base: JSON.stringify(stored),
  crmjira_jira_worklog_id: stored.worklogId,
  crmjira_issue_id: stored.worklogId === null ? null : stored.issueId,
  crmjira_jira_synced: stored.worklogId !== null && !stored.gone,
  crmjira_jira_seconds: stored.worklogId === null ? null : (stored.base?.jira.seconds ?? null),
  ...errorColumns(stored.trouble, language),
});
