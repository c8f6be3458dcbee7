import {
  derivedId,
  entryRemark,
  fitText,
  type Guid,
  type Language,
  OperationType,
  type RowWrite,
  type SeenWorklog,
  SyncStatus,
  tables,
  type TimeAttempt,
  type TimeEntry,
  type TimeRemark,
  remarkText,
  timeRecordName,
  wholeSecond,
} from '@crmjira/domain';
import type { TimeRow } from './time-row';

const OPERATIONS: Readonly<Record<TimeAttempt['operation'], OperationType>> = {
  create: OperationType.Create,
  update: OperationType.Update,
  delete: OperationType.Delete,
  link: OperationType.Sync,
  take: OperationType.Sync,
  follow: OperationType.Sync,
};

type Logged = Pick<TimeRow, 'id' | 'issueKey' | 'stored' | 'subject' | 'ownerId'>;

const bind = (table: keyof typeof tables, id: Guid): string => `/${tables[table].entitySet}(${id})`;

/** In the language of whose time it is, and as facts, by which pages word it in the reader's. @param says of a code without words */
const remarkColumns = (remark: TimeRemark | null, language: Language, says: string | null = null) => {
  const text = remark === null ? null : (remarkText(remark, language) ?? says);
  return {
    crmjira_sync_error: text === null ? null : fitText('crmjira_worklog_sync_log', 'crmjira_sync_error', text),
    crmjira_error_code: remark === null ? null : fitText('crmjira_worklog_sync_log', 'crmjira_error_code', remark.code),
    crmjira_error_facts: remark === null ? null : JSON.stringify(remark.fields),
  };
};

/** A row of the log is the record owner's, and as private as the record. */
function logWrite(row: Logged, id: Guid, at: string, columns: RowWrite['columns']): RowWrite {
  const key = row.issueKey ?? row.stored.issueKey ?? '-';
  return {
    op: 'create',
    table: 'crmjira_worklog_sync_log',
    id,
    columns: {
      crmjira_name: timeRecordName(key, row.subject),
      'crmjira_time_record@odata.bind': bind('crmjira_time_record', row.id),
      crmjira_jira_issue_key: key,
      crmjira_synced_at: wholeSecond(at),
      ...columns,
      ...(row.ownerId === null
        ? {}
        : {
            'crmjira_synced_by@odata.bind': bind('systemuser', row.ownerId),
            'ownerid@odata.bind': bind('systemuser', row.ownerId),
          }),
    },
  } as RowWrite;
}

/** One row an attempt and version of the record: a repeat after a crash finds it. */
export function attemptWrite(
  row: Logged & Pick<TimeRow, 'version'>,
  attempt: TimeAttempt,
  {
    status,
    remark,
    says,
    language,
    comment,
    at,
  }: {
    readonly status: SyncStatus;
    readonly remark: TimeRemark | null;
    /** where the remark has no words of its own */
    readonly says?: string;
    readonly language: Language;
    /** as it was sent; null: nothing was */
    readonly comment: string | null;
    readonly at: string;
  },
): RowWrite {
  const { operation, work, worklogId } = attempt;
  return logWrite(row, derivedId(row.id, 'attempt', operation, String(row.version)), at, {
    crmjira_jira_worklog_id: worklogId,
    crmjira_operation: OPERATIONS[operation],
    crmjira_sync_status: status,
    ...remarkColumns(remark, language, says),
    ...(work === null
      ? {}
      : { crmjira_sent_seconds: work.seconds, crmjira_sent_start: work.started, crmjira_sent_comment: comment }),
  });
}

/** Of values that gave way, what is known: Jira's as columns, so that the form shows them and nothing is lost. */
export function entryWrite(
  row: Logged,
  id: Guid,
  entries: readonly Omit<TimeEntry, 'id' | 'base' | 'crmOn' | 'jiraOn'>[],
  { worklog, language, at }: { readonly worklog: SeenWorklog | null; readonly language: Language; readonly at: string },
): RowWrite {
  const jira = new Map(entries.map((one) => [one.field, one.jira]));
  const seconds = jira.get('seconds') ?? null;
  return logWrite(row, id, at, {
    crmjira_jira_worklog_id: row.stored.worklogId,
    crmjira_operation: OperationType.Update,
    crmjira_sync_status: SyncStatus.Success,
    ...remarkColumns(entryRemark(entries), language),
    crmjira_sent_seconds: worklog?.work.seconds ?? (seconds === null ? null : Number(seconds)),
    crmjira_sent_start: worklog?.work.started ?? jira.get('started') ?? null,
    crmjira_sent_comment: worklog?.comment ?? jira.get('comment') ?? null,
  });
}
