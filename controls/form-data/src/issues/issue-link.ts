import type { IssueLinkRow } from '@crmjira/domain';
import { type Values, columnsOf, readColumns, selectOf } from '../row/columns';
import type { RawRow } from '../row/row-fields';
import type { Desk } from '../store/desk';
import { ISSUE_SELECT, type Issue, parseIssue } from './issue';

const { text, number, date } = columnsOf<IssueLinkRow>();

const COLUMNS = {
  errorCode: text('crmjira_error_code'),
  id: text('crmjira_issue_linkid'),
  lastError: text('crmjira_last_error'),
  name: text('crmjira_name'),
  recordId: text('crmjira_regarding_id'),
  state: number('crmjira_state'),
  sync: number('crmjira_sync_preference'),
  lastSyncOn: date('crmjira_last_sync_on'),
  nextRetryOn: date('crmjira_next_retry_on'),
};

/** What joins an issue with a record (D-4). */
export interface IssueLink extends Values<typeof COLUMNS> {
  /** null until Jira has created it */
  readonly issue: Issue | null;
}

const ISSUE = 'crmjira_jira_issue';

export const LINK_SELECT = `${selectOf(COLUMNS)}&$expand=${ISSUE}(${ISSUE_SELECT.slice(1).replace('&', ';')})`;

/** What follows the columns in the query. */
export const ofRecord = ({ table, id }: Pick<Desk, 'table' | 'id'>): string =>
  `&$filter=crmjira_regarding_table eq '${table}' and crmjira_regarding_id eq '${id}'`;

/** Links of one answer; of a record with more the newest are shown. */
const LINK_PAGE = 250;

/** @param where what follows the columns, and says whose */
export async function readLinks({ webApi }: Pick<Desk, 'webApi'>, where: string): Promise<readonly IssueLink[]> {
  const { entities } = await webApi.retrieveMultipleRecords(
    'crmjira_issue_link',
    `${LINK_SELECT}${where}&$orderby=createdon desc`,
    LINK_PAGE,
  );
  // An entity of the answer is an object of columns; each column is checked when it is read.
  return (entities as readonly RawRow[]).map((row) => ({
    ...readColumns(row, COLUMNS),
    issue: row[ISSUE] ? parseIssue(row[ISSUE] as RawRow) : null,
  }));
}

/** Versions of the links of a record and of their issues. */
export const linkVersions = async (desk: Desk): Promise<unknown> =>
  (
    await desk.webApi.retrieveMultipleRecords(
      'crmjira_issue_link',
      `?$select=versionnumber&$expand=${ISSUE}($select=versionnumber)${ofRecord(desk)}`,
    )
  ).entities;
