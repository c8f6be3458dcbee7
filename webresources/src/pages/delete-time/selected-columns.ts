import type { TimeRecordRow } from '@crmjira/domain';
import { columnsOf } from '@crmjira/form-data';

const { text } = columnsOf<TimeRecordRow>();

/** What is shown, and asked about, of a record that is to be deleted. */
export const SELECTED_COLUMNS = {
  id: text('crmjira_time_recordid'),
  subject: text('crmjira_subject'),
  worklogId: text('crmjira_jira_worklog_id'),
};
