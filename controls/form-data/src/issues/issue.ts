import type { JiraIssueRow, JiraProjectRow } from '@crmjira/domain';
import { type Values, columnsOf, readColumns, selectOf } from '../row/columns';
import { type RawRow, textField } from '../row/row-fields';

const { text, date, flag } = columnsOf<JiraIssueRow>();

/** By type and name: like beside like packs best. */
const COLUMNS = {
  assignee: text('crmjira_assignee'),
  key: text('crmjira_issue_key'),
  type: text('crmjira_issue_type'),
  id: text('crmjira_jira_issueid'),
  priority: text('crmjira_priority'),
  status: text('crmjira_status'),
  /** Jira's own key: `new`, `indeterminate` or `done` */
  category: text('crmjira_status_category'),
  summary: text('crmjira_summary'),
  resolvedOn: date('crmjira_resolved_on'),
  updated: date('crmjira_updated'),
  /** in Jira, on whichever of its sites */
  url: text('crmjira_url'),
  isGone: flag('crmjira_is_deleted'),
};

/** An issue as it was last read from Jira. */
export interface Issue extends Values<typeof COLUMNS> {
  /** of the opportunity whose project it stands in; null for a project that none has */
  readonly projectOf: string | null;
}

const PROJECT_OF = '_crmjira_opportunity_value' satisfies keyof JiraProjectRow;

/** Columns of issues as a query and, without its question mark, as an expansion. */
export const ISSUE_SELECT = `${selectOf(COLUMNS)}&$expand=crmjira_project($select=${PROJECT_OF})`;

export function parseIssue(row: RawRow): Issue {
  // A single-valued expansion is an object of columns, or null.
  const project = row.crmjira_project as RawRow | null | undefined;
  return { ...readColumns(row, COLUMNS), projectOf: project ? textField(project, PROJECT_OF) : null };
}

/** Whether nothing is left to do: Jira's status category. */
export const isDone = ({ category }: Pick<Issue, 'category'>): boolean => category === 'done';
