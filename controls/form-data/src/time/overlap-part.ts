import { readColumns } from '../row/columns';
import type { RawRow } from '../row/row-fields';
import type { Part } from '../store/part';
import { TIME_COLUMNS, TIME_SELECT, type TimeRecord } from './time-record';
import { type OwnedTime, timeRecordPart } from './time-record-part';

/** Another time of the same person that is in Jira, and overlaps this one (R-1826); null: none, or this one is there already. */
export const overlapPart: Part<'overlap', TimeRecord | null, { readonly time: OwnedTime }> = {
  name: 'overlap',
  select: TIME_SELECT,
  needs: [timeRecordPart],
  async read({ webApi, id }, { time }) {
    const { timeIn, timeOut, ownerId, worklogId } = time;
    if (!timeIn || !timeOut || worklogId) return null;
    const { entities } = await webApi.retrieveMultipleRecords(
      'crmjira_time_record',
      `${TIME_SELECT}&$filter=_ownerid_value eq ${ownerId} and crmjira_time_recordid ne ${id}` +
        ` and crmjira_jira_worklog_id ne null and crmjira_time_in lt ${timeOut} and crmjira_time_out gt ${timeIn}` +
        '&$orderby=crmjira_time_in&$top=1',
    );
    // An entity of the answer is an object of columns; each column is checked when it is read.
    const [row] = entities as readonly RawRow[];
    return row ? readColumns(row, TIME_COLUMNS) : null;
  },
};
