import { ConflictState, type SyncConflictRow } from '@crmjira/domain';
import { type Values, columnsOf, readColumns, selectOf } from '../row/columns';
import type { RawRow } from '../row/row-fields';
import type { Part } from '../store/part';
import { ofRecord } from './issue-link';

const { text, date } = columnsOf<SyncConflictRow>();

const COLUMNS = {
  crmBy: text('crmjira_crm_by'),
  crmValue: text('crmjira_crm_value'),
  field: text('crmjira_field'),
  jiraBy: text('crmjira_jira_by'),
  jiraValue: text('crmjira_jira_value'),
  id: text('crmjira_sync_conflictid'),
  linkId: text('_crmjira_link_value'),
  crmOn: date('crmjira_crm_on'),
  jiraOn: date('crmjira_jira_on'),
};

/** A field that was changed on both sides, and waits for a person. */
export type Conflict = Values<typeof COLUMNS>;

const SELECT = selectOf(COLUMNS);

export const conflictPart: Part<'conflicts', readonly Conflict[]> = {
  name: 'conflicts',
  select: SELECT,
  async read(desk) {
    const { entities } = await desk.webApi.retrieveMultipleRecords(
      'crmjira_sync_conflict',
      `${SELECT}${ofRecord(desk)} and crmjira_state eq ${ConflictState.Open}`,
    );
    return (entities as readonly RawRow[]).map((row) => readColumns(row, COLUMNS));
  },
};
