import { SyncStatus, type WorklogSyncLogRow } from '@crmjira/domain';
import { type Values, columnsOf, readColumns, selectOf } from '../row/columns';
import type { RawRow } from '../row/row-fields';
import type { Part } from '../store/part';

const { text, number, date } = columnsOf<WorklogSyncLogRow>();

const COLUMNS = {
  comment: text('crmjira_sent_comment'),
  /** what is to be known although it worked */
  remark: text('crmjira_sync_error'),
  code: text('crmjira_error_code'),
  facts: text('crmjira_error_facts'),
  operation: number('crmjira_operation'),
  seconds: number('crmjira_sent_seconds'),
  start: date('crmjira_sent_start'),
};

/** What Jira was last sent of a record, and took. */
export type SentTime = Values<typeof COLUMNS>;

const SELECT = selectOf(COLUMNS);

/** Null: nothing yet. */
export const sentPart: Part<'sent', SentTime | null> = {
  name: 'sent',
  select: SELECT,
  async read({ webApi, id }) {
    const { entities } = await webApi.retrieveMultipleRecords(
      'crmjira_worklog_sync_log',
      `${SELECT}&$filter=_crmjira_time_record_value eq ${id} and crmjira_sync_status eq ${SyncStatus.Success}` +
        ' and crmjira_sent_start ne null&$orderby=crmjira_synced_at desc&$top=1',
    );
    // An entity of the answer is an object of columns; each column is checked when it is read.
    const [row] = entities as readonly RawRow[];
    return row ? readColumns(row, COLUMNS) : null;
  },
};
