import {
  type Language,
  OperationType,
  type ReadersTimes,
  RowState,
  storedRemark,
  SyncStatus,
  type TimeRecordRow,
  type WorklogSyncLogRow,
} from '@crmjira/domain';
import { type RawRow, columnsOf, formatDuration, numberField, readColumns, timeState } from '@crmjira/form-data';
import { ownConnection } from '../../commands/own-connection';
import { fetchRows } from '../platform/read-rows';
import type { PageFormat } from '../platform/page-format';
import { readCopies } from '../time-sync/read-copies';
import type { Attempt, Filter, History } from './history-view';

const LOG = 'crmjira_worklog_sync_log';
const RECORD = 'crmjira_time_record';

const log = columnsOf<WorklogSyncLogRow>();
const LOG_COLUMNS = {
  id: log.text('crmjira_worklog_sync_logid'),
  at: log.date('crmjira_synced_at'),
  issueKey: log.text('crmjira_jira_issue_key'),
  status: log.number('crmjira_sync_status'),
  operation: log.number('crmjira_operation'),
  worklogId: log.text('crmjira_jira_worklog_id'),
  remark: log.text('crmjira_sync_error'),
  code: log.text('crmjira_error_code'),
  facts: log.text('crmjira_error_facts'),
};

const time = columnsOf<TimeRecordRow>();
/** Without the service's document: of as many records it would be long, and what failed says so without it. */
const RECORD_COLUMNS = {
  id: time.text('crmjira_time_recordid'),
  subject: time.text('crmjira_subject'),
  ownerId: time.text('_ownerid_value'),
  issueKey: time.text('crmjira_jira_issue_key'),
  worklogId: time.text('crmjira_jira_worklog_id'),
  error: time.text('crmjira_jira_sync_error'),
  errorCode: time.text('crmjira_error_code'),
  timeIn: time.date('crmjira_time_in'),
  timeOut: time.date('crmjira_time_out'),
  isSynced: time.flag('crmjira_jira_synced'),
  isRequested: time.flag('crmjira_sync_requested'),
};

const attributes = (columns: Readonly<Record<string, { readonly column: string }>>): string =>
  Object.values(columns)
    .map(({ column }) => `<attribute name="${column.replace(/^_(\w+)_value$/, '$1')}" />`)
    .join('');

/** What FetchXML answers of a joined row stands under its alias. */
function joined(row: RawRow, alias: string): RawRow {
  const own = Object.entries(row).flatMap(([name, value]) =>
    name.startsWith(`${alias}.`) ? [[name.slice(alias.length + 1), value] as const] : [],
  );
  const columns = Object.fromEntries(own);
  return { ...columns, _ownerid_value: columns['ownerid'] };
}

/** All that the page shows. @param recordId null: of all of the person's own records @throws what the client API throws */
export async function readHistory(
  filter: Filter,
  recordId: string | null,
  userId: string,
  format: PageFormat,
  language: Language,
): Promise<History> {
  const conditions = [
    `<condition attribute="statecode" operator="eq" value="${RowState.Active}" />`,
    recordId === null
      ? '<condition attribute="ownerid" operator="eq-userid" />'
      : `<condition attribute="${RECORD}" operator="eq" value="${recordId}" />`,
    ...(filter.from === ''
      ? []
      : [`<condition attribute="crmjira_synced_at" operator="ge" value="${format.startOf(filter.from)}" />`]),
    ...(filter.to === ''
      ? []
      : [`<condition attribute="crmjira_synced_at" operator="lt" value="${format.startOf(filter.to, 1)}" />`]),
  ];
  const wanted = { all: null, success: SyncStatus.Success, failed: SyncStatus.Failed }[filter.status];
  const status = wanted === null ? '' : `<condition attribute="crmjira_sync_status" operator="eq" value="${wanted}" />`;
  const [rows, counts, connection] = await Promise.all([
    fetchRows(
      LOG,
      `<fetch top="${filter.most}"><entity name="${LOG}">${attributes(LOG_COLUMNS)}<filter>${conditions.join('')}${status}</filter>` +
        `<order attribute="crmjira_synced_at" descending="true" />` +
        `<link-entity name="${RECORD}" from="${RECORD}id" to="${RECORD}" link-type="outer" alias="record">${attributes(RECORD_COLUMNS)}</link-entity>` +
        '</entity></fetch>',
    ),
    fetchRows(
      LOG,
      `<fetch aggregate="true"><entity name="${LOG}"><attribute name="${LOG}id" alias="found" aggregate="count" />` +
        `<attribute name="crmjira_sync_status" alias="status" groupby="true" /><filter>${conditions.join('')}</filter></entity></fetch>`,
    ),
    ownConnection(),
  ]);
  const attempts = rows.map((row) => attemptOf(row, userId, (told) => storedRemark(told, language, timesOf(format))));
  const countOf = (isFailure: boolean): number =>
    counts
      .filter((row) => (numberField(row, 'status') === SyncStatus.Failed) === isFailure)
      .reduce((sum, row) => sum + (numberField(row, 'found') ?? 0), 0);
  return {
    ...{ attempts, connection, successes: countOf(false), failures: countOf(true) },
    copies: await readCopies(attempts.map(({ issueKey }) => issueKey)),
  };
}

const timesOf = (format: PageFormat): ReadersTimes => ({
  clock: (instant) => format.stamp(instant),
  moment: (instant) => format.stamp(instant),
  duration: (seconds) => formatDuration(Number(seconds)),
});

type Wording = (told: { readonly code: string | null; readonly facts: string | null; readonly says: string }) => string;

function attemptOf(row: RawRow, userId: string, wording: Wording): Attempt {
  const { id, at, issueKey, status, operation, worklogId, remark, code, facts } = readColumns(row, LOG_COLUMNS);
  const record = readColumns(joined(row, 'record'), RECORD_COLUMNS);
  return {
    ...{ id: id ?? '', at: at ?? '', issueKey: issueKey ?? '', worklogId },
    remark: wording({ code, facts, says: remark ?? '' }),
    isFailed: status === SyncStatus.Failed,
    isRemoval: operation === OperationType.Delete,
    record:
      record.id === null
        ? null
        : {
            ...{ id: record.id, subject: record.subject ?? '' },
            state: timeState({ ...record, base: null }),
            isOwn: record.ownerId?.toLowerCase() === userId,
          },
  };
}
