import {
  derivedId,
  type Guid,
  IntegrationStatus,
  type Language,
  notesOf,
  OperationType,
  type RowWrite,
  type StoredTimeRecord,
  SyncStatus,
  type TimeAttempt,
  type TimeRecordAction,
  type TimeRecordFacts,
  timeRecordName,
  type TimeRemark,
  type TimeTrouble,
  troubleRemark,
  timeTroubleText,
  wholeSecond,
} from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsId, quoted } from '../../../clients/dataverse/filter';
import type { JiraSite } from '../../../clients/jira/jira-site';
import { addWorklog, deleteWorklog, keepsMarks, putWorklog } from '../../../clients/jira/worklogs/worklogs';
import { classifyError } from '../../../platform/errors/classify-error';
import { PlanOutdated } from '../../../platform/errors/plan-outdated';
import { wasPerhapsCarriedOut } from '../../../platform/http-client/retry-table';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { LogContext } from '../../../reconciler/log-context';
import type { IssueTurn } from './issue-turn';
import { attemptWrite, entryWrite } from './log-writes';
import type { TimeMemory } from './read-time-facts';
import { refusalOf } from './refusal-of';
import { takenUpWrite } from './taken-up';
import { readTimeRows, shownColumns, type TimeRow } from './time-row';

export interface TimeApplying {
  readonly dataverse: DataverseClient;
  /** null: the person has no connection that can be used */
  readonly site: JiraSite | null;
  readonly row: TimeRow;
  readonly facts: TimeRecordFacts;
  readonly language: Language;
  readonly memory: TimeMemory;
  readonly turn: IssueTurn;
  /** ISO 8601. */
  readonly now: string;
  readonly log: LogContext;
}

type Columns = Readonly<Record<string, unknown>>;
const rowWrite = (op: RowWrite['op'], table: RowWrite['table'], id: string, columns: Columns, ifMatch?: string) =>
  ({ op, table, id, columns, ...(ifMatch === undefined ? {} : { ifMatch }) }) as RowWrite;

/** What the row of an attempt adds to its success. */
async function remarkOf(attempt: TimeAttempt, { dataverse, row }: TimeApplying): Promise<TimeRemark | null> {
  const { operation, trouble, worklogId, keeps, work } = attempt;
  if (trouble !== null) return troubleRemark(trouble);
  if (operation === 'link') return { code: 'time-linked', fields: { worklogId } };
  if (keeps !== null && work !== null)
    return { code: 'time-kept', fields: { sent: String(work.seconds), kept: String(keeps) } };
  if (operation !== 'create' || row.timeOut === null || row.ownerId === null) return null;
  // One that begins when this one ends does not overlap (R-1826).
  const filter = `${equalsId('_owninguser_value', row.ownerId)} and crmjira_time_recordid ne ${row.id} and crmjira_jira_worklog_id ne null and crmjira_time_in lt ${row.timeOut} and crmjira_time_out gt ${row.timeIn}`;
  const [other] = await readTimeRows(dataverse, filter, { orderBy: ['crmjira_time_in asc'], top: 1 });
  if (other === undefined || other.timeOut === null) return null;
  const { stored, timeIn: from, timeOut: to, issueKey } = other;
  return { code: 'time-overlap', fields: { worklogId: stored.worklogId, from, to, key: issueKey } };
}

type RowAction = Extract<TimeRecordAction, { readonly stored: StoredTimeRecord }>;

/** What a log row says of a failed attempt, beside the row that people read. */
function failureWrite({ row, facts, log }: TimeApplying, trouble: TimeTrouble): RowWrite {
  return rowWrite(
    'create',
    'crmjira_integration_log',
    derivedId(row.id, 'time-refused', trouble.code, String(row.version)),
    {
      crmjira_operation_type: facts.stored.worklogId === null ? OperationType.Create : OperationType.Update,
      crmjira_integration_status: IntegrationStatus.Failed,
      crmjira_error_message: timeTroubleText(trouble, 1033),
      crmjira_error_code: trouble.code,
      crmjira_correlation_id: log.correlationId,
    },
  );
}

/** Of a worklog that names no record itself, the log does. */
function takenUpWrites({ integration, worklogId }: StoredTimeRecord, applying: TimeApplying): readonly RowWrite[] {
  const { row, site, facts } = applying;
  const { worklog } = facts;
  const seen = worklog.kind === 'unknown' ? (worklog.found ?? worklog.twin) : null;
  const isMarked = seen !== null && seen.mark !== null && site !== null && keepsMarks(site);
  return isMarked || integration === null || worklogId === null ? [] : [takenUpWrite(integration, worklogId, row.id)];
}

