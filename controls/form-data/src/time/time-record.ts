import { secondsBetween, type TimeRecordRow } from '@crmjira/domain';
import { type Values, columnsOf, selectOf } from '../row/columns';

const { text, number, date, flag } = columnsOf<TimeRecordRow>();

/** By type and name: like beside like packs best. */
export const TIME_COLUMNS = {
  base: text('crmjira_base'),
  errorCode: text('crmjira_error_code'),
  issueKey: text('crmjira_jira_issue_key'),
  error: text('crmjira_jira_sync_error'),
  worklogId: text('crmjira_jira_worklog_id'),
  notes: text('crmjira_notes'),
  subject: text('crmjira_subject'),
  ownerId: text('_ownerid_value'),
  jiraSeconds: number('crmjira_jira_seconds'),
  syncedOn: date('crmjira_last_synced_at'),
  nextRetryOn: date('crmjira_next_retry_on'),
  timeIn: date('crmjira_time_in'),
  timeOut: date('crmjira_time_out'),
  isSynced: flag('crmjira_jira_synced'),
  isRequested: flag('crmjira_sync_requested'),
};

/** Time that a person has entered, and what is known of it in Jira. */
export type TimeRecord = Values<typeof TIME_COLUMNS>;

export const TIME_SELECT = selectOf(TIME_COLUMNS);

/** Null while it runs; none where it ends before it begins: that is a mistake, and takes nothing from a sum. */
export const secondsOf = ({ timeIn, timeOut }: Pick<TimeRecord, 'timeIn' | 'timeOut'>): number | null =>
  timeIn && timeOut ? Math.max(0, Math.round((Date.parse(timeOut) - Date.parse(timeIn)) / 1000)) : null;

/** What Jira is sent of it: a minute at the least (R-1825); null while it runs. */
export const secondsForJira = ({ timeIn, timeOut }: Pick<TimeRecord, 'timeIn' | 'timeOut'>): number | null =>
  timeIn && timeOut ? secondsBetween(timeIn, timeOut) : null;

/** What the service keeps of a record, as far as the controls read it. */
interface Kept {
  /** what the record held when both sides were last accounted for */
  readonly base?: { readonly crm?: { readonly started?: string; readonly seconds?: number } } | null;
  readonly trouble?: { readonly code?: string; readonly about?: string | null; readonly on?: string | null } | null;
}

/** Nothing where the service has kept nothing yet. */
export function keptOf({ base }: Pick<TimeRecord, 'base'>): Kept {
  try {
    // The service's own document: an object, of which each member may be missing.
    return (JSON.parse(base ?? '{}') ?? {}) as Kept;
  } catch {
    return {};
  }
}
