import {
  failureSentence,
  fitText,
  type Language,
  remarkText,
  SourceSystem,
  SyncStatus,
  tables,
  type TimeRemark,
  timeTroubleText,
  wholeSecond,
} from '@crmjira/domain';
import { type PlainWrite, toPlainWrite } from '../../../clients/dataverse/plain-write';
import { failureLog, shortestToldMs } from '../../../reconciler/failure-log';
import type { FailureRows } from '../../../reconciler/failure-rows';
import type { Explained, FailedRun, ReadField } from '../../../reconciler/sync-module';
import { attemptWrite } from './log-writes';
import type { TimeSides } from './time-parts';
import { recordOf } from './time-row';

interface Told {
  readonly says: string;
  readonly code: string;
  readonly retryOn: string | null;
}

const recordWrite = (id: string, told: Told | null): PlainWrite => ({
  op: 'update',
  collection: tables.crmjira_time_record.entitySet,
  id,
  columns: {
    crmjira_jira_sync_error: told?.says ?? null,
    crmjira_error_code: told === null ? null : fitText('crmjira_time_record', 'crmjira_error_code', told.code),
    crmjira_next_retry_on: told?.retryOn ?? null,
  },
});

/** The rows in which people find that their time waits, or that it failed (R-1812, R-1813). The wish stays. Pure. */
export function timeFailureRows(run: FailedRun<TimeSides>, now: string): FailureRows {
  const { error, retryAt, facts: sides } = run;
  const row = sides?.row ?? null;
  const log = failureLog(run, {
    isCreate: row !== null && row.stored.worklogId === null,
    columns: {
      crmjira_source_system: SourceSystem.Dynamics365,
      crmjira_source_record_id: run.id,
      crmjira_error_code: error.code,
    },
  });
  if (sides === null || row === null) return { log, isLogged: false, others: [] };
  const waits = error.errorClass === 'transient' && retryAt !== null;
  const retryOn = waits ? wholeSecond(new Date(retryAt).toISOString()) : null;
  const code = waits ? (error.status === 429 ? 'time-slow-down' : 'time-waits') : error.code;
  const remark: TimeRemark = { code, fields: waits ? { retryAt: retryOn } : {} };
  const says = waits ? (remarkText(remark, sides.language) ?? error.message) : error.message;
  const isTold =
    row.errorCode === error.code && row.error !== null && waits && retryAt - Date.parse(now) < shortestToldMs;
  if (isTold || !row.wished) return { log, isLogged: false, others: [] };
  const attempt = {
    operation: 'update',
    worklogId: row.stored.worklogId,
    work: null,
    trouble: null,
    keeps: null,
  } as const;
  const tried = attemptWrite(row, row.stored.worklogId === null ? { ...attempt, operation: 'create' } : attempt, {
    status: waits ? SyncStatus.Pending : SyncStatus.Failed,
    remark,
    says,
    language: sides.language,
    comment: null,
    at: now,
  });
  // A later attempt at the same version says how it ended; this one is of the streak.
  const others = [
    recordWrite(row.id, { says, code: error.code, retryOn }),
    { ...toPlainWrite(tried), op: 'upsert' as const },
  ];
  return { log, isLogged: false, others };
}

/** Takes back what a failed run has left, where no step had a reason to write the row. Pure. */
export function recoverTime({ row }: TimeSides): PlainWrite | null {
  if (row === null || row.wished) return null;
  return row.error === null || row.stored.trouble !== null ? null : recordWrite(row.id, null);
}

/** What both sides say of a time record. What is kept of its worklog stands in secured columns. Pure. */
export function explainTime({ row, facts }: TimeSides, _hasPlan: boolean, language: Language): Explained {
  if (row === null) return { isKnown: false, fields: [], lastFailure: null, partOf: [] };
  const { stored, error, errorCode, nextRetryOn, issueKey } = row;
  const isKept = row.wished || stored.removing || stored.worklogId !== null || stored.sent !== null;
  const theirs = facts?.worklog.kind === 'there' ? facts.worklog.worklog : null;
  const work = facts?.record?.work ?? recordOf(row, language, '').work;
  const line = (field: string, dynamics: string | null, jira: string | null, as?: ReadField['as']): ReadField => ({
    field,
    dynamics,
    jira,
    differs: theirs !== null && dynamics !== jira,
    ...(as === undefined ? {} : { as }),
    column: 'crmjira_base',
  });
  const seconds = (of: { readonly seconds: number } | null | undefined): string | null =>
    of ? String(of.seconds) : null;
  return {
    isKnown: true,
    fields: isKept
      ? [
          line('started', work?.started ?? null, theirs?.work.started ?? null, 'instant'),
          line('duration', seconds(work), seconds(theirs?.work), 'seconds'),
          line('issue', issueKey, theirs?.issueKey ?? null),
        ]
      : [],
    lastFailure:
      error === null
        ? null
        : {
            code: errorCode,
            says:
              stored.trouble === null
                ? failureSentence(errorCode, error, language)
                : timeTroubleText(stored.trouble, language),
            since: stored.trouble?.on ?? null,
            nextRetryOn,
            column: 'crmjira_jira_sync_error',
          },
    partOf: [],
  };
}