async function writesOf(action: RowAction, applying: TimeApplying): Promise<readonly RowWrite[]> {
  const { row, facts, language, now } = applying;
  const { stored, served, attempt } = action;
  const isDone = attempt !== null && attempt.trouble === null;
  const columns: Record<string, unknown> = {
    ...shownColumns(stored, language),
    // The control says that it was linked.
    ...(attempt?.operation === 'link' ? { crmjira_error_code: 'time-linked' } : {}),
    ...(served ? { crmjira_sync_requested: false } : {}),
    ...(isDone || (served && stored.trouble === null) ? { crmjira_last_synced_at: wholeSecond(now) } : {}),
  };
  if (action.kind === 'take') {
    const { timeIn, timeOut, comment } = action.record;
    columns['crmjira_time_in'] = timeIn;
    columns['crmjira_time_out'] = timeOut;
    columns['crmjira_notes'] = notesOf(comment, row.subject);
  }
  if (action.kind === 'follow') {
    columns['crmjira_jira_issue_key'] = action.issueKey;
    columns['crmjira_name'] = timeRecordName(action.issueKey, row.subject);
  }
  const writes = [rowWrite('update', 'crmjira_time_record', row.id, columns, action.etag)];
  if (action.kind === 'adopt') writes.push(...takenUpWrites(action.stored, applying));
  if ('entries' in action && action.entries[0] !== undefined) {
    // Where both differ, all that Jira has is told; else only what is named.
    const worklog = action.kind === 'conflict' && facts.worklog.kind === 'there' ? facts.worklog.worklog : null;
    writes.push(entryWrite(row, action.entries[0].id, action.entries, { worklog, language, at: now }));
  }
  if (attempt !== null) {
    const status = isDone ? SyncStatus.Success : SyncStatus.Failed;
    const comment = action.kind === 'take' ? action.record.comment : (facts.record?.comment ?? null);
    const remark = await remarkOf(attempt, applying);
    writes.push(attemptWrite(row, attempt, { status, remark, language, comment, at: now }));
    if (attempt.trouble !== null) writes.push(failureWrite(applying, attempt.trouble));
  }
  return writes;
}

/** A write to Jira that was announced; refused for good, the next plan says so in the row. */
async function send(applying: TimeApplying, action: Exclude<TimeRecordAction, RowAction>): Promise<void> {
  const { site, memory, turn } = applying;
  if (site === null) throw new Error('Jira is written by whoever has a connection.');
  try {
    if (action.kind === 'create') memory.answered = await addWorklog(site, action.issueId, action);
    else if (action.kind === 'put') memory.answered = await putWorklog(site, action, action);
    else {
      await turn.take(action.issueId);
      await deleteWorklog(site, action);
      // What this run had made is not there any more.
      memory.answered = null;
    }
  } catch (thrown) {
    const error = classifyError(thrown);
    if (error.errorClass === 'transient' || wasPerhapsCarriedOut(error)) throw error;
    memory.refused = await refusalOf(site, action, error);
    throw new PlanOutdated('Jira refuses the write', { cause: error });
  } finally {
    await turn.giveBack();
  }
}

/** Carries out one step of the plan. Idempotent: rows have derived ids, the record is written with If-Match, and writes carry a mark. */
export async function applyTimeAction(action: TimeRecordAction, applying: TimeApplying): Promise<void> {
  if (action.kind === 'create' || action.kind === 'put' || action.kind === 'delete') return send(applying, action);
  const { dataverse, turn, log } = applying;
  // One writer an issue: Jira adds up its time without a lock. The turn begins before the write is announced.
  if (action.kind === 'begin') await turn.take(action.stored.issueId ?? '');
  try {
    await applyChangeSet(dataverse, await writesOf(action, applying), log);
  } catch (error) {
    await turn.giveBack();
    throw error;
  }
}

/** Worklogs that other records have already. */
export async function takenWorklogs(
  dataverse: Pick<DataverseClient, 'many'>,
  recordId: Guid,
  worklogIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const filter = worklogIds.map((id) => `crmjira_jira_worklog_id eq ${quoted(id)}`).join(' or ');
  const rows = await readTimeRows(dataverse, filter);
  return new Set(rows.filter(({ id }) => id !== recordId).flatMap(({ stored }) => stored.worklogId ?? []));
}
